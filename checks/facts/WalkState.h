//===- WalkState.h - Where the walk over a unit stands -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_FACTS_WALKSTATE_H
#define UNSINGLETON_CHECKS_FACTS_WALKSTATE_H

#include "checks/facts/Facts.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/Stmt.h"
#include <vector>

namespace unsingleton {

struct WalkState {
  const clang::FunctionDecl *Owner = nullptr; ///< innermost named function
  const clang::VarDecl *Variable = nullptr;   ///< whose initialiser we are in
  const clang::FieldDecl *Field = nullptr;    ///< the same for a member
  Surroundings Where = Surroundings::Body;
  bool Unevaluated = false;
  /// The statements from the outermost down to the current one.
  std::vector<const clang::Stmt *> Path;

  /// The \p N th parent of the current statement, or null.
  const clang::Stmt *parent(size_t N = 1) const {
    return Path.size() > N ? Path[Path.size() - 1 - N] : nullptr;
  }
};

/// A lambda's operator().
inline bool isLambdaCall(const clang::FunctionDecl *F) {
  const auto *M = llvm::dyn_cast<clang::CXXMethodDecl>(F);
  return M && M->getParent()->isLambda();
}

/// The function around a lambda, or null.
inline clang::FunctionDecl *writtenIn(clang::FunctionDecl *LambdaCall) {
  for (clang::DeclContext *C = LambdaCall->getParent(); C; C = C->getParent())
    if (auto *F = llvm::dyn_cast<clang::FunctionDecl>(C); F && !isLambdaCall(F))
      return F;
  return nullptr;
}

} // namespace unsingleton

#endif
