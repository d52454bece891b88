//===- CallableFacts.cpp - What is kept now and called later -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/facts/CallableFacts.h"
#include "checks/facts/CallableFlow.h"
#include "checks/facts/StorageExpression.h"
#include "checks/facts/SymbolName.h"

using namespace clang;

namespace unsingleton {

SymbolIndex CallableFacts::named(SymbolIndex Slot, std::string Name,
                                 unsigned Parameter) {
  if (Slot != NoSymbol && Named.insert(Slot).second)
    Facts.add(SlotFact{Slot, std::move(Name), Parameter});
  return Slot;
}

SymbolIndex CallableFacts::slot(const FieldDecl *F) {
  F = patternOf(F);
  if (!Spans.user(F->getLocation()))
    return NoSymbol;
  return named(Facts.symbol(F), F->getQualifiedNameAsString());
}

SymbolIndex CallableFacts::slot(const FunctionDecl *Callee,
                                unsigned Parameter) {
  SymbolIndex Function = Facts.symbol(Callee);
  if (Function == NoSymbol)
    return NoSymbol;
  std::string Symbol =
      Facts.Out.Symbols[Function] + "@parameter@" + std::to_string(Parameter);
  return named(Facts.symbol(Symbol),
               patternOf(Callee)->getQualifiedNameAsString(), Parameter + 1);
}

SymbolIndex CallableFacts::slot(const VarDecl *V) {
  if (const auto *P = dyn_cast<ParmVarDecl>(V)) {
    const auto *F = dyn_cast<FunctionDecl>(P->getDeclContext());
    const auto *M = dyn_cast_or_null<CXXMethodDecl>(F);
    if (!F || (M && M->getParent()->isLambda()))
      return NoSymbol;
    return slot(F, P->getFunctionScopeIndex());
  }
  if (!isStorage(V) || !Spans.user(V->getLocation()))
    return NoSymbol;
  return named(Facts.symbol(V), patternOf(V)->getQualifiedNameAsString());
}

Span CallableFacts::place(const Expr *E) {
  return Spans.place(E->getExprLoc());
}

void CallableFacts::store(SymbolIndex Slot, const Source &From, const Expr *E) {
  if (Slot == NoSymbol || Slot == From.Callable)
    return;
  Facts.add(StoredCallableFact{
      Slot, From.Callable, State.Owner ? Facts.symbol(State.Owner) : NoSymbol,
      From.Lambda, place(E)});
}

void CallableFacts::follow(const Source &From, const Expr *E) {
  CallableUse Use = callableUse(State, Spans, Types);
  for (const FieldDecl *F : Use.Fields)
    store(slot(F), From, E);
  for (auto [Callee, Parameter] : Use.Parameters)
    store(slot(Callee, Parameter), From, E);
  for (const FunctionDecl *F : Use.Results)
    store(Facts.symbol(F), From, E);
  for (const VarDecl *V : Use.Variables) {
    if (SymbolIndex Slot = slot(V); Slot != NoSymbol) {
      store(Slot, From, E);
      continue;
    }
    if (!V->hasLocalStorage())
      continue;
    auto &Held = Locals[V];
    // What a local stands for is filled through it: `auto &t = handlers_;`
    for (const Source &Behind : Held)
      if (Behind.Slot)
        store(Behind.Callable, From, E);
    if (!llvm::is_contained(Held, From))
      Held.push_back(From);
  }
  if (!Use.Called)
    return;
  SymbolIndex Caller = State.Owner ? Facts.symbol(State.Owner) : NoSymbol;
  if (From.Slot)
    Facts.add(SlotCallFact{Caller, From.Callable, place(E)});
  if (From.Operator && Caller != NoSymbol)
    Facts.add(
        StoredCallableFact{NoSymbol, From.Callable, Caller, Span(), place(E)});
}

/// Whether \p E is merely the callee of the call around it.
static bool isCallee(const WalkState &State, const Expr *E) {
  for (size_t N = 1; const Stmt *Parent = State.parent(N); ++N) {
    if (isa<ImplicitCastExpr, ParenExpr>(Parent))
      continue;
    const auto *Call = dyn_cast<CallExpr>(Parent);
    return Call && Call->getCallee()->IgnoreParenImpCasts() == E;
  }
  return false;
}

void CallableFacts::function(const DeclRefExpr *E, const FunctionDecl *F) {
  if (State.Unevaluated || isCallee(State, E) || !Spans.user(F->getLocation()))
    return;
  if (SymbolIndex Callable = Facts.symbol(F); Callable != NoSymbol)
    follow({Callable, Span(), false, false}, E);
}

void CallableFacts::variable(const Expr *E, const VarDecl *V) {
  if (State.Unevaluated)
    return;
  if (auto It = Locals.find(V); It != Locals.end()) {
    for (const Source &From : llvm::SmallVector<Source, 1>(It->second))
      follow(From, E);
    return;
  }
  if (const CXXMethodDecl *M = CallableTypes::callOperator(V->getType());
      M && Spans.user(M->getLocation()))
    return follow({Facts.symbol(M), Span(), false, true}, E);
  if (!Types.holds(V->getType()))
    return;
  if (SymbolIndex Slot = slot(V); Slot != NoSymbol)
    follow({Slot, Span(), true, false}, E);
}

void CallableFacts::field(const MemberExpr *E, const FieldDecl *F) {
  if (State.Unevaluated || !Types.holds(F->getType()))
    return;
  if (SymbolIndex Slot = slot(F); Slot != NoSymbol)
    follow({Slot, Span(), true, false}, E);
}

void CallableFacts::lambda(const LambdaExpr *L) {
  if (!State.Unevaluated)
    follow({NoSymbol, Spans.tokens(L->getSourceRange()).Where, false, false},
           L);
}

void CallableFacts::construction(const CXXConstructExpr *E) {
  if (State.Unevaluated || E->getConstructor()->isCopyOrMoveConstructor())
    return;
  const CXXMethodDecl *M = CallableTypes::callOperator(E->getType());
  if (M && Spans.user(M->getLocation()))
    follow({Facts.symbol(M), Span(), false, true}, E);
}

} // namespace unsingleton
