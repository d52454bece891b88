//===- TargetOrigins.cpp - Which object an expression stands for -*- C++
//-*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/facts/Compat.h"
#include "checks/facts/ExpressionShape.h"
#include "checks/facts/HolderType.h"
#include "checks/facts/StorageExpression.h"
#include "checks/facts/ValueOrigins.h"

using namespace clang;

namespace unsingleton {

Origins ValueOrigins::targetsOf(const Expr *E) {
  Origins Out;
  targets(E, Out);
  for (FlowSource &Source : Out) // identities; a report names values
    Source.Text.clear();
  return Out;
}

void ValueOrigins::targets(const Expr *E, Origins &Out) {
  if (!E || Depth == Deepest)
    return;
  ++Depth;
  auto Leave = scope_exit([&] { --Depth; });
  E = peeled(E, /*Copies=*/false);
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
    if (const auto *V = variableOf(Ref->getDecl()))
      targetsOfVariable(V, Out);
  } else if (const auto *M = dyn_cast<MemberExpr>(E)) {
    if (const auto *V = dyn_cast<VarDecl>(M->getMemberDecl()))
      return targetsOfVariable(V, Out);
    const auto *Field = dyn_cast<FieldDecl>(M->getMemberDecl());
    if (!Field)
      return;
    bool Owned = holderType(Field->getType()).How == Holder::UniquePtr;
    if (ContextTypes::isHandle(Field->getType()) && !Owned &&
        !Types.foreign(Field))
      return simple(FlowKind::Member, Facts.symbol(Field), Out);
    const FieldDecl *Outermost = nullptr;
    const Expr *Base = holderOf(M, Outermost);
    if (isa<CXXThisExpr>(peeled(Base, false)) && Outermost)
      return simple(FlowKind::This, Facts.symbol(Outermost), Out);
    targets(Base, Out);
  } else if (isa<CXXThisExpr>(E)) {
    simple(FlowKind::This, NoSymbol, Out);
  } else if (const auto *U = dyn_cast<UnaryOperator>(E)) {
    targets(U->getSubExpr(), Out);
  } else if (const auto *A = dyn_cast<ArraySubscriptExpr>(E)) {
    targets(A->getBase(), Out);
  } else if (const auto *New = dyn_cast<CXXNewExpr>(E)) {
    targets(New->getInitializer(), Out);
  } else if (const auto *C = dyn_cast<CXXConstructExpr>(E)) {
    if (C->getConstructor()->isCopyOrMoveConstructor())
      return; // a new object
    if (!Types.foreign(C->getConstructor()->getParent()))
      valuesOfConstruction(C, Out);
    else if (ContextTypes::isHandle(C->getType()) && C->getNumArgs())
      targets(C->getArg(0), Out);
  } else if (const auto *C = dyn_cast<CallExpr>(E)) {
    targetsOfCall(C, Out);
  } else if (const auto *C = dyn_cast<AbstractConditionalOperator>(E)) {
    targets(C->getTrueExpr(), Out);
    targets(C->getFalseExpr(), Out);
  } else if (const auto *O = dyn_cast<OpaqueValueExpr>(E)) {
    targets(O->getSourceExpr(), Out);
  } else if (const auto *B = dyn_cast<BinaryOperator>(E)) {
    if (B->getOpcode() == BO_Comma)
      targets(B->getRHS(), Out);
    else if (B->isAssignmentOp() || B->isAdditiveOp())
      targets(B->getLHS(), Out);
  }
}

void ValueOrigins::targetsOfVariable(const VarDecl *V, Origins &Out) {
  if (isStorage(V))
    return simple(FlowKind::Storage, Facts.symbol(V), Out);
  if (llvm::is_contained(Open, V))
    return;
  FlowSource Source;
  if (!ContextTypes::isHandle(V->getType())) {
    Source.End = valueEnd(V);
    return add(Out, std::move(Source));
  }
  if (isOwnParameter(V)) {
    Source.End.Kind = FlowKind::Parameter;
    Source.End.Index = cast<ParmVarDecl>(V)->getFunctionScopeIndex();
    add(Out, std::move(Source));
  }
  Open.push_back(V);
  auto Close = scope_exit([&] { Open.pop_back(); });
  if (!isa<ParmVarDecl>(V))
    targets(V->getInit(), Out);
  if (!V->getType()->isReferenceType())
    for (const Expr *Value : given(V))
      targets(Value, Out);
}

void ValueOrigins::targetsOfCall(const CallExpr *E, Origins &Out) {
  const FunctionDecl *F = E->getDirectCallee();
  if (!F)
    return;
  if (isSlotAccess(F))
    return values(E, Out);
  llvm::StringRef Name = F->getIdentifier() ? F->getName() : "";
  if (!Types.foreign(F) || madeBy(E)) {
    if (!ContextTypes::isHandle(F->getReturnType()))
      return; // a new object
    Origins Value;
    values(E, Value);
    for (FlowSource &Source : Value)
      if (Source.End.Kind == FlowKind::Value)
        add(Out, Source);
    return;
  }
  if (const auto *C = dyn_cast<CXXMemberCallExpr>(E)) {
    bool Inserts = Name.contains("insert") || Name.contains("emplace");
    if (isa<CXXConversionDecl>(F) || passesOn(Name) || Inserts)
      targets(C->getImplicitObjectArgument(), Out);
  } else if (isa<CXXOperatorCallExpr>(E) || passesOn(Name)) {
    if (E->getNumArgs())
      targets(E->getArg(0), Out);
  }
}

} // namespace unsingleton
