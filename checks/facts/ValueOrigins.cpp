//===- ValueOrigins.cpp - Where the value of an expression comes from -*- C++
//-*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/facts/ValueOrigins.h"
#include "checks/facts/Compat.h"
#include "checks/facts/ExpressionShape.h"
#include "checks/facts/HolderType.h"
#include "checks/facts/StorageExpression.h"

using namespace clang;

namespace unsingleton {

//===-- Ends
//---------------------------------------------------------------===//

uint32_t ValueOrigins::inMacro(SourceLocation Where) const {
  return Where.isMacroID()
             ? Spans.SM.getFileOffset(Spans.SM.getSpellingLoc(Where)) + 1
             : 0;
}

FlowEnd ValueOrigins::valueEnd(const Expr *E) {
  FlowEnd End;
  End.Kind = FlowKind::Value;
  End.Index = inMacro(E->getExprLoc());
  End.Where = Spans.tokens(E->getSourceRange()).Where;
  return End;
}

FlowEnd ValueOrigins::valueEnd(const VarDecl *V) {
  FlowEnd End;
  End.Kind = FlowKind::Value;
  End.Index = inMacro(V->getLocation());
  End.Where = Spans.place(V->getLocation());
  return End;
}

std::string ValueOrigins::spelled(const Expr *E) const {
  llvm::StringRef Text = Spans.text(E->getSourceRange());
  constexpr size_t Longest = 60; // for a message
  return Text.size() > Longest || Text.contains('\n') ? "" : Text.str();
}

void ValueOrigins::context(const Span &Where, llvm::StringRef Text,
                           Origins &Out) {
  FlowSource Source;
  Source.End.Kind = FlowKind::Context;
  Source.End.Where = Where;
  Source.Text = Text.str();
  add(Out, std::move(Source));
}

void ValueOrigins::simple(FlowKind Kind, SymbolIndex Symbol, Origins &Out) {
  FlowSource Source;
  Source.End.Kind = Kind;
  Source.End.Symbol = Symbol;
  add(Out, std::move(Source));
}

bool ValueOrigins::isOwnParameter(const VarDecl *V) const {
  const auto *P = dyn_cast<ParmVarDecl>(V);
  return P && Owner && P->getDeclContext() == Owner;
}

/// The class of user code behind \p Type, be it only declared.
SymbolIndex ValueOrigins::recordOf(QualType Type) {
  if (Holder How = holderType(Type).How; How != Holder::Value)
    Type = holderType(Type).Object;
  const CXXRecordDecl *R = unsingleton::recordOf(Type);
  return R && !R->isLambda() && !Types.foreign(R) ? Facts.symbol(R) : NoSymbol;
}

llvm::SmallVector<const Expr *, 2>
ValueOrigins::given(const VarDecl *V, const FieldDecl *Field) const {
  llvm::SmallVector<const Expr *, 2> Result;
  if (auto It = Given.find(V); It != Given.end())
    for (const Gift &G : It->second)
      if (!Field || G.Field == Field)
        Result.push_back(G.Value);
  return Result;
}

//===-- Values
//-------------------------------------------------------------===//

Origins ValueOrigins::valuesOf(const Expr *E) {
  Origins Out;
  values(E, Out);
  return Out;
}

void ValueOrigins::valuesOfAll(llvm::ArrayRef<const Expr *> Parts,
                               Origins &Out) {
  for (const Expr *E : Parts)
    if (E && !isa<CXXDefaultArgExpr>(E) && Types.carries(E->getType()))
      values(E, Out);
}

void ValueOrigins::values(const Expr *E, Origins &Out) {
  if (!E || Depth == Deepest)
    return;
  ++Depth;
  auto Leave = scope_exit([&] { --Depth; });
  E = peeled(E, /*Copies=*/true);
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
    if (const auto *V = variableOf(Ref->getDecl()))
      valuesOfVariable(V, Out);
    if (isa<BindingDecl>(Ref->getDecl()) && Types.holdsContext(Ref->getType()))
      context(Spans.place(Ref->getDecl()->getLocation()),
              Ref->getDecl()->getName(), Out);
  } else if (const auto *M = dyn_cast<MemberExpr>(E)) {
    valuesOfMember(M, Out);
  } else if (isa<CXXThisExpr>(E)) {
    simple(FlowKind::This, NoSymbol, Out);
  } else if (const auto *U = dyn_cast<UnaryOperator>(E)) {
    if (U->getOpcode() == UO_AddrOf || U->getOpcode() == UO_Deref)
      values(U->getSubExpr(), Out);
  } else if (const auto *A = dyn_cast<ArraySubscriptExpr>(E)) {
    values(A->getBase(), Out);
  } else if (const auto *L = dyn_cast<LambdaExpr>(E)) {
    valuesOfLambda(L, Out);
  } else if (const auto *List = dyn_cast<InitListExpr>(E)) {
    valuesOfAll(List->inits(), Out);
  } else if (const auto *List = dyn_cast<CXXParenListInitExpr>(E)) {
    valuesOfAll(List->getInitExprs(), Out);
  } else if (const auto *New = dyn_cast<CXXNewExpr>(E)) {
    values(New->getInitializer(), Out);
  } else if (const auto *C = dyn_cast<CXXConstructExpr>(E)) {
    valuesOfConstruction(C, Out);
  } else if (const auto *C = dyn_cast<CallExpr>(E)) {
    valuesOfCall(C, Out);
  } else if (const auto *C = dyn_cast<AbstractConditionalOperator>(E)) {
    values(C->getTrueExpr(), Out);
    values(C->getFalseExpr(), Out);
  } else if (const auto *O = dyn_cast<OpaqueValueExpr>(E)) {
    values(O->getSourceExpr(), Out);
  } else if (const auto *B = dyn_cast<BinaryOperator>(E)) {
    if (B->getOpcode() == BO_Comma || B->isAssignmentOp())
      values(B->getRHS(), Out);
    else if (B->isAdditiveOp() && B->getType()->isPointerType())
      values(B->getLHS(), Out);
  }
}

void ValueOrigins::valuesOfVariable(const VarDecl *V, Origins &Out) {
  if (isStorage(V))
    return simple(FlowKind::Storage, Facts.symbol(V), Out);
  if (llvm::is_contained(Open, V))
    return;
  bool Context = Types.holdsContext(V->getType());
  if (isa<ParmVarDecl>(V)) {
    FlowSource Source;
    if (isOwnParameter(V)) {
      Source.End.Kind = FlowKind::Parameter;
      Source.End.Index = cast<ParmVarDecl>(V)->getFunctionScopeIndex();
    } else {
      Source.End = valueEnd(V);
    }
    Source.Record = Context ? NoSymbol : recordOf(V->getType());
    if (Source.Record != NoSymbol)
      Source.Text = V->getNameAsString();
    add(Out, Source);
    if (Context)
      context(Spans.place(V->getLocation()), V->getName(), Out);
  } else if (!ContextTypes::isHandle(V->getType())) {
    FlowSource Source;
    Source.End = valueEnd(V);
    add(Out, std::move(Source));
  }
  Open.push_back(V);
  auto Close = scope_exit([&] { Open.pop_back(); });
  llvm::SmallVector<const Expr *, 2> Values = given(V);
  if (V->getInit() && !isa<ParmVarDecl>(V))
    Values.push_back(V->getInit());
  if (Values.empty() && Context && !isa<ParmVarDecl>(V))
    context(Spans.place(V->getLocation()), V->getName(), Out);
  for (const Expr *Value : Values)
    values(Value, Out);
  if (Context) // the variable is what a person knows it by
    for (FlowSource &Source : Out)
      if (Source.End.Kind == FlowKind::Context && Source.Text.empty())
        Source.Text = V->getNameAsString();
}

void ValueOrigins::valuesOfMember(const MemberExpr *E, Origins &Out) {
  if (const auto *V = dyn_cast<VarDecl>(E->getMemberDecl()))
    return valuesOfVariable(V, Out);
  const auto *Field = dyn_cast<FieldDecl>(E->getMemberDecl());
  if (!Field)
    return;
  if (Types.holdsContext(Field->getType()))
    context(Spans.place(E->getMemberLoc()), spelled(E), Out);
  const FieldDecl *Outermost = nullptr;
  const Expr *Base = peeled(holderOf(E, Outermost), /*Copies=*/false);
  if (ContextTypes::isHandle(Field->getType()) && !Types.foreign(Field))
    simple(FlowKind::Member, Facts.symbol(Field), Out);
  else if (isa<CXXThisExpr>(Base) && Outermost)
    simple(FlowKind::This, Facts.symbol(Outermost), Out);
  const auto *Ref = dyn_cast<DeclRefExpr>(Base);
  const auto *V = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  if (V && isStorage(V))
    return simple(FlowKind::Storage, Facts.symbol(V), Out);
  bool Handle = ContextTypes::isHandle(Field->getType());
  // `pair.second`, or `f().part`: part of what holds it.
  if (Types.foreign(Field) || (!Ref && !Handle && !isa<CXXThisExpr>(Base)))
    return values(Base, Out);
  if (!V || isa<ParmVarDecl>(V) || llvm::is_contained(Open, V))
    return;
  Open.push_back(V);
  auto Close = scope_exit([&] { Open.pop_back(); });
  for (const Expr *Value : given(V, Outermost))
    values(Value, Out);
  const Expr *Init = V->getInit();
  if (const auto *List = dyn_cast_or_null<InitListExpr>(
          Init ? Init->IgnoreParenImpCasts() : nullptr);
      List && Outermost && Outermost->getFieldIndex() < List->getNumInits())
    values(List->getInit(Outermost->getFieldIndex()), Out);
}

void ValueOrigins::valuesOfLambda(const LambdaExpr *E, Origins &Out) {
  Origins Held;
  auto Init = E->capture_init_begin();
  for (const LambdaCapture &Capture : E->captures()) {
    const Expr *Value = *Init++;
    if (Capture.capturesThis())
      simple(FlowKind::This, NoSymbol, Held);
    else if (Value && (Capture.getCaptureKind() == LCK_ByRef ||
                       Types.carries(Value->getType())))
      values(Value, Held);
  }
  for (FlowSource &Source : Held) {
    Source.Callback = true;
    add(Out, Source);
  }
}

} // namespace unsingleton
