//===- CallableType.h - Types that hold something to call -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_FACTS_CALLABLETYPE_H
#define UNSINGLETON_CHECKS_FACTS_CALLABLETYPE_H

#include "clang/AST/DeclCXX.h"
#include "clang/AST/Type.h"
#include "llvm/ADT/DenseMap.h"

namespace unsingleton {

/// Answers for one unit; remembers its answers, since every variable asks.
class CallableTypes {
public:
  /// A pointer to a function or method, a lambda, a `std::function` and the
  /// like (a template that has a function type among its arguments), or a
  /// pointer to, array or container of such. A class of user code is none:
  /// its members are asked themselves.
  bool holds(clang::QualType Type);

  /// The call operator of a class of user code that is no lambda, or null.
  static const clang::CXXMethodDecl *callOperator(clang::QualType Type);

private:
  bool compute(clang::QualType Type);
  bool computeRecord(const clang::CXXRecordDecl *R);

  llvm::DenseMap<const clang::Type *, bool> Known; ///< by canonical type
};

} // namespace unsingleton

#endif
