//===- StorageInstalled.cpp - Objects that a function puts in place ------===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A triple of functions: one makes the object, one gives access to it, one ends
// it.
//
//     void init() { table = new Table(8); }     void init() {}
//     Table &get_table() { return *table; }     Table &create_table(ctx) {
//                                                 return table_slot
//                                                     .get_or_create(…);
//                                               }
//     void term() { delete table; table = 0; }  void term(ctx) {
//                                                 table_slot.reset(ctx);
//                                               }
//
// Nobody calls init() for each request, so that the factory makes the object;
// it must not need what only init() knows. Whatever ends it outside main, where
// there is no context, goes away: the request ends its objects itself.
//
//===----------------------------------------------------------------------===//
#include "fixits/EarlyUse.h"
#include "fixits/StorageRewrite.h"

using namespace unsingleton;

void StorageRewrite::findInstallation() {
  bool Pointer =
      Storage.How == Holder::RawPointer || Storage.How == Holder::UniquePtr ||
      Storage.How == Holder::SharedPtr || Storage.How == Holder::AtomicPointer;
  // What it is declared with, or its accessors make, comes first.
  if (!Pointer || !P.of<CreationFact>(F.Storage).empty())
    return;
  llvm::ArrayRef<InstallationFact> All = P.of<InstallationFact>(F.Storage);
  if (All.size() != 1 || llvm::is_contained(F.Accessors, All.front().Function))
    return;
  const InstallationFact &Only = All.front();
  if (Only.UsesLocals || !Only.Statement.valid() ||
      Only.State != Editability::Editable || !P.file(Only.Whole.File).Ours)
    return;
  // Whoever is given another object later would have the first again.
  for (const StorageUseFact &Use : P.of<StorageUseFact>(F.Storage))
    if (Use.Form == UseForm::Replace && !Only.Statement.contains(Use.Place))
      return;
  Installed = &Only;
  Gone.push_back(Only.Statement);
  MadeByInstalling = {F.Storage, NoSymbol,       Only.Whole,
                      Only.Type, Only.Arguments, Only.Form};
}

bool StorageRewrite::endsInstalled(const StorageUseFact &Use) const {
  return isInstalled() &&
         (Use.Form == UseForm::Delete || Use.Form == UseForm::Clear ||
          Use.Form == UseForm::Release);
}

bool StorageRewrite::isGone(const StorageUseFact &Use) const {
  return llvm::any_of(
      Gone, [&](const Span &Part) { return Part.contains(Use.Place); });
}

/// Whether the object takes its own pointer away as it goes, and the key knows
/// that it has.
bool StorageRewrite::clearsItself(const StorageUseFact &Use) const {
  const auto *By = P.one<FunctionFact>(Use.Function);
  return Use.Form == UseForm::Clear && By &&
         By->Kind == FunctionKind::Destructor &&
         llvm::any_of(P.of<StorageObjectFact>(F.Storage),
                      [&](const StorageObjectFact &Object) {
                        return Object.Record == By->Record;
                      });
}

void StorageRewrite::dropReleases() {
  if (!How.hasSlot() || Storage.How == Holder::Value ||
      Storage.How == Holder::Reference)
    return;
  for (const StorageUseFact &Use : P.of<StorageUseFact>(F.Storage)) {
    bool Ends = Use.Form == UseForm::Delete || Use.Form == UseForm::Clear ||
                Use.Form == UseForm::Release;
    if (Ends && Use.Statement.valid() && !isGone(Use) &&
        P.file(Use.Statement.File).Ours &&
        !llvm::is_contained(F.Accessors, Use.Function) &&
        (usedOutsideMain(P, Use.Function, {F.Storage}) || clearsItself(Use)))
      Gone.push_back(Use.Statement);
  }
}

Pieces StorageRewrite::installedAt(const StorageUseFact &Use,
                                   llvm::StringRef Context,
                                   CreationContext Creating) const {
  Pieces Object = objectAt(Use, Context, Creating);
  if (Use.Form == UseForm::Arrow)
    Object.push_back(Piece::text("."));
  else if (Use.Form != UseForm::Object)
    Object.insert(Object.begin(), Piece::text("&"));
  return Object;
}
