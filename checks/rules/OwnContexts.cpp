//===- OwnContexts.cpp - The contexts that a place can use ------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/rules/OwnContexts.h"

using namespace unsingleton;

/// Whether a lambda around \p Place can have nothing of what is outside: it
/// becomes a function pointer, or runs for others than the function around. Of
/// a main that is what it registers with the process's own context.
static bool cutOff(const Program &P, SymbolIndex Function, const Span &Place,
                   const ContextSourceFact *From) {
  bool Process = From && llvm::any_of(P.of<ProcessContextFact>(Function),
                                      [&](const ProcessContextFact &Known) {
                                        return Known.Variable == From->Variable;
                                      });
  return llvm::any_of(P.of<LambdaFact>(Function), [&](const LambdaFact &L) {
    return L.Whole.contains(Place) &&
           (!From || !L.Whole.contains(From->Visible)) &&
           (L.ToFunctionPointer || L.Kept || L.AtExit ||
            (Process && L.Escapes));
  });
}

std::vector<OwnContext> unsingleton::contextsAt(const Program &P,
                                                SymbolIndex Function,
                                                const Span &Place) {
  std::vector<OwnContext> Result;
  if (Function == NoSymbol)
    return Result;
  llvm::ArrayRef<OtherContextVariableFact> Others =
      P.of<OtherContextVariableFact>(Function);
  for (bool Parameter : {true, false})
    for (const ContextSourceFact &S : P.of<ContextSourceFact>(Function)) {
      if (S.Parameter != Parameter || !S.Visible.contains(Place) ||
          cutOff(P, Function, Place, &S))
        continue;
      bool Other = llvm::any_of(
          Others, [&](const auto &V) { return V.Variable == S.Variable; });
      Result.push_back({Parameter ? OwnContext::Parameter : OwnContext::Local,
                        S.Expression, S.Direct, Parameter || !Other});
    }
  const auto *F = P.one<FunctionFact>(Function);
  bool HasObject =
      F && F->Record != NoSymbol && F->Kind != FunctionKind::Constructor &&
      llvm::any_of(P.of<BodyFact>(Function),
                   [](const BodyFact &B) { return !B.StaticContext; });
  if (HasObject && !cutOff(P, Function, Place, nullptr))
    for (const ContextMemberFact &M : P.of<ContextMemberFact>(F->Record))
      Result.push_back({OwnContext::Member, M.Expression, M.Direct, true});
  return Result;
}

bool unsingleton::copiesObject(const Program &P, SymbolIndex Constructor) {
  return llvm::any_of(P.of<ConstructorSiteFact>(Constructor),
                      [](const ConstructorSiteFact &Site) {
                        return Site.Where == InitialiserPlace::Copies;
                      });
}

std::optional<Frontier> unsingleton::frontierAt(const Program &P,
                                                SymbolIndex Function) {
  const auto *F = P.one<FunctionFact>(Function);
  if (!F)
    return std::nullopt;
  if (F->Kind == FunctionKind::Main)
    return Frontier{"it is 'main'", {}};
  if (F->Test)
    return Frontier{"it is a test", {}};
  if (F->ExternC)
    return Frontier{"it has C linkage", {}};
  if (F->OverridesForeign)
    return Frontier{"it overrides a method that is not ours", {}};
  if (F->Kind == FunctionKind::Destructor)
    return Frontier{"it is a destructor", {}};
  if (F->Kind == FunctionKind::Operator || F->Kind == FunctionKind::Conversion)
    return Frontier{"it is an operator", {}};
  if (copiesObject(P, Function))
    return Frontier{"it copies its object", {}};
  for (const CallFact *Call : P.callsTo(Function))
    if (Call->Kind == CallKind::Mention && !Call->Unevaluated)
      return Frontier{"it is handed on as a callback", Call->Name};
  return std::nullopt;
}
