//===- RequestPath.cpp - How a request reaches shared state -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/rules/RequestPath.h"
#include <deque>
#include <map>

using namespace unsingleton;

static bool isEntry(const Program &P, SymbolIndex Function) {
  return Function != NoSymbol && !P.of<ContextSourceFact>(Function).empty();
}

std::vector<PathStep>
unsingleton::requestPath(const Program &P,
                         const std::vector<SymbolIndex> &Accessors,
                         SymbolIndex Writer, Span Write) {
  // Breadth first from the accessors to their callers; `Next` remembers the
  // call that leads one step nearer.
  std::map<SymbolIndex, const CallFact *> Next;
  std::deque<SymbolIndex> Work(Accessors.begin(), Accessors.end());
  for (SymbolIndex Accessor : Accessors)
    Next[Accessor] = nullptr;
  SymbolIndex Entry = NoSymbol;
  while (!Work.empty() && Entry == NoSymbol) {
    SymbolIndex At = Work.front();
    Work.pop_front();
    for (const CallFact *Call : P.callsTo(At)) {
      if (Call->Kind == CallKind::Declaration || Call->Caller == NoSymbol ||
          !Next.try_emplace(Call->Caller, Call).second)
        continue;
      if (isEntry(P, Call->Caller)) {
        Entry = Call->Caller;
        break;
      }
      Work.push_back(Call->Caller);
    }
    for (const OverrideFact &Up : P.of<OverrideFact>(At))
      if (Next.try_emplace(Up.Overridden, Next[At]).second)
        Work.push_back(Up.Overridden);
  }
  std::vector<PathStep> Path;
  if (Entry == NoSymbol)
    return Path;
  Span EntryPlace;
  for (const FunctionSiteFact &Site : P.of<FunctionSiteFact>(Entry))
    if (!EntryPlace.valid() || Site.Definition)
      EntryPlace = Site.Name;
  Path.push_back({Entry, EntryPlace, "entry"});
  for (const CallFact *Call = Next[Entry]; Call; Call = Next[Call->Callee])
    Path.push_back(
        {Call->Callee, Call->Name,
         llvm::is_contained(Accessors, Call->Callee) ? "accessor" : "call"});
  if (Write.valid())
    Path.push_back({Writer, Write, "write"});
  return Path;
}
