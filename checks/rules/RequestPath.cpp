//===- RequestPath.cpp - How a request reaches shared state -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/rules/RequestPath.h"
#include "checks/facts/Compat.h"

using namespace unsingleton;

RequestPaths::RequestPaths(const Program &P, const RuleOptions &Options)
    : P(P), Graph(P), Entries(requestEntries(P, Options)), Caller(Graph.size()),
      Distance(Graph.size()) {
  for (uint32_t I = 0; I < Entries.size(); ++I)
    EntriesOf.push_back({Entries[I].Function, I});
  llvm::sort(EntriesOf);
  search();
}

void RequestPaths::search() {
  // A node is visited as an entry (that part of it) and, if something calls
  // it, once more as a whole.
  std::vector<std::pair<Node, const RequestEntry *>> Queue;
  for (const RequestEntry &Entry : Entries)
    Queue.push_back({Entry.Function, &Entry});
  for (size_t Next = 0; Next < Queue.size(); ++Next) {
    auto [From, Entry] = Queue[Next];
    uint32_t So = Entry ? 0 : Distance[From];
    for (const CallGraph::Edge &E : Graph.out(From)) {
      if (Caller[E.To] || (Entry && !Entry->covers(E.Where)))
        continue;
      Caller[E.To] = &E;
      Distance[E.To] = So + 1;
      Queue.push_back({E.To, nullptr});
    }
  }
}

RequestPaths::Arrival RequestPaths::arrival(Node N, const Span &Where) const {
  auto It = llvm::lower_bound(EntriesOf, std::pair(N, 0u));
  for (; It != EntriesOf.end() && It->first == N; ++It)
    if (Entries[It->second].covers(Where))
      return {N, 0, &Entries[It->second]};
  if (Caller[N])
    return {N, Distance[N], nullptr};
  return {};
}

std::vector<PathStep> RequestPaths::pathTo(SymbolIndex Function,
                                           const Span &Where) const {
  Arrival Best;
  for (Node N : Graph.at(Function, Where))
    if (Arrival Here = arrival(N, Where);
        Here.valid() && (!Best.valid() || Here.Distance < Best.Distance))
      Best = Here;
  return Best.valid() ? steps(Best) : std::vector<PathStep>();
}

std::string RequestPaths::entryTo(SymbolIndex Function,
                                  const Span &Where) const {
  std::vector<PathStep> Path = pathTo(Function, Where);
  return Path.empty() ? std::string() : Path.front().Name;
}

PathStep RequestPaths::step(const CallGraph::Edge &E) const {
  PathStep Step{Graph.symbol(E.To), E.Where, "call", Graph.name(E.To), ""};
  switch (E.What) {
  case EdgeKind::Call:
    break;
  case EdgeKind::Mention:
    Step.What = "mention";
    break;
  case EdgeKind::Override:
    Step.What = "override";
    break;
  case EdgeKind::SlotCall:
    Step.What = "callback";
    break;
  case EdgeKind::Stored:
    Step.What = "stored";
    if (E.By != NoSymbol)
      Step.Why = "'" + P.name(E.By) + "'";
    break;
  }
  return Step;
}

std::vector<PathStep> RequestPaths::steps(Arrival To,
                                          std::vector<Arrival> *Through) const {
  std::vector<PathStep> Steps;
  std::vector<Arrival> Nodes{To};
  while (!To.Entry) {
    const CallGraph::Edge &E = *Caller[To.At];
    Steps.push_back(step(E));
    To = arrival(E.From, E.Where);
    Nodes.push_back(To);
  }
  std::string Name = "'" + P.name(To.Entry->Function) + "'";
  if (To.Entry->Lambda)
    Name = "a lambda in " + Name;
  Steps.push_back(
      {To.Entry->Function, To.Entry->Where, "entry", Name, To.Entry->Why});
  std::reverse(Steps.begin(), Steps.end());
  std::reverse(Nodes.begin(), Nodes.end());
  if (Through)
    *Through = std::move(Nodes);
  return Steps;
}

std::string unsingleton::textOf(const PathStep &Step) {
  llvm::StringRef What = Step.What;
  if (What == "entry")
    return "a request enters in " + Step.Name + " (" + Step.Why + ")";
  if (What == "override")
    return "which " + Step.Name + " overrides";
  if (What == "stored")
    return "where " + (Step.Why.empty() ? "an initialiser" : Step.Why) +
           " puts " + Step.Name;
  if (What == "accessor")
    return "which reaches the object by " + Step.Name;
  if (What == "use")
    return "which names " + Step.Name + " itself";
  if (What == "write")
    return "and changes it in " + Step.Name +
           (Step.Why.empty() ? "" : " (" + Step.Why + ")");
  // The function that the step before led to does it, or one from before that.
  std::string Who = Step.Why.empty() ? "which" : "and " + Step.Why;
  if (What == "mention")
    return Who + " hands on " + Step.Name + ", to be called";
  if (What == "callback")
    return Who + " calls what " + Step.Name + " holds";
  return Who + " calls " + Step.Name;
}
