//===- ContextFlow.cpp - Where what belongs to a request ends up -*- C++
//-*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/rules/FlowSearch.h"

using namespace unsingleton;

static bool isSourceKind(FlowKind Kind) {
  return Kind == FlowKind::Context || Kind == FlowKind::PerRequest ||
         Kind == FlowKind::Ambient;
}

bool ContextFlow::hasSources() const {
  auto Is = [](const auto &Fact) { return isSourceKind(Fact.From.End.Kind); };
  return llvm::any_of(P.all<FlowFact>(), Is) ||
         llvm::any_of(P.all<ArgumentFact>(), Is);
}

void ContextFlow::index() {
  std::set<SymbolIndex> All;
  for (const FlowFact &F : P.all<FlowFact>())
    All.insert(F.Function);
  for (const ArgumentFact &A : P.all<ArgumentFact>()) {
    All.insert(A.Function);
    Callers[A.Callee].insert(A.Function);
  }
  Functions.assign(All.begin(), All.end());
  for (const ContextMemberFact &M : P.all<ContextMemberFact>())
    if (const auto *R = P.one<RecordFact>(M.Record); !R || !R->ProcessWide)
      Holders.insert(M.Record);
  std::set<SymbolIndex> Unregister; // classes whose destructor may do so
  for (const FunctionFact &F : P.all<FunctionFact>())
    if (F.Kind == FunctionKind::Destructor)
      Unregister.insert(F.Record);
  for (const PerRequestFact &Slot : P.all<PerRequestFact>())
    if (Slot.Record != NoSymbol && !Unregister.contains(Slot.Record))
      SlotClasses.insert(Slot.Record);
}

bool ContextFlow::isSource(SymbolIndex Function, const FlowSource &S) const {
  if (isSourceKind(S.End.Kind))
    return true;
  if (S.Record != NoSymbol && Holders.contains(S.Record))
    return true;
  if (S.End.Kind == FlowKind::Member)
    return Tainted.contains(S.End.Symbol);
  if (S.End.Kind != FlowKind::This || S.End.Symbol != NoSymbol)
    return false;
  const auto *F = P.one<FunctionFact>(Function);
  return F && SlotClasses.contains(F->Record);
}

/// What in the body of \p Function belongs to a request, each once.
std::vector<FlowSource> ContextFlow::sourcesOf(SymbolIndex Function) const {
  std::map<FlowEnd, FlowSource> Result;
  auto Add = [&](const FlowSource &S) {
    if (!isSource(Function, S))
      return;
    FlowSource Source;
    Source.End = S.End;
    Source.Record = S.Record;
    Result.try_emplace(S.End, std::move(Source));
  };
  for (const FlowFact &F : P.of<FlowFact>(Function))
    Add(F.From);
  for (const ArgumentFact &A : P.of<ArgumentFact>(Function)) {
    Add(A.From);
    for (const auto &[Callee, W] : waysOf(A.Callee))
      for (const auto &[Way, Kept] : *W)
        if (Way.Goal.Kind == FlowKind::Result) {
          FlowSource Source;
          Source.End = Way.Start;
          if (isSourceKind(Source.End.Kind) ||
              Source.End.Kind == FlowKind::Member)
            Add(Source);
        }
  }
  std::vector<FlowSource> Sources;
  for (auto &[End, Source] : Result)
    Sources.push_back(std::move(Source));
  return Sources;
}

void ContextFlow::findCaptures() {
  for (size_t Before = ~size_t(0); Before != Tainted.size();) {
    Before = Tainted.size();
    Found.clear();
    for (SymbolIndex Function : Functions)
      for (const FlowSource &Source : sourcesOf(Function)) {
        bool Object = Source.End.Kind == FlowKind::PerRequest ||
                      Source.End.Kind == FlowKind::Member;
        for (Visit &V : Search(*this, Function, FlowRole::Value)
                            .run(Source, Object ? &Tainted : nullptr)) {
          bool Wanted = V.At.Kind == FlowKind::Storage ||
                        V.At.Kind == FlowKind::Detached ||
                        V.At.Kind == FlowKind::This;
          if (Object && V.At.Kind == FlowKind::This && V.At.Symbol != NoSymbol)
            Tainted.insert(V.At.Symbol);
          if (Wanted)
            Found.push_back({Function, std::move(V.Source), V.At, V.Place,
                             std::move(V.Kept)});
        }
      }
  }
  llvm::sort(Found, [](const Capture &A, const Capture &B) {
    return std::tie(A.Function, A.Place, A.Goal, A.Source, A.Kept.Where) <
           std::tie(B.Function, B.Place, B.Goal, B.Source, B.Kept.Where);
  });
}

ContextFlow::ContextFlow(const Program &P) : P(P) {
  if (!hasSources())
    return;
  index();
  computeWays();
  findCaptures();
}
