//===- MutationPath.cpp - What code does to shared state --------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/facts/MutationPath.h"
#include "checks/facts/CreationFacts.h"
#include "checks/facts/HolderType.h"
#include "checks/facts/LibraryCalls.h"
#include "checks/facts/LibraryHolder.h"
#include "checks/facts/LibraryTypes.h"
#include "checks/facts/MutationClimber.h"
#include "checks/facts/StorageExpression.h"
#include "checks/facts/Ways.h"
#include "clang/AST/DeclCXX.h"

using namespace clang;
using namespace unsingleton;

bool unsingleton::isParameter(const Expr *E) {
  E = bare(E);
  if (const auto *C = dyn_cast<CallExpr>(E);
      C && C->getNumArgs() == 1 &&
      (isStd(C->getDirectCallee(), "move") ||
       isStd(C->getDirectCallee(), "forward")))
    E = bare(C->getArg(0));
  const auto *Ref = dyn_cast<DeclRefExpr>(E);
  return Ref && isa<ParmVarDecl>(Ref->getDecl());
}

bool unsingleton::varies(const Stmt *E) {
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
    return isa<ParmVarDecl>(Ref->getDecl());
  if (isa<LambdaExpr>(E))
    return false;
  return llvm::any_of(E->children(),
                      [](const Stmt *S) { return S && varies(S); });
}

llvm::SmallVector<MutationResult, 2>
MutationClimber::run(llvm::ArrayRef<const Stmt *> Path) {
  this->Path = Path;
  size_t I = Path.size() - 1;
  if (const auto *E = dyn_cast<Expr>(Path.back()))
    Beyond = E->isGLValue() && E->getType().isConstQualified();
  for (; I > 0; --I) {
    First = I + 1 == Path.size();
    At = I - 1;
    if (!up(Path[I - 1], Path[I], I > 1 ? Path[I - 2] : nullptr))
      return std::move(Results);
  }
  // The whole expression is an initialiser or a statement.
  const auto *E = dyn_cast<Expr>(Path.front());
  if (E && Variable)
    alias(Variable);
  else if (E && Field && Field->getType()->isReferenceType() &&
           isOpenWay(Field->getType()) && givesWay(E))
    escape(); // what it is a member of changes it
  return std::move(Results);
}

bool MutationClimber::alias(const VarDecl *V) {
  if (!isOpenWay(V->getType()))
    return Stop;
  if (V->hasGlobalStorage() && !V->isStaticLocal() &&
      V->hasExternalFormalLinkage())
    return escape();
  MutationResult R;
  R.Kind = Mutation::Alias;
  R.Alias = V;
  R.By = Path[At];
  return add(R);
}

bool MutationClimber::up(const Stmt *Parent, const Stmt *Child,
                         const Stmt *Grand) {
  if (const auto *Cast = dyn_cast<CastExpr>(Parent))
    return cast(Cast);
  if (isa<ParenExpr, ExprWithCleanups, MaterializeTemporaryExpr,
          CXXBindTemporaryExpr, ConstantExpr>(Parent))
    return Climb;
  if (const auto *S = dyn_cast<ArraySubscriptExpr>(Parent))
    return S->getBase() == Child ? Climb : Stop;
  if (const auto *U = dyn_cast<UnaryOperator>(Parent)) {
    if (U->isIncrementDecrementOp())
      return count();
    return U->getOpcode() == UO_AddrOf || U->getOpcode() == UO_Deref ? Climb
                                                                     : Stop;
  }
  if (const auto *B = dyn_cast<BinaryOperator>(Parent))
    return binary(B, Child);
  if (const auto *M = dyn_cast<MemberExpr>(Parent))
    return member(M, Grand);
  if (const auto *C = dyn_cast<CXXMemberCallExpr>(Parent);
      C && C->getCallee() == Child)
    return Climb; // what follows was decided at its MemberExpr
  if (const auto *C = dyn_cast<CXXOperatorCallExpr>(Parent))
    return operatorCall(C, Child);
  if (const auto *C = dyn_cast<CallExpr>(Parent))
    return argument(C->getDirectCallee(), C, Child);
  if (const auto *C = dyn_cast<CXXConstructExpr>(Parent))
    return construct(C, Child);
  if (const auto *D = dyn_cast<DeclStmt>(Parent))
    return declaration(D, Child);
  if (const auto *F = dyn_cast<CXXForRangeStmt>(Parent))
    return F->getRangeInit() == Child && F->getLoopVariable()
               ? alias(F->getLoopVariable())
               : Stop;
  if (const auto *C = dyn_cast<ConditionalOperator>(Parent))
    return C->getCond() == Child ? Stop : Climb;
  if (isa<CXXDeleteExpr>(Parent))
    return change();
  if (isa<ReturnStmt, CoreturnStmt>(Parent))
    return returned(dyn_cast<Expr>(Child), isa<ReturnStmt>(Parent));
  if (isa<InitListExpr, CXXThrowExpr, CoyieldExpr, ParenListExpr>(Parent)) {
    const auto *E = dyn_cast<Expr>(Child);
    // An object in a list of initialisers is bound to a reference; of a
    // number, its value is taken.
    bool Bound = E && E->isGLValue() && isa<InitListExpr>(Parent) &&
                 !E->getType()->isArithmeticType();
    return E && (Bound || isWay(E->getType())) && givesWay(E) ? escape() : Stop;
  }
  if (const auto *L = dyn_cast<LambdaExpr>(Parent))
    return capture(L, Child);
  return Stop;
}

bool MutationClimber::returned(const Expr *E, bool Plain) {
  if (!E || !givesWay(E))
    return Stop;
  MutationResult R;
  R.Kind = Plain ? Mutation::Return : Mutation::Escape;
  return add(R);
}

bool MutationClimber::capture(const LambdaExpr *L, const Stmt *Child) {
  for (const LambdaCapture &C : L->captures())
    if (C.capturesVariable())
      if (const auto *V = dyn_cast<VarDecl>(C.getCapturedVar());
          V && V->isInitCapture() && V->getInit() == Child)
        return alias(V);
  return Stop;
}

bool MutationClimber::cast(const CastExpr *Cast) {
  switch (Cast->getCastKind()) {
  case CK_LValueToRValue:
    Beyond = true;
    return isWay(Cast->getType()) && isOpenWay(Cast->getType()) ? Climb : Stop;
  case CK_PointerToBoolean:
  case CK_ToVoid:
  case CK_PointerToIntegral:
    return Stop;
  case CK_DerivedToBase:
  case CK_UncheckedDerivedToBase: // `p->` of a shared_ptr: `->` is inherited
    if (holderType(Cast->getSubExpr()->getType()).How == Holder::SharedPtr)
      return isOpenWay(Cast->getSubExpr()->getType()) ? Climb : Stop;
    break;
  default:
    break;
  }
  if (Cast->isGLValue()) {
    bool WasConst = Cast->getSubExpr()->getType().isConstQualified();
    if (Cast->getType().isConstQualified() != WasConst)
      Beyond = !WasConst; // const_cast gives the variable back
    return givesWay(Cast) ? Climb : Stop;
  }
  QualType Type = Cast->getType();
  return !isWay(Type) || isOpenWay(Type) ? Climb : Stop;
}

bool MutationClimber::binary(const BinaryOperator *B, const Stmt *Child) {
  if (B->isAssignmentOp() && B->getLHS() == Child) {
    MutationResult R;
    R.Replace = First && B->getOpcode() == BO_Assign;
    R.Direct = First;
    R.Injected = isParameter(B->getRHS());
    R.Fresh = makesObject(B->getRHS());
    R.Varies = varies(B->getRHS());
    R.Self = R.Replace && isa<CXXThisExpr>(bare(B->getRHS()));
    R.Count = B->getOpcode() == BO_AddAssign || B->getOpcode() == BO_SubAssign;
    return add(R);
  }
  if (B->isAssignmentOp()) // stored somewhere: from there it may be changed
    return givesWay(B->getRHS()) && isWay(B->getRHS()->getType())
               ? stored(B->getLHS())
               : Stop;
  if (B->isPtrMemOp())
    return B->getLHS() != Child            ? Stop
           : B->getType()->isBuiltinType() ? change()
                                           : Climb;
  if (B->getOpcode() == BO_Comma && B->getRHS() == Child)
    return Climb;
  return B->isAdditiveOp() && B->getType()->isPointerType() ? Climb : Stop;
}

bool MutationClimber::stored(const Expr *To) {
  const auto *Ref = dyn_cast<DeclRefExpr>(To->IgnoreParenImpCasts());
  const auto *V = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  return V && V->hasLocalStorage() && !V->getType()->isReferenceType()
             ? alias(V)
             : escape();
}

bool MutationClimber::member(const MemberExpr *M, const Stmt *Call) {
  if (const auto *Method = dyn_cast<CXXMethodDecl>(M->getMemberDecl())) {
    if (Method->isStatic())
      return Stop;
    return method(Method, dyn_cast_or_null<Expr>(Call));
  }
  const ValueDecl *Field = M->getMemberDecl();
  return isa<VarDecl>(Field) || isSynchronisation(Field->getType()) ||
                 isMemo(Field->getType())
             ? Stop
             : Climb;
}

bool MutationClimber::declaration(const DeclStmt *D, const Stmt *Child) {
  for (const Decl *One : D->decls())
    if (const auto *V = dyn_cast<VarDecl>(One); V && V->getInit() == Child)
      return alias(V);
  return Stop;
}

llvm::SmallVector<MutationResult, 2>
unsingleton::mutationsOf(llvm::ArrayRef<const Stmt *> Path,
                         const VarDecl *Variable, const FieldDecl *Field,
                         const SourceSpans &Spans) {
  return Path.empty() ? llvm::SmallVector<MutationResult, 2>()
                      : MutationClimber(Spans, Variable, Field).run(Path);
}
