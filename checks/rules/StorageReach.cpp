//===- StorageReach.cpp - By what ways a storage's object is reached -*- C++
//-*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/rules/StorageReach.h"
#include "checks/rules/Teardown.h"
#include <set>

using namespace unsingleton;

StorageReach::StorageReach(const Program &P, const Changes &All,
                           const Singleton &S)
    : P(P), All(All), S(S),
      Carried(llvm::any_of(
          S.Objects, [](const auto *Object) { return Object->Carried; })) {}

/// Whether \p Use only makes or returns the object.
bool StorageReach::inProtocol(const StorageUseFact &Use) const {
  for (const StatementFact &S : P.of<StatementFact>(Use.Function))
    if (S.Storage == Use.Storage && !isProtocol(S.Kind) &&
        S.Whole.contains(Use.Place))
      return false;
  return true;
}

bool StorageReach::isHeldByValue() const {
  return (S.Storage->How == Holder::Value && !Carried) ||
         S.Storage->How == Holder::Library;
}

bool StorageReach::isMentioned(LibraryMention What) const {
  return llvm::any_of(
      P.of<LibraryMentionFact>(S.Storage->Storage),
      [&](const LibraryMentionFact &M) { return M.What == What; });
}

/// Whether nobody can have a way to the object but by the storage: it was
/// made for it.
bool StorageReach::isOnlyWay() const {
  if (isHeldByValue())
    return true;
  if (S.Storage->How == Holder::Reference)
    return false;
  std::set<SymbolIndex> Makers;
  for (const CreationFact &Made : P.of<CreationFact>(S.Storage->Storage)) {
    bool Unique = S.Storage->How == Holder::UniquePtr;
    if (Made.Form == CreationForm::Opaque ||
        (Made.Form == CreationForm::Holder && !Unique))
      return false;
    Makers.insert(Made.Function);
  }
  // `tmp = new T; … p = tmp;` is one expression that makes it, elsewhere.
  return llvm::none_of(P.of<WriteFact>(S.Storage->Storage),
                       [&](const WriteFact &Write) {
                         return Write.Replace && !Write.Beyond &&
                                !Write.Fresh && !Makers.count(Write.Function);
                       });
}

/// Whether no other unit can name the storage.
bool StorageReach::isSeenWhole() const {
  return P.whole() || S.Storage->InternalLinkage ||
         S.Storage->Kind == StorageKind::FunctionLocal;
}

bool StorageReach::isVacant() const {
  bool Empty = false;
  for (const auto &Site : P.of<StorageSiteFact>(S.Storage->Storage)) {
    if (Site.Empty && Site.Constant)
      return true;
    Empty |= Site.Empty;
  }
  switch (S.Storage->How) {
  case Holder::Value:
  case Holder::Reference:
  case Holder::Optional:
  case Holder::Library:
    return false;
  default:
    break;
  }
  if (!Empty || !isSeenWhole() ||
      !P.of<CreationFact>(S.Storage->Storage).empty() ||
      (S.General && !P.of<CreationFact>(S.General->Storage).empty()))
    return false;
  auto Sets = [&](const WriteFact &Write) {
    return Write.Of == Part::Whole && !Write.Beyond && All.holds(Write) &&
           !(Write.Escape && isAccessor(Write.Function));
  };
  if (S.General && llvm::any_of(P.of<WriteFact>(S.General->Storage), Sets))
    return false;
  return llvm::none_of(P.of<WriteFact>(S.Storage->Storage), Sets) &&
         llvm::none_of(S.Accessors, [&](SymbolIndex Accessor) {
           return llvm::any_of(P.of<WriteFact>(Accessor), Sets);
         });
}

bool StorageReach::onlyReadable() const {
  if (!isOnlyWay())
    return false;
  // Whoever asks a library's holder may ask for write access.
  if (S.Storage->Kind == StorageKind::Library &&
      (!P.whole() || !isMentioned(LibraryMention::Use)))
    return false;
  for (const StorageFact *Storage : {S.Storage, S.General})
    if (Storage)
      for (const AccessFact *Access : P.accessesTo(Storage->Storage))
        if (!Access->ConstObject)
          return false;
  // Making it, behind a null test, changes nobody's object.
  bool Lazy = S.Idiom == "lazy" || S.Idiom == "double-checked" ||
              S.Idiom == "call-once";
  if (P.whole() || (!isHeldByValue() && isSeenWhole()))
    return llvm::none_of(
        P.of<WriteFact>(S.Storage->Storage), [&](const WriteFact &Write) {
          return !Write.Construction && All.holds(Write) && !All.once(Write) &&
                 !(Write.Escape && isAccessor(Write.Function)) &&
                 !(Lazy && belongsToProtocol(Write)) &&
                 !isTeardown(P, All, S, Write);
        });
  for (const StorageUseFact &Use : P.of<StorageUseFact>(S.Storage->Storage))
    if (!isAccessor(Use.Function) || !inProtocol(Use))
      return false;
  return true;
}

bool StorageReach::isAccessor(SymbolIndex Function) const {
  return llvm::is_contained(S.Accessors, Function) ||
         llvm::is_contained(S.PartAccessors, Function);
}

bool StorageReach::belongsToProtocol(const WriteFact &Write) const {
  if (isMadeBy(P, expansionOf(P, *S.Storage), Write.Function))
    return true; // a library's macro looks after its own
  // Who keeps a pointer in a number is at pains to do so alone.
  const auto *F = P.one<FunctionFact>(Write.Function);
  if (Carried && F && F->Record != NoSymbol && F->Record == S.Storage->Record)
    return true;
  if (!isAccessor(Write.Function))
    return false;
  if (Write.Escape || Carried)
    return true;
  return !isHeldByValue() && !Write.Injected && Write.Replace;
}
