//===- ContextWays.cpp - What functions do with what they are given -*- C++
//-*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/rules/FlowSearch.h"
#include <deque>

using namespace unsingleton;

std::vector<ContextFlow::Summary>
ContextFlow::waysOf(SymbolIndex Callee) const {
  std::vector<Summary> Result;
  std::set<SymbolIndex> Seen{Callee};
  std::vector<SymbolIndex> Work{Callee};
  while (!Work.empty()) {
    SymbolIndex Function = Work.back();
    Work.pop_back();
    if (auto It = Summaries.find(Function); It != Summaries.end())
      Result.push_back({Function, &It->second});
    for (SymbolIndex Overrider : P.overriders(Function))
      if (Seen.insert(Overrider).second)
        Work.push_back(Overrider);
  }
  return Result;
}

void ContextFlow::resolve(SymbolIndex Function, const FlowEnd &End,
                          std::set<FlowEnd> &Seen,
                          std::set<FlowEnd> &Out) const {
  if (!Seen.insert(End).second)
    return;
  if (End.Kind == FlowKind::Member) {
    if (auto It = Aliases.find(End.Symbol); It != Aliases.end())
      Out.insert(It->second.begin(), It->second.end());
    const auto *F = P.one<FunctionFact>(Function);
    if (F && llvm::any_of(P.of<FieldFact>(F->Record), [&](const FieldFact &M) {
          return M.Field == End.Symbol;
        }))
      Out.insert(endOf(FlowKind::This, 0, End.Symbol));
    return;
  }
  Out.insert(End);
  if (End.Kind != FlowKind::Value)
    return;
  llvm::ArrayRef<ArgumentFact> Arguments = P.of<ArgumentFact>(Function);
  std::set<SymbolIndex> Asked;
  for (const ArgumentFact &Call : Arguments) {
    if (Call.Call != End || !Asked.insert(Call.Callee).second)
      continue;
    for (const auto &[Callee, W] : waysOf(Call.Callee))
      for (const auto &[Way, Kept] : *W) {
        if (Way.Goal.Kind != FlowKind::Result || Way.Role != FlowRole::Target)
          continue;
        bool Object = Way.Start.Kind == FlowKind::This;
        if (!Object && Way.Start.Kind != FlowKind::Parameter) {
          resolve(Function, Way.Start, Seen, Out);
          continue;
        }
        uint32_t Index = Object ? ArgumentFact::Object : Way.Start.Index;
        for (const ArgumentFact &A : Arguments)
          if (A.Call == Call.Call && A.Callee == Call.Callee &&
              A.Index == Index && has(A.Role, FlowRole::Target))
            resolve(Function, A.From.End, Seen, Out);
      }
  }
}

std::set<FlowEnd> ContextFlow::resolve(SymbolIndex Function,
                                       const FlowEnd &End) const {
  std::set<FlowEnd> Seen, Out;
  resolve(Function, End, Seen, Out);
  return Out;
}

/// Sums up \p Function; whether there is anything new.
bool ContextFlow::addWays(SymbolIndex Function) {
  std::set<FlowEnd> Starts;
  auto Add = [&](const FlowEnd &End) {
    if (startOf(End))
      Starts.insert(End);
  };
  for (const FlowFact &F : P.of<FlowFact>(Function))
    Add(F.From.End);
  for (const ArgumentFact &A : P.of<ArgumentFact>(Function)) {
    Add(A.From.End);
    for (const auto &[Callee, W] : waysOf(A.Callee))
      for (const auto &[Way, Kept] : *W)
        if (Way.Start.Kind != FlowKind::Parameter &&
            Way.Start.Kind != FlowKind::This &&
            Way.Goal.Kind == FlowKind::Result)
          Add(Way.Start);
  }
  bool New = false;
  for (const FlowEnd &Start : Starts)
    for (FlowRole Role : {FlowRole::Value, FlowRole::Target}) {
      FlowSource Source;
      Source.End = Start;
      for (Visit &V : Search(*this, Function, Role).run(Source)) {
        bool Wanted = isGoal(V.At.Kind) && (V.At.Kind == FlowKind::Result ||
                                            Start.Kind == FlowKind::Parameter ||
                                            Start.Kind == FlowKind::This);
        WayKey Key{*startOf(Start), V.At, Role, V.Part};
        if (Wanted && Key.Start != Key.Goal)
          New |= Summaries[Function].try_emplace(Key, V.Kept).second;
      }
    }
  return New;
}

/// What pointer members are made to point to; whether there is anything new.
bool ContextFlow::addAliases() {
  bool New = false;
  auto Add = [&](SymbolIndex Function, SymbolIndex Member, const FlowEnd &End) {
    for (const FlowEnd &To : resolve(Function, End))
      if (To.Kind == FlowKind::Storage)
        New |= Aliases[Member].insert(To).second;
  };
  for (const FlowFact &F : P.all<FlowFact>())
    if (F.To.Kind == FlowKind::This && F.To.Symbol != NoSymbol &&
        has(F.Role, FlowRole::Target))
      Add(F.Function, F.To.Symbol, F.From.End);
  for (const ArgumentFact &A : P.all<ArgumentFact>())
    if (A.Index < ArgumentFact::Nothing && has(A.Role, FlowRole::Target))
      for (const auto &[Callee, W] : waysOf(A.Callee))
        for (const auto &[Way, Kept] : *W)
          if (Way.Goal.Kind == FlowKind::This && Way.Goal.Symbol != NoSymbol &&
              Way.Role == FlowRole::Target &&
              Way.Start == endOf(FlowKind::Parameter, A.Index))
            Add(A.Function, Way.Goal.Symbol, A.From.End);
  return New;
}

void ContextFlow::computeWays() {
  do {
    std::deque<SymbolIndex> Work(Functions.begin(), Functions.end());
    std::set<SymbolIndex> Waiting(Work.begin(), Work.end());
    auto Again = [&](SymbolIndex Function) {
      for (SymbolIndex Caller : Callers[Function])
        if (Waiting.insert(Caller).second)
          Work.push_back(Caller);
    };
    while (!Work.empty()) {
      SymbolIndex Function = Work.front();
      Work.pop_front();
      Waiting.erase(Function);
      if (!addWays(Function))
        continue;
      // Callers of what it overrides may get here too.
      std::vector<SymbolIndex> Up{Function};
      std::set<SymbolIndex> Seen{Function};
      while (!Up.empty()) {
        SymbolIndex At = Up.back();
        Up.pop_back();
        Again(At);
        for (const OverrideFact &O : P.of<OverrideFact>(At))
          if (Seen.insert(O.Overridden).second)
            Up.push_back(O.Overridden);
      }
    }
  } while (addAliases());
}
