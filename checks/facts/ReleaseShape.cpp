//===- ReleaseShape.cpp - What ends an object and no more -------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/facts/ReleaseShape.h"
#include "checks/facts/StorageExpression.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace unsingleton {

Assignment::Assignment(const Stmt *S) {
  if (const auto *B = dyn_cast_or_null<BinaryOperator>(S);
      B && B->getOpcode() == BO_Assign) {
    To = B->getLHS();
    Value = B->getRHS();
  } else if (const auto *C = dyn_cast_or_null<CXXOperatorCallExpr>(S);
             C && C->getOperator() == OO_Equal && C->getNumArgs() == 2) {
    To = C->getArg(0);
    Value = C->getArg(1);
  }
}

/// Whether \p E is \p V, and no part of it.
static bool names(const Expr *E, const VarDecl *V) {
  E = bare(E);
  const ValueDecl *Named = nullptr;
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
    Named = Ref->getDecl();
  else if (const auto *Member = dyn_cast<MemberExpr>(E))
    Named = Member->getMemberDecl();
  return Named && Named->getCanonicalDecl() == V;
}

/// The value that \p E assigns to \p V; or null.
static const Expr *assignedTo(const Expr *E, const VarDecl *V) {
  Assignment Found(E);
  return Found.To && names(Found.To, V) ? Found.Value : nullptr;
}

/// `p.reset()`
static bool isReset(const Expr *E, const VarDecl *V) {
  const auto *C = dyn_cast<CXXMemberCallExpr>(E);
  const auto *M = C ? C->getMethodDecl() : nullptr;
  return M && M->getIdentifier() && M->getName() == "reset" &&
         names(C->getImplicitObjectArgument(), V) &&
         (!C->getNumArgs() || isa<CXXDefaultArgExpr>(C->getArg(0)) ||
          isNull(C->getArg(0), V->getASTContext()));
}

bool isNullTest(const Expr *E, const VarDecl *V) {
  E = bare(E);
  if (const auto *R = dyn_cast<CXXRewrittenBinaryOperator>(E))
    E = bare(R->getSemanticForm()); // `p != nullptr`
  if (const auto *U = dyn_cast<UnaryOperator>(E);
      U && U->getOpcode() == UO_LNot)
    return isNullTest(U->getSubExpr(), V);
  if (const auto *B = dyn_cast<BinaryOperator>(E); B && B->isEqualityOp())
    return (isNull(B->getRHS(), V->getASTContext()) &&
            isNullTest(B->getLHS(), V)) ||
           (isNull(B->getLHS(), V->getASTContext()) &&
            isNullTest(B->getRHS(), V));
  if (const auto *C = dyn_cast<CXXOperatorCallExpr>(E);
      C &&
      (C->getOperator() == OO_EqualEqual ||
       C->getOperator() == OO_ExclaimEqual || C->getOperator() == OO_Exclaim))
    return llvm::all_of(C->arguments(), [&](const Expr *Operand) {
      return isNull(Operand, V->getASTContext()) || isNullTest(Operand, V);
    });
  if (const auto *C = dyn_cast<CXXMemberCallExpr>(E);
      C && isa_and_nonnull<CXXConversionDecl>(C->getMethodDecl()))
    return isNullTest(C->getImplicitObjectArgument(), V);
  return names(E, V);
}

bool isSelfTest(const Expr *E, const VarDecl *V) {
  const auto *B = dyn_cast<BinaryOperator>(bare(E));
  auto Self = [](const Expr *Side) { return isa<CXXThisExpr>(bare(Side)); };
  return B && B->getOpcode() == BO_EQ &&
         ((names(B->getLHS(), V) && Self(B->getRHS())) ||
          (names(B->getRHS(), V) && Self(B->getLHS())));
}

bool isRelease(const Stmt *S, const VarDecl *V) {
  if (!S || isa<NullStmt>(S))
    return true;
  if (const auto *C = dyn_cast<CompoundStmt>(S))
    return llvm::all_of(C->body(),
                        [&](const Stmt *Part) { return isRelease(Part, V); });
  if (const auto *Do = dyn_cast<DoStmt>(S)) // do { … } while (0)
    return isRelease(Do->getBody(), V) && !Do->getCond()->isValueDependent() &&
           !Do->getCond()->HasSideEffects(V->getASTContext());
  if (const auto *If = dyn_cast<IfStmt>(S))
    return !If->getInit() && !If->getConditionVariable() && !If->getElse() &&
           isNullTest(If->getCond(), V) && isRelease(If->getThen(), V);
  const auto *E = dyn_cast<Expr>(S);
  if (!E)
    return false;
  if (const auto *Clean = dyn_cast<ExprWithCleanups>(E))
    E = Clean->getSubExpr();
  E = E->IgnoreParenCasts();
  if (const auto *B = dyn_cast<BinaryOperator>(E);
      B && B->getOpcode() == BO_Comma)
    return isRelease(B->getLHS(), V) && isRelease(B->getRHS(), V);
  if (const auto *D = dyn_cast<CXXDeleteExpr>(E))
    return names(D->getArgument(), V);
  if (const Expr *Value = assignedTo(E, V))
    return isNull(Value, V->getASTContext());
  return isReset(E, V);
}

} // namespace unsingleton
