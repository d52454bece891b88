//===- ReleaseShape.h - What ends an object and no more ---------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_FACTS_RELEASESHAPE_H
#define UNSINGLETON_CHECKS_FACTS_RELEASESHAPE_H

#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"

namespace unsingleton {

/// `To = Value`, built in or by an operator; both null: \p S assigns nothing.
struct Assignment {
  explicit Assignment(const clang::Stmt *S);
  const clang::Expr *To = nullptr, *Value = nullptr;
};

/// `p`, `!p`, `p != nullptr`, and no more than that: what else a condition asks
/// must not go with it. (Occasion.cpp looks for such a test anywhere in one.)
bool isNullTest(const clang::Expr *E, const clang::VarDecl *V);

/// `p == this`: whether the object that asks is the one.
bool isSelfTest(const clang::Expr *E, const clang::VarDecl *V);

/// Whether \p S does nothing but delete and clear \p V.
bool isRelease(const clang::Stmt *S, const clang::VarDecl *V);

} // namespace unsingleton

#endif
