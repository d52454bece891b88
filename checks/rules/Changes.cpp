//===- Changes.cpp - What functions do to their objects -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/rules/Changes.h"
#include "llvm/ADT/DenseMap.h"

using namespace unsingleton;

Changes::Changes(const Program &P) : P(P) {
  for (const FieldFact &Field : P.all<FieldFact>())
    if (!Field.Base && Field.Owned != NoSymbol)
      Owned.insert(Field.Owned);
  for (const FunctionFact &F : P.all<FunctionFact>())
    if (F.Const && F.Record != NoSymbol)
      ConstMethods[F.Record].push_back(F.Function);
  solve();
}

/// Both conditions of a write, as far as they are known.
bool Changes::settled(const WriteFact &Write) const {
  if (Write.Through != NoSymbol &&
      !Known.count(node(Write.Through, Write.ThroughPart)))
    return false;
  return Write.Provided == NoSymbol ||
         Known.count(node(Write.Provided, Part::Inside));
}

/// What no unit shows: a declaration without a body does what its type allows.
void Changes::assumeUnseen(SymbolIndex Function, Part Of) {
  if (!P.of<BodyFact>(Function).empty())
    return;
  const auto *F = P.one<FunctionFact>(Function);
  bool Abstract = !P.overriders(Function).empty();
  bool ReadOnly = F && F->Const && Of == Part::This;
  if (!Abstract && !ReadOnly)
    Known.insert(node(Function, Of));
}

void Changes::solve() {
  for (const WriteFact &Write : P.all<WriteFact>()) {
    if (Write.Through != NoSymbol)
      assumeUnseen(Write.Through, Write.ThroughPart);
    if (Write.Provided != NoSymbol)
      assumeUnseen(Write.Provided, Part::Inside);
  }
  for (const AccessFact &Access : P.all<AccessFact>())
    if (Access.Provided != NoSymbol)
      assumeUnseen(Access.Provided, Part::Inside);
  // The facts that wait for a node, by node; what becomes known wakes them.
  llvm::DenseMap<Node, std::vector<const WriteFact *>> Waiting;
  std::vector<Node> Work(Known.begin(), Known.end());
  auto Settle = [&](const WriteFact &Write) {
    if (Write.Of != Part::Whole && settled(Write) &&
        Known.insert(node(Write.Target, Write.Of)).second)
      Work.push_back(node(Write.Target, Write.Of));
  };
  for (const WriteFact &Write : P.all<WriteFact>()) {
    if (Write.Of == Part::Whole)
      continue;
    if (Write.Through != NoSymbol)
      Waiting[node(Write.Through, Write.ThroughPart)].push_back(&Write);
    if (Write.Provided != NoSymbol)
      Waiting[node(Write.Provided, Part::Inside)].push_back(&Write);
    Settle(Write);
  }
  while (!Work.empty()) {
    Node At = Work.back();
    Work.pop_back();
    if (auto It = Waiting.find(At); It != Waiting.end())
      for (const WriteFact *Write : It->second)
        Settle(*Write);
    // A call through the base may reach this override.
    for (const OverrideFact &Up : P.of<OverrideFact>(At.first))
      if (Known.insert({Up.Overridden, At.second}).second)
        Work.push_back({Up.Overridden, At.second});
  }
}

bool Changes::holds(const WriteFact &Write) const { return settled(Write); }

bool Changes::returnsInside(SymbolIndex Function) const {
  return Known.count(node(Function, Part::Inside));
}

bool Changes::once(const WriteFact &Write) const {
  if (startsOnly(Write.Function))
    return true;
  if (Write.Guard == NoSymbol || Write.Count || Write.Varies)
    return false;
  const auto *Guard = P.one<StorageFact>(Write.Guard);
  if (Guard && Guard->Synchronisation)
    return true; // call_once
  bool Set = Write.Guard == Write.Target;
  for (const WriteFact &Other : P.of<WriteFact>(Write.Guard)) {
    if (Other.Construction || !holds(Other))
      continue;
    if (Other.Guard != Write.Guard || Other.Count)
      return false; // it can be taken back
    Set |= Other.Function == Write.Function;
  }
  return Set;
}

/// Whether \p Function is called by nothing but initialisers of static
/// variables: `static int filled = fill_table();`
bool Changes::startsOnly(SymbolIndex Function) const {
  const auto *F = P.one<FunctionFact>(Function);
  if (!F || !F->InternalLinkage)
    return false;
  bool Called = false;
  for (const CallFact *Call : P.callsTo(Function)) {
    if (Call->Kind != CallKind::Call ||
        (Call->Where != Surroundings::StaticInitialiser &&
         Call->Where != Surroundings::LocalStatic))
      return false;
    Called = true;
  }
  return Called;
}

const WriteFact *Changes::constWrite(SymbolIndex Record) const {
  auto It = ConstMethods.find(Record);
  if (It == ConstMethods.end())
    return nullptr;
  for (SymbolIndex Method : It->second)
    for (const WriteFact &Write : P.of<WriteFact>(Method))
      if (Write.Of == Part::This && settled(Write))
        return &Write;
  return nullptr;
}

bool Changes::hasOtherInstances(SymbolIndex Record,
                                const std::set<SymbolIndex> &Makers) const {
  if (Owned.count(Record))
    return true;
  for (const InstanceFact &Made : P.of<InstanceFact>(Record))
    if (!Makers.count(Made.Function))
      return true;
  return false;
}
