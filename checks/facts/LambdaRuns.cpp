//===- LambdaRuns.cpp - When the body of a lambda runs ----------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/facts/LambdaRuns.h"
#include "checks/facts/HolderType.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/RecursiveASTVisitor.h"

using namespace clang;

namespace unsingleton {

/// A function object: it may run its body at any time.
static bool isCallable(QualType Type) {
  if (Type->isFunctionPointerType() || Type->isMemberFunctionPointerType())
    return true;
  const CXXRecordDecl *R = recordOf(Type);
  if (!R)
    return false;
  if (R->isLambda())
    return true;
  return R->getIdentifier() &&
         (R->getName() == "function" || R->getName() == "move_only_function" ||
          R->getName() == "packaged_task" || R->getName() == "signal");
}

namespace {
/// Counts the mentions of a parameter, and those that call it.
class Mentions : public RecursiveASTVisitor<Mentions> {
public:
  explicit Mentions(const ParmVarDecl *P) : P(P) {}
  unsigned All = 0;
  unsigned Calls = 0;

  bool VisitDeclRefExpr(DeclRefExpr *E) {
    All += E->getDecl() == P;
    return true;
  }
  bool VisitCallExpr(CallExpr *E) {
    const Expr *Called = isa<CXXOperatorCallExpr>(E) && E->getNumArgs()
                             ? E->getArg(0)
                             : E->getCallee();
    const auto *Ref = dyn_cast<DeclRefExpr>(Called->IgnoreParenImpCasts());
    Calls += Ref && Ref->getDecl() == P;
    return true;
  }

private:
  const ParmVarDecl *P;
};
} // namespace

bool inLambda(const WalkState &State) {
  for (const Stmt *S : State.Path)
    if (isa<LambdaExpr>(S))
      return true;
  return false;
}

bool runsLater(const WalkState &State) {
  const Stmt *Child = nullptr;
  bool InBody = false; // of a lambda whose use is to be seen
  for (size_t I = State.Path.size(); I-- > 0; Child = State.Path[I]) {
    const Stmt *S = State.Path[I];
    if (const auto *L = dyn_cast<LambdaExpr>(S)) {
      InBody |= Child == L->getBody();
      continue;
    }
    if (!InBody)
      continue;
    const auto *Call = dyn_cast<CallExpr>(S);
    if (isa<CXXNewExpr, ReturnStmt>(S) ||
        (isa<CXXConstructExpr>(S) && isCallable(cast<Expr>(S)->getType()) &&
         !cast<Expr>(S)->getType()->getAsCXXRecordDecl()->isLambda()))
      return true;
    if (!Call)
      continue;
    const FunctionDecl *F = Call->getDirectCallee();
    if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(Call);
        Operator && Operator->getOperator() == OO_Call &&
        Operator->getArg(0) == Child)
      InBody = false;
    else if (F && F->isInStdNamespace() && !isa<CXXMethodDecl>(F) &&
             F->getIdentifier() && F->getName() != "async")
      InBody = false; // an algorithm, call_once, invoke
    else
      return true;
  }
  return false;
}

/// Whether the constructor \p C calls its parameter number \p Index and lets
/// nobody keep it: every mention of it is the callee of a call.
static bool onlyCalls(const CXXConstructorDecl *C, unsigned Index) {
  const FunctionDecl *Definition = nullptr;
  if (!C->hasBody(Definition) || Index >= Definition->getNumParams())
    return false;
  Mentions Found(Definition->getParamDecl(Index));
  for (const CXXCtorInitializer *Init :
       cast<CXXConstructorDecl>(Definition)->inits())
    if (Init->getInit())
      Found.TraverseStmt(Init->getInit());
  Found.TraverseStmt(Definition->getBody());
  return Found.All == Found.Calls;
}

/// Whether the constructor \p F may call a function object that it is given:
/// any may but those of the standard library's containers, and another
/// library's that is given a list, as a table is.
static bool mayCall(const CXXConstructorDecl *F, const SourceSpans &Spans) {
  if (Spans.user(F->getLocation()))
    return true;
  if (F->isInStdNamespace())
    return isStd(F->getParent(), "thread") || isStd(F->getParent(), "jthread");
  const CXXRecordDecl *First =
      F->getNumParams() ? recordOf(F->getParamDecl(0)->getType()) : nullptr;
  return !First || !isStd(First, "initializer_list");
}

bool isKeptByStatic(const WalkState &State, const SourceSpans &Spans) {
  if (State.Where != Surroundings::StaticInitialiser &&
      State.Where != Surroundings::LocalStatic)
    return false;
  for (size_t N = 1; const Stmt *Parent = State.parent(N); ++N) {
    if (const auto *C = dyn_cast<CXXConstructExpr>(Parent)) {
      const CXXConstructorDecl *F = C->getConstructor();
      if (!isCallable(C->getType()) && !F->isCopyOrMoveConstructor() &&
          mayCall(F, Spans))
        return false;
    } else if (const auto *C = dyn_cast<CXXMemberCallExpr>(Parent);
               C && isa_and_nonnull<CXXConversionDecl>(C->getMethodDecl())) {
      continue; // it becomes a function pointer
    } else if (!isa<CastExpr, ParenExpr, MaterializeTemporaryExpr,
                    CXXBindTemporaryExpr, ExprWithCleanups, MemberExpr,
                    UnaryOperator, InitListExpr, CXXStdInitializerListExpr>(
                   Parent)) {
      return false;
    }
  }
  return true;
}

bool initialises(const WalkState &State) {
  if (State.Where != Surroundings::StaticInitialiser &&
      State.Where != Surroundings::LocalStatic)
    return false;
  const LambdaExpr *Lambda = nullptr;
  const Stmt *Child = nullptr;
  for (size_t I = State.Path.size(); I-- > 0; Child = State.Path[I]) {
    const Stmt *S = State.Path[I];
    if (const auto *L = dyn_cast<LambdaExpr>(S)) {
      if (Child == L->getBody())
        Lambda = L;
      continue;
    }
    if (!Lambda)
      continue;
    // `[] { … }()` runs here; a constructor's argument, if it only calls it.
    if (const auto *Call = dyn_cast<CXXOperatorCallExpr>(S);
        Call && Call->getOperator() == OO_Call && Call->getArg(0) == Child)
      Lambda = nullptr;
    else if (const auto *Call = dyn_cast<CallExpr>(S);
             Call && Call->getDirectCallee() &&
             isStd(Call->getDirectCallee(), "call_once"))
      Lambda = nullptr;
    else if (const auto *C = dyn_cast<CXXConstructExpr>(S)) {
      if (isCallable(C->getType()))
        continue; // std::function made of it: look where that goes
      for (unsigned Arg = 0; Arg < C->getNumArgs(); ++Arg)
        if (C->getArg(Arg) == Child && onlyCalls(C->getConstructor(), Arg))
          Lambda = nullptr;
    }
  }
  return !Lambda && !(State.Variable && isCallable(State.Variable->getType()) &&
                      inLambda(State));
}

} // namespace unsingleton
