//===- ProtocolParts.h - What accessors guard creation with -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_FACTS_PROTOCOLPARTS_H
#define UNSINGLETON_CHECKS_FACTS_PROTOCOLPARTS_H

#include "checks/facts/vocabulary/Accesses.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/SmallVector.h"
#include <utility>

namespace unsingleton {

/// `std::lock_guard` and its like.
bool isLock(clang::QualType Type);

/// `pthread_mutex_lock(&mutex)`, and unlock.
bool locks(const clang::CallExpr *C);

/// `std::call_once(flag, f)`, `pthread_once(&flag, f)`.
bool callsOnce(const clang::CallExpr *C);

/// The function that \p E, `f` or `&T::f`, names, or null.
const clang::FunctionDecl *namedFunction(const clang::Expr *E);

/// The choice that decides what \p E, `*(p ? p : …)`, is; or null.
const clang::ConditionalOperator *choiceIn(const clang::Expr *E);

/// Whether a statement of \p Kind, \p Inner, may stand in a null check.
bool partOf(StatementKind Kind, const clang::Stmt *Inner);

/// The variables of static storage duration that \p E names, and where.
llvm::SmallVector<std::pair<const clang::VarDecl *, clang::SourceRange>, 2>
storagesIn(const clang::Expr *E);

/// Those of \p Body that are pointers, smart pointers or optionals; each once.
llvm::SmallVector<const clang::VarDecl *, 2> holdersIn(const clang::Stmt *Body);

} // namespace unsingleton

#endif
