//===- MigrationGroup.cpp - One singleton on its way to a plan -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "fixits/MigrationGroup.h"
#include "fixits/AskingAccessors.h"

using namespace unsingleton;

void MigrationGroup::thread(const Program &P, const Policy &How,
                            const MigratedSet &Migrated,
                            const std::map<SymbolIndex, Refusal> &NoParameter) {
  std::set<SymbolIndex> Accessors(Of->Accessors.begin(), Of->Accessors.end());
  Threaded = unsingleton::thread(P, How, Migrated, NoParameter, Accessors,
                                 Rewrite->outside());
  Refusals = Threaded.Refusals;
  bool Asks = !Rewrite->asking().empty();
  if (!Asks && Refusals.empty())
    return;
  if (!How.bridges() || !mayAsk(P, Accessors, Threaded, Migrated.Storages)) {
    if (Refusals.empty())
      Refusals = Rewrite->asking();
    return;
  }
  if (!Asks)
    Rewrite->askThread(Refusals);
  Threaded = unsingleton::thread(P, How, Migrated, NoParameter, {},
                                 Rewrite->outside());
  Refusals = Threaded.Refusals;
  for (SymbolIndex Accessor : Accessors)
    Threaded.Bridged[Accessor] = Rewrite->asking();
}

MigratedSet unsingleton::migratedOf(const MigrationGroups &Groups) {
  MigratedSet Set;
  for (const MigrationGroup &G : Groups)
    if (G.Refusals.empty()) {
      Set.Storages.insert(G.Of->Storage);
      if (std::optional<Span> Moved = G.Rewrite->movedCreation())
        Set.Moved.push_back(*Moved);
      if (G.Rewrite->asking().empty())
        Set.Accessors.insert(G.Of->Accessors.begin(), G.Of->Accessors.end());
    }
  return Set;
}

void unsingleton::refuseSharedNames(const Program &P, MigrationGroups &Groups) {
  std::map<std::string, unsigned> Taken;
  for (unsigned I = 0; I < Groups.size(); ++I) {
    if (!Groups[I].Refusals.empty())
      continue;
    for (const auto &[Accessor, Name] : Groups[I].Rewrite->renames()) {
      const auto &Fact = *P.one<FunctionFact>(Accessor);
      if (Fact.InternalLinkage)
        continue; // of its own file; a clash there does not compile
      if (Name == Fact.Name)
        continue; // gives access to several, and keeps its name for each
      std::string Full = Fact.QualifiedName.substr(
                             0, Fact.QualifiedName.size() - Fact.Name.size()) +
                         Name;
      auto [It, New] = Taken.try_emplace(Full, I);
      if (!New && It->second != I)
        Groups[I].Refusals.push_back({RefusalCode::NameTaken,
                                      Fact.QualifiedName, Full,
                                      Groups[I].Of->place()});
    }
  }
}

static std::vector<const MacroCallFact *>
expansionsAt(const Program &P, const MacroCallFact &Call) {
  std::vector<const MacroCallFact *> Result;
  for (const MacroCallFact &Other : P.of<MacroCallFact>(Call.Callee))
    if (Other.Name == Call.Name)
      Result.push_back(&Other);
  return Result;
}

bool unsingleton::usesParameter(const Program &P, const MigrationGroups &Groups,
                                SymbolIndex Function) {
  const auto *F = P.one<FunctionFact>(Function);
  bool Makes = F && F->Kind == FunctionKind::Constructor;
  for (const MigrationGroup &G : Groups) {
    if (!G.Refusals.empty())
      continue;
    if (Makes && G.Threaded.Stored.count(F->Record))
      return true;
    for (const ThreadedCall &Call : G.Threaded.Calls)
      if (Call.Call->Caller == Function &&
          Call.Answer.From == ContextAnswer::Source::Parameter)
        return true;
    // In a macro's body nobody sees which parameter is used.
    for (const ThreadedMacroCall &Call : G.Threaded.MacroCalls)
      for (const MacroCallFact *Use : expansionsAt(P, *Call.Call))
        if (Use->Caller == Function &&
            Call.Answer.From != ContextAnswer::Source::Inline)
          return true;
    for (const auto &[Use, Answer] : G.Threaded.Uses)
      if (Use->Function == Function &&
          Answer.From == ContextAnswer::Source::Parameter)
        return true;
  }
  return false;
}

StorageRewrite::CreationContext
unsingleton::creationContext(const MigrationGroups &Groups,
                             const MigrationGroup &G) {
  StorageRewrite::CreationContext Context;
  const CreationFact *Creation = G.Rewrite->creation();
  SymbolIndex Storage = G.Of->Storage;
  // Another singleton's threading may be what adds the parameter.
  for (const MigrationGroup &Any : Groups) {
    if (!Any.Refusals.empty())
      continue;
    for (const ThreadedCall &Threaded : Any.Threaded.Calls) {
      const CallFact &Call = *Threaded.Call;
      bool Inside = Call.Variable == Storage ||
                    (Creation && Creation->Whole.contains(Call.Name));
      if (!Inside)
        continue;
      Context.Used = true;
      Context.ByConstructor |= Call.Style == ArgumentStyle::NeedsParentheses;
    }
  }
  return Context;
}
