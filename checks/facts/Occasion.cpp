//===- Occasion.cpp - When the current statement runs -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/facts/Occasion.h"
#include "checks/facts/LambdaRuns.h"
#include "checks/facts/StorageExpression.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace unsingleton {

namespace {
const VarDecl *presenceTested(const Expr *E, const ASTContext &Context);

bool isNothing(const Expr *E, const ASTContext &Context) {
  E = bare(E);
  if (const auto *B = dyn_cast<CXXBoolLiteralExpr>(E))
    return !B->getValue();
  if (const auto *U = dyn_cast<UnaryOperator>(E)) // -1 for "not yet known"
    return U->getOpcode() == UO_Minus && isa<IntegerLiteral>(U->getSubExpr());
  return isNull(E, Context);
}

/// Whether \p Value is the constant that \p V begins with: `state == Unknown`.
bool isInitial(const VarDecl *V, const Expr *Value, const ASTContext &Context) {
  if (!V || !V->getType()->isIntegralOrEnumerationType() || !V->hasInit() ||
      V->getInit()->isValueDependent() || Value->isValueDependent())
    return false;
  Expr::EvalResult First, Tested;
  return V->getInit()->EvaluateAsInt(First, Context) &&
         Value->EvaluateAsInt(Tested, Context) &&
         llvm::APSInt::isSameValue(First.Val.getInt(), Tested.Val.getInt());
}

/// The variable that \p E is, if it begins as something else than nothing:
/// `static bool first = true;`
const VarDecl *beginsSet(const Expr *E, const ASTContext &Context) {
  const auto *Ref = dyn_cast<DeclRefExpr>(bare(E));
  const auto *V = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  if (!isStorage(V) || !V->getType()->isIntegralOrEnumerationType())
    return nullptr;
  const Expr *Init = V->getAnyInitializer(V);
  Expr::EvalResult First;
  bool Known =
      Init && !Init->isValueDependent() && Init->EvaluateAsInt(First, Context);
  return Known && First.Val.getInt() != 0 ? V : nullptr;
}

/// The storage that a comparison of \p Left and \p Right with nothing, or with
/// what it begins with, tests.
const VarDecl *compared(const Expr *Left, const Expr *Right,
                        const ASTContext &Context) {
  const VarDecl *L = rootOf(Left), *R = rootOf(Right);
  if (isNothing(Right, Context) || isInitial(L, Right, Context))
    return L;
  return isNothing(Left, Context) || isInitial(R, Left, Context) ? R : nullptr;
}

bool calls(const CXXMemberCallExpr *C, llvm::StringRef Name) {
  const CXXMethodDecl *M = C->getMethodDecl();
  return M && M->getIdentifier() && M->getName() == Name;
}

/// `!V`, `V == 0`, `V.empty()`, or `V` that begins set: true before V is first
/// changed, false after.
const VarDecl *nullTested(const Expr *E, const ASTContext &Context) {
  E = bare(E);
  if (const VarDecl *First = beginsSet(E, Context))
    return First;
  if (const auto *U = dyn_cast<UnaryOperator>(E))
    return U->getOpcode() == UO_LNot ? presenceTested(U->getSubExpr(), Context)
                                     : nullptr;
  if (const auto *R = dyn_cast<CXXRewrittenBinaryOperator>(E))
    return nullTested(R->getSemanticForm(), Context);
  if (const auto *B = dyn_cast<BinaryOperator>(E)) {
    if (B->isLogicalOp()) {
      const VarDecl *Left = nullTested(B->getLHS(), Context);
      return Left ? Left : nullTested(B->getRHS(), Context);
    }
    // `size < 0`, `size <= 0` for "not yet known"
    if (B->getOpcode() == BO_LT || B->getOpcode() == BO_LE)
      return isNothing(B->getRHS(), Context) ? rootOf(B->getLHS()) : nullptr;
    if (B->getOpcode() == BO_NE && isNothing(B->getRHS(), Context))
      return beginsSet(B->getLHS(), Context);
    return B->getOpcode() == BO_EQ ? compared(B->getLHS(), B->getRHS(), Context)
                                   : nullptr;
  }
  if (const auto *C = dyn_cast<CXXOperatorCallExpr>(E))
    return C->getOperator() == OO_EqualEqual && C->getNumArgs() == 2
               ? compared(C->getArg(0), C->getArg(1), Context)
               : nullptr;
  if (const auto *C = dyn_cast<CXXMemberCallExpr>(E))
    return calls(C, "empty") || calls(C, "compare_exchange_strong")
               ? rootOf(C->getImplicitObjectArgument())
               : nullptr;
  return nullptr;
}

/// `V`, `V != nullptr`, `V.has_value()`: false before V is set, true after.
const VarDecl *presenceTested(const Expr *E, const ASTContext &Context) {
  E = bare(E);
  if (beginsSet(E, Context))
    return nullptr;
  if (const auto *U = dyn_cast<UnaryOperator>(E))
    return U->getOpcode() == UO_LNot ? nullTested(U->getSubExpr(), Context)
                                     : rootOf(E);
  if (const auto *B = dyn_cast<BinaryOperator>(E))
    return B->getOpcode() == BO_NE ? compared(B->getLHS(), B->getRHS(), Context)
                                   : nullptr;
  if (const auto *C = dyn_cast<CXXOperatorCallExpr>(E);
      C && C->getOperator() == OO_ExclaimEqual && C->getNumArgs() == 2)
    return compared(C->getArg(0), C->getArg(1), Context);
  if (const auto *C = dyn_cast<CXXMemberCallExpr>(E))
    if (calls(C, "empty"))
      return nullptr;
  return rootOf(E);
}
} // namespace

static bool leaves(const Stmt *S) {
  if (const auto *Block = dyn_cast<CompoundStmt>(S))
    return !Block->body_empty() && leaves(Block->body_back());
  return isa<ReturnStmt>(S);
}

/// The guard of an `if (ready) return …;` before \p Child in \p Block.
static const VarDecl *earlierGuard(const CompoundStmt *Block, const Stmt *Child,
                                   const ASTContext &Context) {
  for (const Stmt *S : Block->body()) {
    if (S == Child)
      return nullptr;
    const auto *If = dyn_cast<IfStmt>(S);
    if (If && !If->getElse() && leaves(If->getThen()))
      if (const VarDecl *V = presenceTested(If->getCond(), Context))
        return V;
  }
  return nullptr;
}

/// The statement behind the labels of a switch at \p S.
static const Stmt *labelled(const Stmt *S) {
  while (const auto *Label = dyn_cast<SwitchCase>(S))
    S = Label->getSubStmt();
  return S;
}

/// What \p Switch tests, if \p Inside, a statement of its body, runs only for
/// the value that it begins with: `case Unknown:`.
static const VarDecl *caseGuard(const SwitchStmt *Switch, const Stmt *Inside,
                                const ASTContext &Context) {
  const auto *Block = dyn_cast<CompoundStmt>(Switch->getBody());
  if (!Block)
    return nullptr;
  const SwitchCase *Label = nullptr;
  bool Open = true; // nothing falls through to here
  for (const Stmt *S : Block->body()) {
    if (const auto *Next = dyn_cast<SwitchCase>(S))
      Label = Open && !isa<SwitchCase>(Next->getSubStmt()) ? Next : nullptr;
    if (S == Inside)
      break;
    Open = leaves(labelled(S)) || isa<BreakStmt>(labelled(S));
  }
  const auto *Case = dyn_cast_or_null<CaseStmt>(Label);
  return Case && !Case->getRHS()
             ? compared(Switch->getCond(), Case->getLHS(), Context)
             : nullptr;
}

/// The flag of a `call_once(flag, lambda)`.
static const VarDecl *onceFlag(const CallExpr *Call) {
  const FunctionDecl *F = Call->getDirectCallee();
  if (!F || !F->getIdentifier() || Call->getNumArgs() < 2)
    return nullptr;
  llvm::StringRef Name = F->getName();
  bool Once =
      Name == "call_once" || Name == "pthread_once" || Name == "CallOnce";
  return Once ? rootOf(Call->getArg(0)) : nullptr;
}

/// Whether the lambda that the path goes through at \p I is given to call_once.
static bool isGivenToOnce(const WalkState &State, size_t I) {
  while (I-- > 0 && !isa<CompoundStmt>(State.Path[I]))
    if (const auto *Call = dyn_cast<CallExpr>(State.Path[I]);
        Call && onceFlag(Call))
      return true;
  return false;
}

const VarDecl *guardOf(const WalkState &State) {
  if (!State.Owner)
    return nullptr;
  const ASTContext &Context = State.Owner->getASTContext();
  const Stmt *Child = nullptr;
  for (size_t I = State.Path.size(); I-- > 0; Child = State.Path[I]) {
    const Stmt *S = State.Path[I];
    const VarDecl *Guard = nullptr;
    // A test around what is kept does not keep it from running again.
    if (const auto *L = dyn_cast<LambdaExpr>(S); L && Child == L->getBody() &&
                                                 runsLater(State) &&
                                                 !isGivenToOnce(State, I))
      return nullptr;
    if (const auto *If = dyn_cast<IfStmt>(S)) {
      if (Child == If->getThen() && If->getCond())
        Guard = nullTested(If->getCond(), Context);
      else if (Child == If->getCond())
        Guard = nullTested(If->getCond(), Context); // if (!flag.exchange(true))
    } else if (const auto *Loop = dyn_cast<WhileStmt>(S)) {
      if (Child == Loop->getBody())
        Guard = nullTested(Loop->getCond(), Context);
    } else if (const auto *C = dyn_cast<ConditionalOperator>(S)) {
      if (Child == C->getTrueExpr())
        Guard = nullTested(C->getCond(), Context);
      else if (Child == C->getFalseExpr())
        Guard = presenceTested(C->getCond(), Context);
    } else if (const auto *Switch = dyn_cast<SwitchStmt>(S)) {
      if (Child == Switch->getBody() && I + 2 < State.Path.size())
        Guard = caseGuard(Switch, State.Path[I + 2], Context);
    } else if (const auto *Block = dyn_cast<CompoundStmt>(S)) {
      Guard = Child ? earlierGuard(Block, Child, Context) : nullptr;
    } else if (const auto *Call = dyn_cast<CallExpr>(S)) {
      Guard = onceFlag(Call);
    }
    if (Guard)
      return Guard;
  }
  return nullptr;
}

} // namespace unsingleton
