//===- GivenAnew.cpp - What a local no longer stands for --------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/facts/GivenAnew.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;

namespace unsingleton {

static bool contains(const Stmt *Outer, const Stmt *Inner) {
  return Outer == Inner ||
         llvm::any_of(Outer->children(), [&](const Stmt *Child) {
           return Child && contains(Child, Inner);
         });
}

/// `V = …;`, not by a compound operator.
static bool assigns(const Stmt *S, const VarDecl *V) {
  if (const auto *E = dyn_cast<ExprWithCleanups>(S))
    S = E->getSubExpr();
  const auto *B = dyn_cast<BinaryOperator>(S);
  const auto *Ref = B && B->getOpcode() == BO_Assign
                        ? dyn_cast<DeclRefExpr>(B->getLHS()->IgnoreParens())
                        : nullptr;
  return Ref && Ref->getDecl() == V;
}

bool isGivenAnew(const WalkState &State, const VarDecl *V, const Stmt *By) {
  if (!V->getType()->isPointerType())
    return false;
  const Stmt *Child = nullptr;
  for (size_t I = State.Path.size(); I-- > 0; Child = State.Path[I]) {
    if (isa<LambdaExpr>(State.Path[I]))
      return false; // it runs when it is called
    const auto *Block = dyn_cast<CompoundStmt>(State.Path[I]);
    if (!Block || !Child)
      continue;
    bool Given = false;
    for (const Stmt *S : Block->body()) {
      if (isa<LabelStmt, SwitchCase>(S))
        Given = false; // who jumps here came another way
      else if (S != Child && assigns(S, V))
        Given = S != By;
      else if (Given && By && contains(S, By))
        Given = false;
      if (S == Child)
        break;
    }
    if (Given)
      return true;
  }
  return false;
}

} // namespace unsingleton
