//===- AccessExpression.h - What an expression gives access to -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// StorageExpression.h knows the expressions that stand for a storage as a
// whole, which a fix can rewrite. Here are those that lead into one, by
// whatever way:
//
//     registry[name]              an element, chosen by `name`
//     it->second                  the same, where `it` came from registry.find
//     config.limits               a part
//     Handle(&state)              a handle, given by value
//     pool.acquire()              a part, if `acquire` returns one of its
//     object first ? one : other         either
//
// A local variable stands for what it was initialised with or assigned.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_FACTS_ACCESSEXPRESSION_H
#define UNSINGLETON_CHECKS_FACTS_ACCESSEXPRESSION_H

#include "checks/facts/LibraryHolder.h"
#include "clang/AST/Expr.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"

namespace unsingleton {

struct AccessExpression {
  const clang::VarDecl *Storage = nullptr; ///< canonical
  const HolderClass *Owner = nullptr;      ///< instead of Storage, a library's
  const clang::NamedDecl *Instance = nullptr; ///< instead of it, a project's
  bool Text = false; ///< no more than a view of characters is handed out
  bool Keyed = false;
  const clang::Expr *Key = nullptr; ///< that chooses the element
  /// Only if what this function returns is part of the storage.
  const clang::FunctionDecl *Provided = nullptr;
};

/// What the local variables of a function are assigned, in its whole body.
using Assignments = llvm::DenseMap<const clang::VarDecl *,
                                   llvm::SmallVector<const clang::Expr *, 2>>;

llvm::SmallVector<AccessExpression, 2>
accessExpressions(const clang::Expr *E, const Assignments &Assigned,
                  const SourceSpans &Spans);

/// A pointer to const characters, or a view of some: who has it reads them.
bool leadsToText(clang::QualType Type);

/// The word that says that \p Key tells users apart: the name of a context,
/// session, task or thread in it; or empty.
std::string selectorIn(const clang::Expr *Key);

} // namespace unsingleton

#endif
