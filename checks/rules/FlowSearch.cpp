//===- FlowSearch.cpp - What a value gets into within one function -*- C++
//-*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/rules/FlowSearch.h"
#include <deque>

using namespace unsingleton;

std::optional<FlowEnd> unsingleton::startOf(const FlowEnd &End) {
  switch (End.Kind) {
  case FlowKind::Parameter:
  case FlowKind::Member:
  case FlowKind::Storage:
    return End;
  case FlowKind::This:
  case FlowKind::PerRequest:
  case FlowKind::Ambient:
    return endOf(End.Kind);
  default:
    return std::nullopt;
  }
}

bool unsingleton::isGoal(FlowKind Kind) {
  return Kind == FlowKind::Parameter || Kind == FlowKind::This ||
         Kind == FlowKind::Storage || Kind == FlowKind::Result ||
         Kind == FlowKind::Detached;
}

std::vector<ContextFlow::Visit>
ContextFlow::Search::run(const FlowSource &From, std::set<SymbolIndex> *Into) {
  Members = Into;
  Visits.clear();
  Seen.clear();
  bool Part = From.End.Kind == FlowKind::This && From.End.Symbol != NoSymbol;
  Visit First{From.End, Part, From, {}, {}};
  Seen.insert({First.At, First.Part});
  std::deque<Visit> Work{First};
  while (!Work.empty()) {
    Visit At = std::move(Work.front());
    Work.pop_front();
    size_t Before = Visits.size();
    step(At);
    for (size_t I = Before; I < Visits.size(); ++I)
      if (!isGoal(Visits[I].At.Kind))
        Work.push_back(Visits[I]);
  }
  return std::move(Visits);
}

void ContextFlow::Search::arrive(const Visit &Before, const FlowEnd &At,
                                 bool Part, const FlowSource &Through,
                                 const Span &Place, Keeping Kept) {
  if (!Seen.insert({At, Part}).second)
    return;
  Visit V{At, Part, Before.Source, Place, std::move(Kept)};
  V.Source.Callback |= Through.Callback;
  if (V.Source.Text.empty())
    V.Source.Text = Through.Text;
  Visits.push_back(std::move(V));
}

void ContextFlow::Search::step(const Visit &V) {
  for (const FlowFact &F : Flows)
    if (F.From.End == V.At && has(F.Role, Role) && (!F.Copy || !V.Part))
      for (const FlowEnd &To : Flow.resolve(Function, F.To))
        arrive(V, To, V.Part, F.From, F.Place, Keeping{{}, To, F.Place});
  for (const ArgumentFact &A : Arguments) {
    calledWithout(V, A);
    if (A.Index != ArgumentFact::Nothing && A.From.End == V.At &&
        has(A.Role, Role))
      called(V, A);
  }
}

/// What the callee does with the argument \p A.
void ContextFlow::Search::called(const Visit &V, const ArgumentFact &A) {
  FlowEnd Start = A.Index == ArgumentFact::Object
                      ? endOf(FlowKind::This)
                      : endOf(FlowKind::Parameter, A.Index);
  for (const auto &[Callee, W] : Flow.waysOf(A.Callee))
    for (const auto &[Way, Kept] : *W)
      if (Way.Start == Start && Way.Role == Role)
        follow(V, A, Callee, Way, Kept);
}

/// What the callee returns although it is not given it.
void ContextFlow::Search::calledWithout(const Visit &V, const ArgumentFact &A) {
  if (V.At.Kind == FlowKind::Parameter || V.At.Kind == FlowKind::This ||
      startOf(V.At) != V.At)
    return;
  for (const auto &[Callee, W] : Flow.waysOf(A.Callee))
    for (const auto &[Way, Kept] : *W)
      if (Way.Start == V.At && Way.Role == Role &&
          Way.Goal.Kind == FlowKind::Result)
        arrive(V, A.Call, V.Part || Way.Part, A.From, A.Place, {});
}

void ContextFlow::Search::follow(const Visit &V, const ArgumentFact &A,
                                 SymbolIndex Callee, const WayKey &Way,
                                 const Keeping &Kept) {
  bool Part = V.Part || Way.Part;
  Keeping There = Kept;
  There.Through.insert(There.Through.begin(), Callee);
  if (Members && Way.Goal.Kind == FlowKind::This && Way.Goal.Symbol != NoSymbol)
    Members->insert(Way.Goal.Symbol);
  switch (Way.Goal.Kind) {
  case FlowKind::Result:
    return arrive(V, A.Call, Part, A.From, A.Place, {});
  case FlowKind::Storage:
  case FlowKind::Detached:
    return arrive(V, Way.Goal, Part, A.From, A.Place, std::move(There));
  default:
    break;
  }
  uint32_t Index =
      Way.Goal.Kind == FlowKind::This ? ArgumentFact::Object : Way.Goal.Index;
  for (const ArgumentFact &Into : Arguments)
    if (Into.Call == A.Call && Into.Callee == A.Callee && Into.Index == Index &&
        has(Into.Role, FlowRole::Target))
      for (const FlowEnd &End : Flow.resolve(Function, Into.From.End))
        arrive(V, End, Part, A.From, A.Place, There);
}
