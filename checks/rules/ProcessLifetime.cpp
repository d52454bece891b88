//===- ProcessLifetime.cpp - Classes whose objects live as long as the process
//-*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/rules/ProcessLifetime.h"

using namespace unsingleton;

/// Whether \p Storage owns its object, rather than pointing to anyone's.
static bool owns(const Program &P, const StorageFact &Storage) {
  switch (Storage.How) {
  case Holder::Value:
  case Holder::UniquePtr:
  case Holder::SharedPtr:
  case Holder::SmartPtr:
  case Holder::Optional:
  case Holder::Library:
    return true;
  case Holder::Reference:
  case Holder::RawPointer:
  case Holder::AtomicPointer:
    break;
  }
  return llvm::any_of(
      P.of<CreationFact>(Storage.Storage), [](const CreationFact &C) {
        return C.Form == CreationForm::New || C.Form == CreationForm::Make;
      });
}

ProcessLifetime::ProcessLifetime(const Program &P, const RuleOptions &Options)
    : P(P), Options(Options) {
  for (const StorageObjectFact &Object : P.all<StorageObjectFact>())
    if (const auto *Storage = P.one<StorageFact>(Object.Storage);
        Storage && Object.Record != NoSymbol && owns(P, *Storage))
      Storages[Object.Record].push_back(Object.Storage);
  for (const FieldFact &Field : P.all<FieldFact>())
    if (Field.Owned != NoSymbol)
      Owners[Field.Owned].push_back(Field.Record);
}

bool ProcessLifetime::isDeclared(SymbolIndex Record) const {
  const auto *R = P.one<RecordFact>(Record);
  return R && (R->ProcessWide ||
               llvm::is_contained(Options.ProcessWide, R->QualifiedName));
}

bool ProcessLifetime::isMadeElsewhere(SymbolIndex Record) const {
  bool Seen = P.whole() || P.one<SealedRecordFact>(Record);
  return !Seen || P.one<LooseInstanceFact>(Record);
}

ProcessLifetime::Answer ProcessLifetime::find(SymbolIndex Record) {
  SymbolIndex Storage = NoSymbol;
  if (auto It = Storages.find(Record); It != Storages.end())
    Storage = It->second.front();
  if (isDeclared(Record))
    return {true, Storage};
  if (isMadeElsewhere(Record))
    return {};
  for (SymbolIndex Owner : Owners[Record]) {
    Answer Of = ask(Owner);
    if (!Of.Yes)
      return {};
    if (Storage == NoSymbol)
      Storage = Of.Storage;
  }
  return {Storage != NoSymbol, Storage};
}

ProcessLifetime::Answer ProcessLifetime::ask(SymbolIndex Record) {
  auto [It, New] = Known.try_emplace(Record); // a ring owns itself: no
  if (New) {
    Answer Result = find(Record);
    Known[Record] = Result;
  }
  return Known[Record];
}
