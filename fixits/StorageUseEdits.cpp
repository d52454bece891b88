//===- StorageUseEdits.cpp - The text that stands for uses ------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// How the key is named where the storage was, and what is done with it there.
//
//===----------------------------------------------------------------------===//
#include "fixits/StorageRewrite.h"

using namespace unsingleton;

static void append(Pieces &To, Pieces From) {
  To.insert(To.end(), From.begin(), From.end());
}

Pieces StorageRewrite::qualifierOf(const StorageUseFact &Use) const {
  Span Qualifier = Use.Name;
  if (!Use.Qualified || Use.State != Editability::Editable ||
      Qualifier.Length <= Storage.Name.size())
    return {};
  Qualifier.Length -= static_cast<uint32_t>(Storage.Name.size());
  return {Piece::copy(Qualifier)};
}

Pieces StorageRewrite::keyAt(const StorageUseFact &Use) const {
  Pieces Key = qualifierOf(Use);
  Key.push_back(Piece::text(Slot));
  return Key;
}

Pieces StorageRewrite::keyIn(SymbolIndex Function) const {
  const StorageUseFact *First = nullptr;
  for (const StorageUseFact &Use : P.of<StorageUseFact>(F.Storage)) {
    if (Use.Function != Function)
      continue;
    if (!Use.Qualified)
      return {Piece::text(Slot)};
    if (!First)
      First = &Use;
  }
  return First ? keyAt(*First) : Pieces{Piece::text(Slot)};
}

Pieces StorageRewrite::objectAt(const StorageUseFact &Use,
                                llvm::StringRef Context,
                                CreationContext Creating) const {
  const Accessor *Whole = nullptr; // to write to, and it does nothing else
  for (const Accessor &A : Accessors)
    if (!A.KeepsBody && !A.Access->ConstObject &&
        (!Whole || A.Function == F.Accessor))
      Whole = &A;
  bool Value = Storage.How == Holder::Value ||
               Storage.How == Holder::Reference || isInstalled();
  if (!Whole || !Value || !Asking.empty())
    return keyCall(Creating, keyAt(Use), Context);
  bool Pointer = Whole->Access->What == Yield::Pointer;
  const auto &Fact = *P.one<FunctionFact>(Whole->Function);
  std::string Scope = Fact.Record == NoSymbol ? "" : P.name(Fact.Record) + "::";
  return {Piece::text((Pointer ? "(*" : "") + Scope +
                      Renames.at(Whole->Function) + "(" + Context.str() + ")" +
                      (Pointer ? ")" : ""))};
}

Pieces StorageRewrite::replacement(const StorageUseFact &Use, Pieces Key,
                                   llvm::StringRef Context) const {
  Key.push_back(Piece::text(".set(" + Context.str() + ", "));
  if (!takesOver(Use)) {
    append(Key, {Piece::copy(Use.Value), Piece::text(")")});
    return Key;
  }
  Pieces Owner{Piece::text("std::unique_ptr<")};
  append(Owner, slotType());
  bool Made = llvm::any_of(P.of<InstallationFact>(F.Storage),
                           [&](const InstallationFact &Installation) {
                             return Installation.Whole == Use.Value;
                           });
  if (Made) {
    append(Key, std::move(Owner));
    append(Key, {Piece::text(">("), Piece::copy(Use.Value), Piece::text("))")});
    return Key;
  }
  // After a null pointer there is no object, and the next one is made.
  Pieces Text{Piece::text("if (")};
  append(Text, std::move(Owner));
  append(Text,
         {Piece::text("> given{"), Piece::copy(Use.Value), Piece::text("}) ")});
  append(Text, std::move(Key));
  Text.push_back(Piece::text("std::move(given))"));
  return Text;
}

void StorageRewrite::editUse(const StorageUseFact &Use, llvm::StringRef Context,
                             CreationContext Creating, Output &Out) const {
  if (isReplacedByName() && !endsInstalled(Use)) {
    Out.Edits.push_back(
        {Use.Name, objectAt(Use, Context, Creating), false, {}});
    return;
  }
  Pieces Text = keyAt(Use);
  std::string Peek = ".peek(" + Context.str() + ")";
  switch (Use.Form) {
  case UseForm::Object:
    Text.insert(Text.begin(), Piece::text("*"));
    Text.push_back(Piece::text(Peek));
    break;
  case UseForm::Arrow:
    Text.push_back(Piece::text(Peek + "->"));
    break;
  case UseForm::Test:
    Text.push_back(Piece::text(Peek));
    break;
  case UseForm::Delete:
    // `delete p; p = nullptr;` is one reset.
    for (const StorageUseFact *Other : Outside)
      if (Other->Form == UseForm::Clear && Other->Function == Use.Function &&
          Use.Value.valid() && !takenOverAfter(Use)) {
        Out.Edits.push_back({Use.Value, {}, true, {}});
        return;
      }
    [[fallthrough]];
  case UseForm::Clear:
  case UseForm::Release:
    Text.push_back(Piece::text(".reset(" + Context.str() + ")"));
    break;
  case UseForm::Replace:
    Text = replacement(Use, std::move(Text), Context);
    break;
  case UseForm::Other:
    if (!isInstalled())
      return;
    break;
  }
  if (isInstalled() &&
      (Use.Form == UseForm::Object || Use.Form == UseForm::Arrow ||
       Use.Form == UseForm::Other))
    Text = installedAt(Use, Context, Creating);
  Out.Edits.push_back({Use.Place, std::move(Text), false, {}});
}
