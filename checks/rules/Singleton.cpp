//===- Singleton.cpp - Storages paired with their accessors -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/rules/Singleton.h"
#include "checks/rules/RequestPath.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/xxhash.h"
#include <map>
#include <set>

using namespace unsingleton;

llvm::StringRef unsingleton::toString(Verdict V) {
  switch (V) {
  case Verdict::SharedMutable:
    return "shared-mutable";
  case Verdict::ProcessResource:
    return "process-resource";
  case Verdict::ConstAfterInit:
    return "const-after-init";
  case Verdict::Stateless:
    return "stateless";
  case Verdict::ProcessWide:
    return "process-wide";
  }
  return "";
}

llvm::StringRef unsingleton::toString(Severity S) {
  return S == Severity::High     ? "high"
         : S == Severity::Medium ? "medium"
                                 : "low";
}

bool unsingleton::isReported(Verdict V) {
  return V == Verdict::SharedMutable || V == Verdict::ProcessResource;
}

static std::string idiomOf(const Program &P, const StorageFact &Storage,
                           const std::vector<SymbolIndex> &Accessors) {
  bool Lazy = false;
  bool Double = false;
  bool Once = false;
  for (SymbolIndex Accessor : Accessors) {
    bool Checked = false; // `if (p) return *p; lock; if (!p) …`
    bool Locked = false;
    for (const StatementFact &S : P.of<StatementFact>(Accessor)) {
      if (S.Storage != Storage.Storage)
        continue;
      Checked |= S.Kind == StatementKind::EarlyReturn;
      Locked |= Checked && S.Kind == StatementKind::Lock;
      Double |= Locked && S.Kind == StatementKind::NullCheck;
      Lazy |= S.Kind == StatementKind::NullCheck ||
              S.Kind == StatementKind::EarlyReturn;
      Double |= S.DoubleChecked;
      Once |= S.Kind == StatementKind::Once;
    }
  }
  if (Once)
    return "call-once";
  if (Double)
    return "double-checked";
  if (Lazy)
    return "lazy";
  bool Pointer =
      Storage.How == Holder::RawPointer || Storage.How == Holder::Reference;
  if (Storage.Kind == StorageKind::FunctionLocal)
    return Pointer ? "leaky" : "meyers";
  return P.of<CreationFact>(Storage.Storage).empty() &&
                 Storage.How != Holder::Value
             ? "injected"
             : "eager";
}

std::vector<Singleton> unsingleton::findSingletons(const Program &P) {
  std::map<SymbolIndex, std::set<SymbolIndex>> Accessors;
  for (const AccessFact &Access : P.all<AccessFact>())
    if (!Access.ByValue)
      Accessors[Access.Storage].insert(Access.Function);
  std::vector<Singleton> Result;
  for (const auto &[Symbol, Functions] : Accessors) {
    const auto *Storage = P.one<StorageFact>(Symbol);
    if (!Storage)
      continue;
    Singleton S;
    S.Storage = Storage;
    S.Accessors.assign(Functions.begin(), Functions.end());
    S.Idiom = idiomOf(P, *Storage, S.Accessors);
    // One holder template may serve several types: all are named.
    for (const StorageObjectFact &Object : P.of<StorageObjectFact>(Symbol)) {
      llvm::StringRef Known = S.Type;
      if (("', '" + Known + "', '").str().find("', '" + Object.Type + "', '") ==
          std::string::npos)
        S.Type += (S.Type.empty() ? "" : "', '") + Object.Type;
    }
    Result.push_back(std::move(S));
  }
  return Result;
}

static Span placeOf(const Program &P, const StorageFact &Storage) {
  Span Best;
  bool Definition = false;
  for (const StorageSiteFact &Site : P.of<StorageSiteFact>(Storage.Storage))
    if (!Best.valid() || (Site.Definition && !Definition)) {
      Best = Site.Name;
      Definition = Site.Definition;
    }
  return Best;
}

static Span placeOf(const Program &P, SymbolIndex Function) {
  Span Best;
  bool Definition = false;
  for (const FunctionSiteFact &Site : P.of<FunctionSiteFact>(Function))
    if (!Best.valid() || (Site.Definition && !Definition)) {
      Best = Site.Name;
      Definition = Site.Definition;
    }
  return Best;
}

static std::string fingerprint(llvm::StringRef Rule, llvm::StringRef Storage,
                               llvm::StringRef Accessor) {
  std::string Text = (Rule + "\n" + Storage + "\n" + Accessor).str();
  return llvm::utohexstr(llvm::xxh3_64bits(Text), /*LowerCase=*/true, 16);
}

static std::string messageOf(const Finding &F, llvm::StringRef Accessor) {
  std::string What = "'" + Accessor.str() + "' gives every caller the same ";
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
    return What + "'" + F.Type + "', which is declared process-wide";
  }
  return What;
}

/// Calls in the program, other than declarations, of the family's accessors.
static void addConsumers(const Program &P, Finding &F) {
  std::set<SymbolIndex> Callers;
  std::vector<const CallFact *> Places;
  for (SymbolIndex Accessor : F.Accessors)
    for (const CallFact *Call : P.callsTo(Accessor)) {
      if (Call->Kind == CallKind::Declaration)
        continue;
      if (Callers.insert(Call->Caller).second)
        Places.push_back(Call);
    }
  F.Consumers.assign(Callers.begin(), Callers.end());
  llvm::sort(Places, [](const CallFact *A, const CallFact *B) {
    return A->Name < B->Name;
  });
  constexpr size_t Shown = 3;
  for (size_t I = 0; I < Places.size() && I < Shown; ++I)
    F.Notes.push_back(
        {Places[I]->Name,
         "used by '" + P.name(Places[I]->Caller) + "'" +
             (I + 1 == Shown && Places.size() > Shown
                  ? " and " + std::to_string(Places.size() - Shown) + " more"
                  : "")});
}

Finding unsingleton::describe(const Program &P, const Singleton &S,
                              llvm::StringRef Rule,
                              const RuleOptions &Options) {
  Finding F;
  F.Rule = Rule.str();
  F.Idiom = S.Idiom;
  F.Type = S.Type;
  F.Storage = S.Storage->Storage;
  F.StoragePlace = placeOf(P, *S.Storage);
  F.Accessors = S.Accessors;
  // The accessor that comes first in the source stands for the family.
  for (SymbolIndex Accessor : S.Accessors) {
    Span Place = placeOf(P, Accessor);
    if (F.Accessor == NoSymbol || Place < F.AccessorPlace) {
      F.Accessor = Accessor;
      F.AccessorPlace = Place;
    }
  }
  std::string Accessor = P.name(F.Accessor);
  F.Fingerprint = fingerprint(Rule, S.Storage->QualifiedName, Accessor);
  Judgement J = judge(P, S, Options);
  F.What = J.What;
  F.Notes.push_back({F.StoragePlace, "stored in '" + S.Storage->Name + "'"});
  F.Notes.insert(F.Notes.end(), J.Reasons.begin(), J.Reasons.end());
  addConsumers(P, F);
  F.Level = Severity::Low;
  if (F.What == Verdict::SharedMutable) {
    F.Level = Severity::Medium;
    F.Path = requestPath(P, F.Accessors, J.Writer, J.Write);
    if (!F.Path.empty())
      F.Level = Severity::High;
  }
  F.Message = messageOf(F, Accessor);
  return F;
}
