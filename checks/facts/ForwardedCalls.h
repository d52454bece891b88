//===- ForwardedCalls.h - Arguments that others give a constructor -*- C++
//-*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// `make_unique<T>(a)`, `emplace_back(a)` and `optional<T>(in_place, a)` name no
// constructor, yet one of T's is given what they are given.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_FACTS_FORWARDEDCALLS_H
#define UNSINGLETON_CHECKS_FACTS_FORWARDEDCALLS_H

#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/SmallVector.h"

namespace unsingleton {

/// The class to whose constructor a standard function forwards its arguments
/// (`make_unique<T>(a)`, `emplace_back(a)`), or null.
const clang::CXXRecordDecl *forwardedTo(const clang::FunctionDecl *Callee);

/// The constructors of \p R that \p Count arguments may be meant for; the one
/// that takes them if the body of \p Through, which they are given to, is read.
llvm::SmallVector<const clang::CXXConstructorDecl *, 1>
takersOf(const clang::FunctionDecl *Through, const clang::CXXRecordDecl *R,
         unsigned Count);

/// The class that `std::optional<T>(std::in_place, a)` constructs, or null.
const clang::CXXRecordDecl *madeInPlace(const clang::CXXConstructExpr *E);

/// Whether an instantiation has \p Type from a parameter of its template.
bool isParameter(clang::QualType Type);

} // namespace unsingleton

#endif
