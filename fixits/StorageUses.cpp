//===- StorageUses.cpp - What else names a storage or its helpers --------===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The part of StorageRewrite that decides what becomes of each use outside the
// accessors' protocol, and which mutexes and flags go away with the protocol.
//
//===----------------------------------------------------------------------===//
#include "fixits/StorageRewrite.h"

using namespace unsingleton;

void StorageRewrite::findUses() {
  // Only a key can be asked whether there is an object.
  for (const Accessor &A : Accessors)
    if (!How.hasSlot() && peeks(A))
      return refuse(RefusalCode::StorageEscapes, F.place());
  // What saw the storage's declaration in a header sees the key's.
  bool Shared = isDeclaredInHeader();
  dropReleases();
  for (const StorageUseFact &Use : P.of<StorageUseFact>(F.Storage)) {
    bool Inside =
        (Maker && Use.Function == *Maker) ||
        llvm::any_of(Accessors, [&](const Accessor &A) {
          if (A.KeepsBody && A.Function == Use.Function)
            return true;
          return llvm::any_of(A.Statements, [&](const StatementFact *S) {
            return S->Whole.contains(Use.Place);
          });
        });
    if (Inside || isGone(Use))
      continue;
    bool Owning = Storage.How != Holder::RawPointer;
    // A handle may have been given as null, which a slot does not know from one
    // that was made.
    bool Emptied = Use.Form == UseForm::Test || Use.Form == UseForm::Clear;
    bool InForm =
        isReplacedByName() ||
        (How.hasSlot() && (!Handle || (Emptied && !isInstalled())) &&
         (Use.Form == UseForm::Test      ? !isInstalled() || isReleasedBy(Use)
          : Use.Form == UseForm::Other   ? isInstalled()
          : Use.Form == UseForm::Replace ? Owning || takesOver(Use)
                                         : true));
    bool Visible = Use.Place.File == Home->Name.File || Shared ||
                   (Storage.Kind == StorageKind::ClassStatic &&
                    !(Use.Qualified && Storage.Template));
    bool Possible = InForm && Use.State == Editability::Editable && Visible &&
                    Storage.Kind != StorageKind::FunctionLocal;
    if (!Possible)
      return refuse(RefusalCode::StorageEscapes, Use.Place);
    Outside.push_back(&Use);
  }
  // Nobody wants to read a table of values wherever it is used.
  constexpr unsigned Short = 60;
  if (keepsBodies() && Creation && Creation->Whole.Length > Short &&
      Accessors.size() + Outside.size() > 1)
    refuse(RefusalCode::ComplexAccessor, Creation->Whole);
}

const StorageUseFact *
StorageRewrite::takenOverAfter(const StorageUseFact &Delete) const {
  if (Delete.Form == UseForm::Delete && Storage.How == Holder::RawPointer)
    for (const StorageUseFact &Use : P.of<StorageUseFact>(F.Storage))
      if (Use.Form == UseForm::Replace &&
          Use.Statement.contains(Delete.Place) &&
          Delete.Place.Offset < Use.Place.Offset)
        return &Use;
  return nullptr;
}

bool StorageRewrite::takesOver(const StorageUseFact &Use) const {
  return llvm::any_of(P.of<StorageUseFact>(F.Storage),
                      [&](const StorageUseFact &Delete) {
                        return takenOverAfter(Delete) == &Use;
                      });
}

bool StorageRewrite::isReleasedBy(const StorageUseFact &Test) const {
  return llvm::any_of(
      P.of<StorageUseFact>(F.Storage), [&](const StorageUseFact &Use) {
        return Use.Function == Test.Function &&
               (Use.Form == UseForm::Delete || Use.Form == UseForm::Clear ||
                Use.Form == UseForm::Release);
      });
}

bool StorageRewrite::goesAway(const StorageUseFact &Use) const {
  if (Maker && Use.Function == *Maker)
    return true;
  for (const Accessor &A : Accessors)
    for (size_t I = 0; I < A.Statements.size(); ++I)
      if (!A.InPlace && !A.KeepsBody && A.protocol(I) &&
          A.Statements[I]->Whole.contains(Use.Place))
        return true;
  return false;
}

void StorageRewrite::findHelpers() {
  std::vector<SymbolIndex> Users(F.Accessors.begin(), F.Accessors.end());
  if (Maker)
    Users.push_back(*Maker);
  std::set<SymbolIndex> Candidates;
  for (SymbolIndex User : Users)
    for (const ProtocolUseFact &Use : P.of<ProtocolUseFact>(User))
      if (Use.Storage == F.Storage)
        Candidates.insert(Use.Helper);
  for (SymbolIndex Helper : Candidates) {
    const auto *Fact = P.one<StorageFact>(Helper);
    // Of a template, the class of the storage shows all uses there are.
    if (!Fact || Fact->Kind == StorageKind::FunctionLocal ||
        (Fact->Template && Fact->Record != Storage.Record))
      continue;
    // Gone only if nothing but this protocol uses it.
    bool Only =
        llvm::all_of(P.of<StorageUseFact>(Helper),
                     [&](const StorageUseFact &Use) { return goesAway(Use); });
    for (const StorageSiteFact &Site : P.of<StorageSiteFact>(Helper))
      Only &= Site.Alone && Site.State == Editability::Editable &&
              P.file(Site.Name.File).Ours;
    if (Only)
      Helpers.push_back(Helper);
  }
}
