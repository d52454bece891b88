//===- Singleton.cpp - Storages paired with their accessors -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/rules/Singleton.h"
#include "checks/rules/Changes.h"
#include "checks/rules/Idiom.h"
#include "checks/rules/StorageReach.h"
#include <map>
#include <set>

using namespace unsingleton;

Span unsingleton::expansionOf(const Program &P, const StorageFact &Storage) {
  for (const auto &M : P.of<LibraryMentionFact>(Storage.Storage))
    if (M.What == LibraryMention::Macro)
      return M.Place;
  return {};
}

bool unsingleton::isMadeBy(const Program &P, const Span &Expansion,
                           SymbolIndex Function) {
  return Expansion.valid() &&
         llvm::any_of(P.of<FunctionSiteFact>(Function),
                      [&](const FunctionSiteFact &Site) {
                        return Site.State == Editability::MacroBody &&
                               Site.Name.File == Expansion.File &&
                               Site.Name.Offset == Expansion.Offset;
                      });
}

/// Of the places that mention what a library owns, the one that a person would
/// rather change: they are sorted by that.
static Span mentionOf(const Program &P, SymbolIndex Storage) {
  llvm::ArrayRef<LibraryMentionFact> All = P.of<LibraryMentionFact>(Storage);
  for (const LibraryMentionFact &M : All)
    if (M.Place.valid() && P.file(M.Place.File).Ours)
      return M.Place;
  return All.empty() ? Span() : All.front().Place;
}

Span unsingleton::definitionOf(const Program &P, const StorageFact &Storage) {
  if (Storage.Kind == StorageKind::Library)
    return mentionOf(P, Storage.Storage);
  return P.place(Storage.Storage);
}

namespace {
class StorageSorter {
public:
  explicit StorageSorter(RuleInput &Input)
      : Input(Input), P(Input.Linked), Known(Input.Known) {}

  void run() {
    for (const AccessFact &Access : P.all<AccessFact>())
      if (!Access.ByValue &&
          (Access.Provided == NoSymbol || Known.returnsInside(Access.Provided)))
        (Access.Interior ? Partly : Whole)[Access.Storage].insert(
            Access.Function);
    for (const auto *Found : {&Whole, &Partly})
      for (const auto &[Storage, Functions] : *Found)
        if (P.of<HolderObjectFact>(Storage).empty())
          for (SymbolIndex Function : Functions)
            Behind.try_emplace(Function, Storage);
    findSpecialised();
    findHeld();
    findAliases();
    for (const StorageFact &Storage : P.all<StorageFact>())
      sort(Storage);
  }

private:
  /// A template's member without a definition is no object: those that have one
  /// are its specialisations, each for a class of its own.
  ///
  ///     template <> Root *Singleton<Root>::instance_ = nullptr;
  ///
  void findSpecialised() {
    std::map<std::pair<SymbolIndex, llvm::StringRef>, const StorageFact *> All;
    for (const StorageFact &Storage : P.all<StorageFact>())
      if (Storage.Template && Storage.Kind == StorageKind::ClassStatic)
        All.try_emplace({Storage.Record, Storage.Name}, &Storage);
    for (const StorageFact &Storage : P.all<StorageFact>()) {
      if (Storage.Template || Storage.Kind != StorageKind::ClassStatic)
        continue;
      auto It = All.find({Storage.Record, Storage.Name});
      if (It == All.end())
        continue;
      General[Storage.Storage] = It->second;
      if (!isDefined(*It->second))
        Specialised[It->second->Storage].push_back(&Storage);
    }
  }

  bool isDefined(const StorageFact &Storage) const {
    return llvm::any_of(P.of<StorageSiteFact>(Storage.Storage),
                        [](const auto &Site) { return Site.Definition; });
  }

  /// Where the object that \p Held asks for lies: \p Home, or what specialises
  /// it for the object's type.
  const StorageFact *homeOf(SymbolIndex Held, const StorageFact *Home) {
    auto It = Specialised.find(Home->Storage);
    if (It == Specialised.end())
      return Home;
    for (const StorageFact *Own : It->second)
      for (const auto &Object : P.of<StorageObjectFact>(Own->Storage))
        for (const auto &Asked : P.of<StorageObjectFact>(Held))
          if (Object.Type == Asked.Type)
            return Own;
    return Home;
  }

  /// An object that one instance of a template of user code owns, and which
  /// nobody asks that for but accessors of its own, is theirs:
  ///
  ///     Registry *Registry::get() { return Singleton<Registry>::get(); }
  ///
  /// All others are the template's, which is one finding for them.
  void findHeld() {
    for (const HolderObjectFact &Held : P.all<HolderObjectFact>()) {
      auto It = Behind.find(Held.Accessor);
      const auto *Home =
          It == Behind.end() ? nullptr : P.one<StorageFact>(It->second);
      std::vector<SymbolIndex> Own = accessorsOf(Held.Object);
      // A template in which nothing lies gives nobody an object.
      if (!Home || Own.empty() || !isAskedBy(Held.Object, Own) ||
          StorageReach(P, Known, singletonOf(*Home)).isVacant() ||
          !Accepted.insert(Held.Object).second)
        continue;
      Home = homeOf(Held.Object, Home);
      Singleton S;
      S.Storage = P.one<StorageFact>(Held.Object);
      S.Shown = Home;
      S.Place = definitionOf(P, *S.Storage);
      S.Accessors = std::move(Own);
      auto Of = Whole.find(Home->Storage);
      S.Idiom = idiomOf(
          P, *Home,
          Of == Whole.end()
              ? std::vector<SymbolIndex>{Held.Accessor}
              : std::vector<SymbolIndex>(Of->second.begin(), Of->second.end()));
      for (const auto &Object : P.of<StorageObjectFact>(Held.Object)) {
        S.Objects.push_back(&Object);
        Elsewhere[Home->Storage].insert(Object.Type);
      }
      S.Type = typesOf(S.Objects);
      Input.Singletons.push_back(std::move(S));
    }
    for (SymbolIndex Object : Accepted)
      for (SymbolIndex Function : accessorsOf(Object))
        Behind.try_emplace(Function, Object);
  }

  std::vector<SymbolIndex> accessorsOf(SymbolIndex Object) const {
    std::set<SymbolIndex> Found;
    for (const auto *From : {&Whole, &Partly})
      if (auto It = From->find(Object); It != From->end())
        Found.insert(It->second.begin(), It->second.end());
    return {Found.begin(), Found.end()};
  }

  /// Whether nobody but \p Own, which are no templates, names the instance.
  bool isAskedBy(SymbolIndex Object, llvm::ArrayRef<SymbolIndex> Own) const {
    for (SymbolIndex Accessor : Own)
      if (const auto *F = P.one<FunctionFact>(Accessor); !F || F->Template)
        return false;
    return llvm::all_of(P.of<LibraryMentionFact>(Object), [&](const auto &M) {
      return llvm::is_contained(Own, M.By);
    });
  }

  /// The objects of \p Storage that are not reported where others ask for them.
  /// A number that keeps a pointer is not the object.
  std::vector<const StorageObjectFact *>
  objectsOf(const StorageFact &Storage) const {
    llvm::ArrayRef<StorageObjectFact> All =
        P.of<StorageObjectFact>(Storage.Storage);
    bool Carries = llvm::any_of(All, [](const auto &O) { return O.Carried; });
    auto It = Elsewhere.find(Storage.Storage);
    std::vector<const StorageObjectFact *> Result;
    for (const StorageObjectFact &Object : All)
      if (Object.Carried == Carries &&
          (It == Elsewhere.end() || !It->second.count(Object.Type)))
        Result.push_back(&Object);
    return Result;
  }

  void findAliases() {
    for (const AliasFact &Fact : P.all<AliasFact>()) {
      auto It = Behind.find(Fact.Accessor);
      if (It == Behind.end() || It->second == Fact.Alias ||
          isReassigned(Fact.Alias))
        continue;
      const auto *Storage = P.one<StorageFact>(Fact.Alias);
      if (Storage)
        Frozen.insert(Fact.Alias);
      Input.Aliases.push_back({&Fact, Storage, It->second});
    }
  }

  /// A pointer that somebody points elsewhere later has a life of its own.
  bool isReassigned(SymbolIndex Variable) const {
    return llvm::any_of(P.of<WriteFact>(Variable), [](const WriteFact &Write) {
      return Write.Replace && !Write.Construction;
    });
  }

  Singleton singletonOf(const StorageFact &Storage) const {
    Singleton S;
    S.Storage = &Storage;
    S.Place = definitionOf(P, Storage);
    S.Objects = objectsOf(Storage);
    S.Type = typesOf(S.Objects);
    auto Into = [](const StorageFact &Of, const auto &From,
                   std::vector<SymbolIndex> &To) {
      if (auto It = From.find(Of.Storage); It != From.end())
        To.assign(It->second.begin(), It->second.end());
    };
    Into(Storage, Whole, S.Accessors);
    Into(Storage, Partly, S.Accessors.empty() ? S.Accessors : S.PartAccessors);
    if (auto It = General.find(Storage.Storage); It != General.end()) {
      S.General = It->second;
      if (S.Accessors.empty())
        Into(*S.General, Whole, S.Accessors);
    }
    return S;
  }

  void sort(const StorageFact &Storage) {
    if (Frozen.count(Storage.Storage) || Specialised.count(Storage.Storage) ||
        !P.of<HolderObjectFact>(Storage.Storage).empty())
      return;
    Singleton S = singletonOf(Storage);
    if (S.Objects.empty() && Elsewhere.count(Storage.Storage))
      return;
    if (!Storage.Library.empty()) {
      // A holder hands its object out by itself; what else a library keeps is
      // its own.
      S.Idiom = Storage.Library;
      if (Storage.How == Holder::Library || !S.Accessors.empty())
        Input.Singletons.push_back(std::move(S));
      return;
    }
    if (!S.Accessors.empty()) {
      S.Idiom = idiomOf(P, Storage, S.Accessors);
      Input.Singletons.push_back(std::move(S));
      return;
    }
    // Without an accessor it is found where it is defined, not by each header
    // that says `extern`.
    if (!isDefined(Storage))
      return;
    if (registersItself(Storage) || isOwnObject(Storage)) {
      S.Idiom = registersItself(Storage) ? "self-registering" : "own-instance";
      Input.Singletons.push_back(std::move(S));
      return;
    }
    if (refersToOthers(Storage))
      return;
    S.Plain = true;
    Input.States.push_back(std::move(S));
  }

  /// One holder template may serve several types: all are named.
  static std::string
  typesOf(llvm::ArrayRef<const StorageObjectFact *> Objects) {
    std::set<std::string> Seen;
    std::string Result;
    for (const StorageObjectFact *Object : Objects)
      if (Seen.insert(Object->Type).second)
        Result += (Result.empty() ? "" : "', '") + Object->Type;
    return Result;
  }

  /// A reference is no state of its own unless its object was made for it.
  bool refersToOthers(const StorageFact &Storage) const {
    return Storage.How == Holder::Reference &&
           llvm::none_of(P.of<CreationFact>(Storage.Storage),
                         [](const CreationFact &Made) {
                           return Made.Form == CreationForm::New;
                         });
  }

  /// `X::X() { instance_ = this; }`
  bool registersItself(const StorageFact &Storage) const {
    return llvm::any_of(
        P.of<WriteFact>(Storage.Storage), [&](const WriteFact &Write) {
          const auto *F = P.one<FunctionFact>(Write.Function);
          return Write.Self && F && F->Kind == FunctionKind::Constructor;
        });
  }

  /// `class X { public: static X *it; };`
  bool isOwnObject(const StorageFact &Storage) const {
    return Storage.Kind == StorageKind::ClassStatic &&
           llvm::any_of(P.of<StorageObjectFact>(Storage.Storage),
                        [&](const StorageObjectFact &Object) {
                          return Object.Record == Storage.Record;
                        });
  }

  RuleInput &Input;
  const Program &P;
  const Changes &Known;
  std::map<SymbolIndex, std::set<SymbolIndex>> Whole, Partly; ///< by storage
  std::map<SymbolIndex, SymbolIndex> Behind; ///< accessor to storage
  /// By what specialises it, and the other way round where it is not defined.
  std::map<SymbolIndex, const StorageFact *> General;
  std::map<SymbolIndex, std::vector<const StorageFact *>> Specialised;
  std::set<SymbolIndex> Frozen;
  std::set<SymbolIndex> Accepted; ///< objects of instances, with accessors
  /// Types of a template's storage that are reported as Accepted.
  std::map<SymbolIndex, std::set<std::string>> Elsewhere;
};
} // namespace

void unsingleton::findStorages(RuleInput &Input) { StorageSorter(Input).run(); }
