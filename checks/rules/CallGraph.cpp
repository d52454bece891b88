//===- CallGraph.cpp - Who may run whom -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/rules/CallGraph.h"

using namespace unsingleton;

CallGraph::CallGraph(const Program &P)
    : P(P), FirstLambda(static_cast<Node>(P.symbols())) {
  for (const StoredCallableFact &Stored : P.all<StoredCallableFact>())
    if (Stored.Callable == NoSymbol)
      Lambdas.push_back({Stored.Function, Stored.Lambda});
  llvm::sort(Lambdas);
  Lambdas.erase(llvm::unique(Lambdas), Lambdas.end());
  addCalls();
  addSlots();
  addLambdas();
  finish();
}

static Span placeOf(const CallFact &Call) {
  return Call.Name.valid() ? Call.Name : Call.Whole;
}

static bool runs(const CallFact &Call) {
  return Call.Kind != CallKind::Declaration && !Call.Unevaluated;
}

static CallGraph::Edge edge(CallGraph::Node From, const CallFact &Call) {
  return {From, placeOf(Call), Call.Callee,
          Call.Kind == CallKind::Mention ? EdgeKind::Mention : EdgeKind::Call,
          NoSymbol};
}

bool CallGraph::ours(const Span &Where) const {
  return Where.valid() && P.file(Where.File).Ours;
}

bool CallGraph::counts(const CallFact &Call) const {
  return Call.Callee != NoSymbol && runs(Call) &&
         (Call.Kind != CallKind::Mention || ours(placeOf(Call)));
}

void CallGraph::addCalls() {
  for (const CallFact &Call : P.all<CallFact>())
    if (Call.Caller != NoSymbol && counts(Call))
      Edges.push_back(edge(Call.Caller, Call));
  for (const OverrideFact &Override : P.all<OverrideFact>())
    Edges.push_back({Override.Overridden, P.place(Override.Function),
                     Override.Function, EdgeKind::Override, NoSymbol});
}

void CallGraph::addSlots() {
  for (const SlotCallFact &Call : P.all<SlotCallFact>())
    if (Call.Function != NoSymbol)
      Edges.push_back(
          {Call.Function, Call.Place, Call.Slot, EdgeKind::SlotCall, NoSymbol});
  for (const StoredCallableFact &Stored : P.all<StoredCallableFact>()) {
    if (!ours(Stored.Place))
      continue;
    Node To = Stored.Callable;
    if (To == NoSymbol) {
      auto It =
          llvm::lower_bound(Lambdas, Lambda(Stored.Function, Stored.Lambda));
      To = FirstLambda + static_cast<Node>(It - Lambdas.begin());
    }
    if (Stored.Slot != NoSymbol)
      Edges.push_back(
          {Stored.Slot, Stored.Place, To, EdgeKind::Stored, Stored.Function});
    else if (Stored.Function != NoSymbol)
      Edges.push_back(
          {Stored.Function, Stored.Place, To, EdgeKind::Mention, NoSymbol});
  }
}

void CallGraph::addLambdas() {
  // What stands in no function (a variable's initialiser), by place.
  std::vector<std::pair<Span, const CallFact *>> Outside;
  for (const CallFact &Call : P.of<CallFact>(NoSymbol))
    if (counts(Call))
      Outside.push_back({placeOf(Call), &Call});
  llvm::sort(Outside);
  for (Node I = 0; I < Lambdas.size(); ++I) {
    const auto &[Function, Where] = Lambdas[I];
    Node From = FirstLambda + I;
    if (Function == NoSymbol) {
      Span Begin{Where.File, Where.Offset, 0, 0, 0};
      auto It = llvm::lower_bound(
          Outside, Begin,
          [](const auto &Call, const Span &S) { return Call.first < S; });
      for (; It != Outside.end() && Where.contains(It->first); ++It)
        Edges.push_back(edge(From, *It->second));
    } else {
      for (const CallFact &Call : P.of<CallFact>(Function))
        if (Where.contains(placeOf(Call)) && counts(Call))
          Edges.push_back(edge(From, Call));
    }
    for (const SlotCallFact &Call : P.of<SlotCallFact>(Function))
      if (Where.contains(Call.Place))
        Edges.push_back(
            {From, Call.Place, Call.Slot, EdgeKind::SlotCall, NoSymbol});
  }
}

void CallGraph::finish() {
  llvm::erase_if(Edges, [](const Edge &E) { return E.From == E.To; });
  llvm::sort(Edges);
  Edges.erase(llvm::unique(Edges), Edges.end());
  size_t Nodes = FirstLambda + Lambdas.size();
  FirstOut.assign(Nodes + 1, 0);
  std::vector<std::pair<Node, Node>> Back;
  for (const Edge &E : Edges) {
    ++FirstOut[E.From + 1];
    Back.push_back({E.To, E.From});
  }
  llvm::sort(Back);
  Back.erase(llvm::unique(Back), Back.end());
  FirstIn.assign(Nodes + 1, 0);
  for (const auto &[To, From] : Back) {
    ++FirstIn[To + 1];
    Sources.push_back(From);
  }
  for (size_t I = 0; I < Nodes; ++I) {
    FirstOut[I + 1] += FirstOut[I];
    FirstIn[I + 1] += FirstIn[I];
  }
}

llvm::SmallVector<CallGraph::Node, 2> CallGraph::at(SymbolIndex Function,
                                                    const Span &Where) const {
  llvm::SmallVector<Node, 2> Result;
  if (Function != NoSymbol)
    Result.push_back(Function);
  auto It = llvm::lower_bound(Lambdas, Lambda(Function, Span{0, 0, 0, 0, 0}));
  for (; It != Lambdas.end() && It->first == Function; ++It)
    if (It->second.contains(Where))
      Result.push_back(FirstLambda + static_cast<Node>(It - Lambdas.begin()));
  return Result;
}

SymbolIndex CallGraph::symbol(Node N) const {
  return isLambda(N) ? Lambdas[N - FirstLambda].first : N;
}

std::string CallGraph::name(Node N) const {
  if (isLambda(N)) {
    SymbolIndex Function = symbol(N);
    return Function == NoSymbol ? "a lambda"
                                : "a lambda in '" + P.name(Function) + "'";
  }
  if (const auto *Slot = P.one<SlotFact>(N); Slot && Slot->Parameter)
    return "parameter " + std::to_string(Slot->Parameter) + " of '" +
           Slot->Name + "'";
  return "'" + P.name(N) + "'";
}
