//===- Release.cpp - What is let go before its request ends -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/rules/Release.h"

using namespace unsingleton;

Release::Release(const Program &P, const ContextFlow &Flow) : P(P) {
  for (const RemovalFact &R : P.all<RemovalFact>())
    for (const FlowEnd &End : Flow.resolve(R.Function, R.From))
      if (End.Symbol != NoSymbol)
        (R.Drains ? Drained : Erased)[End.Symbol].push_back(&R);
  for (const FunctionFact &F : P.all<FunctionFact>())
    if (F.Kind == FunctionKind::Destructor && F.Record != NoSymbol)
      Destructors[F.Record] = F.Function;
}

static bool isAfter(const Span &Place, const Span &Other) {
  return !Other.valid() ||
         (Place.File == Other.File && Place.Offset > Other.Offset);
}

/// Whether \p Container is, or is in, every object of \p Record.
bool Release::owns(SymbolIndex Record, SymbolIndex Container) const {
  return llvm::any_of(P.of<FieldFact>(Record),
                      [&](const FieldFact &Field) {
                        return Field.Field == Container;
                      }) ||
         llvm::any_of(P.of<StorageObjectFact>(Container),
                      [&](const StorageObjectFact &Object) {
                        return Object.Record == Record;
                      });
}

/// The destructor of the class of \p Function, unless it owns the container.
SymbolIndex Release::destructorOf(SymbolIndex Function,
                                  SymbolIndex Container) const {
  const auto *F = P.one<FunctionFact>(Function);
  auto It = F ? Destructors.find(F->Record) : Destructors.end();
  return It == Destructors.end() || owns(F->Record, Container) ? NoSymbol
                                                               : It->second;
}

/// Whether \p Function removes something, itself or by a call, after what
/// stands at \p After.
bool Release::removes(SymbolIndex Function, const Span &After,
                      const Removals &By) const {
  return llvm::any_of(By, [&](const RemovalFact *R) {
    return (R->Function == Function && isAfter(R->Place, After)) ||
           llvm::any_of(P.of<CallFact>(Function), [&](const CallFact &Call) {
             return Call.Callee == R->Function && isAfter(Call.Name, After);
           });
  });
}

/// Whether \p Function, or the end of its object, takes out again what it puts
/// in at \p After.
bool Release::letsGo(SymbolIndex Function, const Span &After,
                     SymbolIndex Container, const Removals &By) const {
  SymbolIndex End = destructorOf(Function, Container);
  return removes(Function, After, By) ||
         (End != NoSymbol && removes(End, Span(), By));
}

/// The same for whoever has \p Function do it.
bool Release::callersLetGo(SymbolIndex Function, SymbolIndex Container,
                           const Removals &By) const {
  bool Called = false;
  for (const CallFact *Call : P.callsTo(Function)) {
    if (Call->Kind == CallKind::Declaration)
      continue;
    Called = true;
    if (!letsGo(Call->Caller, Call->Name, Container, By))
      return false;
  }
  return Called;
}

/// Whether an object that callers may be given does so when it ends.
bool Release::handleLetsGo(SymbolIndex Container, const Removals &By) const {
  return llvm::any_of(Destructors, [&](const auto &D) {
    return !owns(D.first, Container) && removes(D.second, Span(), By);
  });
}

bool Release::isReleased(const Capture &C) const {
  if (C.Goal.Kind == FlowKind::Detached)
    return false;
  for (SymbolIndex Container : {C.Goal.Symbol, C.Kept.In.Symbol}) {
    if (Container == NoSymbol)
      continue;
    if (Drained.contains(Container))
      return true;
    auto It = Erased.find(Container);
    if (It == Erased.end())
      continue;
    const Removals &By = It->second;
    // What only holds a context lives as long as its registration.
    if (C.Source.Record != NoSymbol || handleLetsGo(Container, By) ||
        letsGo(C.Function, C.Place, Container, By) ||
        callersLetGo(C.Function, Container, By) ||
        letsGo(C.keeper(), C.Kept.Where, Container, By))
      return true;
  }
  return isSetBack(C);
}

bool Release::isSetBack(const Capture &C) const {
  const auto *Storage = P.one<StorageFact>(C.Goal.Symbol);
  if (C.Goal.Kind != FlowKind::Storage || !Storage || !Storage->ThreadLocal)
    return false;
  SymbolIndex End = destructorOf(C.keeper(), C.Goal.Symbol);
  return llvm::any_of(
      P.of<StorageUseFact>(C.Goal.Symbol), [&](const StorageUseFact &Use) {
        if (Use.Form != UseForm::Clear && Use.Form != UseForm::Replace)
          return false;
        return (End != NoSymbol && Use.Function == End) ||
               (Use.Function == C.keeper() &&
                isAfter(Use.Place, C.Kept.Where) &&
                !Use.Place.contains(C.Kept.Where));
      });
}
