//===- Describe.cpp - The finding about a singleton or state -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/rules/Singleton.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/xxhash.h"
#include <map>

using namespace unsingleton;

std::string unsingleton::fingerprintOf(llvm::StringRef Rule,
                                       llvm::StringRef Storage,
                                       llvm::StringRef Accessor) {
  std::string Text = (Rule + "\n" + Storage + "\n" + Accessor).str();
  return llvm::utohexstr(llvm::xxh3_64bits(Text), /*LowerCase=*/true, 16);
}

static std::string messageOf(const Finding &F, const Singleton &S,
                             llvm::StringRef Accessor) {
  std::string Name = Accessor.str();
  std::string Gives = "' gives every caller the same ";
  std::string PerThread =
      "' gives every request on a thread the same mutable '";
  if (Accessor.empty()) {
    Name = (S.Shown ? S.Shown : S.Storage)->QualifiedName;
    Gives = "' is for everybody the same ";
    PerThread = "' is for every request on a thread the same mutable '";
  }
  if (S.Storage->ThreadLocal && F.What == Verdict::SharedMutable)
    return "'" + Name + PerThread + F.Type +
           "': the next user that the thread serves sees what the last one "
           "left";
  std::string What = "'" + Name + Gives;
  switch (F.What) {
  case Verdict::SharedMutable:
    return What + "mutable '" + F.Type +
           "': one user's request can see another's data";
  case Verdict::ProcessResource:
    return What + "'" + F.Type +
           "', which owns what a process has once: declare it process-wide, or "
           "move per-user state out of it";
  case Verdict::ConstAfterInit:
    return What + "'" + F.Type + "', which nothing changes once it is made";
  case Verdict::Stateless:
    return What + "'" + F.Type + "', which has no state";
  case Verdict::ProcessWide:
    return What + "'" + F.Type + "', which belongs to the process";
  case Verdict::PerContext:
    return "'" + Name + "' selects its '" + F.Type + "' by context";
  case Verdict::None:
    break;
  }
  return What;
}

static constexpr size_t ConsumersShown = 3;

/// What the last note says of those that get none.
static std::string more(size_t Shown, size_t All) {
  return Shown + 1 == ConsumersShown && All > ConsumersShown
             ? " and " + std::to_string(All - ConsumersShown) + " more"
             : "";
}

/// Functions that call one of the accessors; and those that name the storage,
/// where that is how the object is reached.
static void addConsumers(const Program &P, const Singleton &S, Finding &F) {
  std::map<SymbolIndex, Span> Users;
  Span Expansion = expansionOf(P, *S.Storage);
  auto Add = [&](SymbolIndex User, const Span &Place) {
    if (isMadeBy(P, Expansion, User))
      return;
    auto [It, New] = Users.try_emplace(User, Place);
    It->second = std::min(It->second, Place);
  };
  for (SymbolIndex Accessor : F.Accessors)
    for (const CallFact *Call : P.callsTo(Accessor))
      if (Call->Kind != CallKind::Declaration)
        Add(Call->Caller, Call->Name);
  bool ByName = F.Accessors.empty() || S.Storage->How == Holder::Library;
  auto Name = [&](SymbolIndex User, const Span &Place) {
    if (ByName && User != NoSymbol && !llvm::is_contained(F.Accessors, User))
      Add(User, Place);
  };
  for (const auto &Use : P.of<StorageUseFact>(S.Storage->Storage))
    Name(Use.Function, Use.Place);
  for (const auto &Mention : P.of<LibraryMentionFact>(S.Storage->Storage))
    if (Mention.What == LibraryMention::Use)
      Name(Mention.By, Mention.Place);
  std::vector<std::pair<Span, SymbolIndex>> Places;
  for (const auto &[User, Place] : Users) {
    F.Consumers.push_back(User);
    Places.push_back({Place, User});
  }
  llvm::sort(Places);
  for (size_t I = 0; I < Places.size() && I < ConsumersShown; ++I)
    F.Notes.push_back({Places[I].first, "used by '" + P.name(Places[I].second) +
                                            "'" + more(I, Places.size())});
}

Finding unsingleton::describe(const RuleInput &Input, const Singleton &S,
                              llvm::StringRef Rule) {
  const Program &P = Input.Linked;
  Finding F;
  F.Rule = Rule.str();
  F.Idiom = S.Idiom;
  F.Type = S.Type;
  const StorageFact &Shown = S.Shown ? *S.Shown : *S.Storage;
  F.Storage = Shown.Storage;
  F.PerThread = S.Storage->ThreadLocal;
  F.StoragePlace = S.Shown ? definitionOf(P, Shown) : S.Place;
  F.Accessors = S.Accessors;
  F.PartAccessors = S.PartAccessors;
  // The accessor that comes first in the source stands for the family; but
  // nobody knows the operators that a library's macro gives to its variable.
  for (SymbolIndex Accessor : S.Accessors) {
    if (S.Shown && isMadeBy(P, expansionOf(P, *S.Storage), Accessor))
      continue;
    Span Place = P.place(Accessor);
    if (F.Accessor == NoSymbol || Place < F.AccessorPlace) {
      F.Accessor = Accessor;
      F.AccessorPlace = Place;
    }
  }
  std::string Accessor = F.Accessor == NoSymbol ? "" : P.name(F.Accessor);
  F.Fingerprint = fingerprintOf(Rule, S.Storage->QualifiedName, Accessor);
  Judgement J = judge(Input, S);
  F.What = J.What;
  bool Library = Shown.Kind == StorageKind::Library;
  if (F.Accessor != NoSymbol)
    F.Notes.push_back({F.StoragePlace, (Library ? "kept by '" : "stored in '") +
                                           Shown.Name + "'"});
  F.Notes.insert(F.Notes.end(), J.Reasons.begin(), J.Reasons.end());
  addConsumers(P, S, F);
  F.Reasons = std::move(J.Reasons);
  F.Classes = std::move(J.Classes);
  F.Writes = std::move(J.Writes);
  F.Message = messageOf(F, S, Accessor);
  return F;
}

static std::string stateMessage(const Program &P, const Singleton &S,
                                const Finding &F) {
  std::string Name = "'" + S.Storage->QualifiedName + "'";
  switch (F.What) {
  case Verdict::SharedMutable:
    break;
  case Verdict::ProcessResource:
    return Name + " owns what a process has once: declare it process-wide, or "
                  "move per-user state out of it";
  case Verdict::ConstAfterInit:
    return Name + " is not changed once it is made";
  case Verdict::Stateless:
    return Name + " has no state";
  case Verdict::ProcessWide:
    return Name + " belongs to the process";
  case Verdict::PerContext:
    return Name + " is selected by context";
  case Verdict::None:
    break;
  }
  if (F.Idiom == "monostate")
    return "'" + P.name(S.Storage->Record) + "' keeps its state in " + Name +
           ", which is static: every user's request sees the same; make it a "
           "member, and an object for each request";
  if (F.Idiom == "local-state")
    return Name + " keeps its value from call to call: one user's request "
                  "finds what another's left there";
  return Name + " is mutable and shared by all requests: one user's request "
                "finds what another's left there";
}

Finding unsingleton::describeState(const RuleInput &Input, const Singleton &S,
                                   llvm::StringRef Rule,
                                   llvm::StringRef Idiom) {
  Finding F = describe(Input, S, Rule);
  F.Idiom = Idiom.str();
  F.Migrates = false;
  if (Idiom == "monostate")
    F.Type = Input.Linked.name(S.Storage->Record);
  F.Internal = Idiom == "local-state";
  F.Message = stateMessage(Input.Linked, S, F);
  return F;
}
