//===- ExpressionShape.h - What an expression does with a value -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The forms of C++ through which a value passes unchanged, or becomes part of
// another: casts, temporaries, copies of handles, members, and functions of the
// standard and other libraries, which are known by name.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_FACTS_EXPRESSIONSHAPE_H
#define UNSINGLETON_CHECKS_FACTS_EXPRESSIONSHAPE_H

#include "checks/facts/ContextTypes.h"
#include "clang/AST/ExprCXX.h"

namespace unsingleton {

/// \p E without parentheses, casts, temporaries and copies of handles; without
/// other copies too if \p Copies.
const clang::Expr *peeled(const clang::Expr *E, bool Copies);

/// The object whose member \p E names, through members held by value; the
/// member of it is \p Outermost.
const clang::Expr *holderOf(const clang::MemberExpr *E,
                            const clang::FieldDecl *&Outermost);

/// The variable that \p D is, or is a part of by a structured binding.
const clang::VarDecl *variableOf(const clang::ValueDecl *D);

/// The class that a `make_unique`, `make_shared` or the like makes, or null.
const clang::CXXRecordDecl *madeBy(const clang::CallExpr *E);

/// The class of user code of which an `emplace` or the like constructs an
/// object, and from which of its arguments; or null.
const clang::CXXRecordDecl *
emplacedBy(const clang::CallExpr *E, const ContextTypes &Types,
           llvm::ArrayRef<const clang::Expr *> *Given = nullptr);

/// Functions whose result is made of all their arguments.
bool joins(llvm::StringRef Function);
/// Functions and methods whose result is, or is in, what they are given.
bool passesOn(llvm::StringRef Function);

} // namespace unsingleton

#endif
