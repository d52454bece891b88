//===- Idiom.cpp - How a singleton makes and keeps its object -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/rules/Idiom.h"

using namespace unsingleton;

/// `call_once(flag, make)`.
static bool makesOnce(const Program &P, const StatementFact &S) {
  if (S.Kind != StatementKind::CheckedCall)
    return false;
  bool Flag = false;
  bool Makes = false;
  for (const ProtocolUseFact &Use : P.of<ProtocolUseFact>(S.Function)) {
    if (!S.Whole.contains(Use.Place))
      continue;
    const auto *Fact = P.one<StorageFact>(Use.Helper);
    Flag |= Fact && Fact->Synchronisation;
    for (const MakerFact &Maker : P.of<MakerFact>(Use.Helper))
      Makes |= Maker.Storage == S.Storage;
  }
  return Flag && Makes;
}

std::string unsingleton::idiomOf(const Program &P, const StorageFact &Storage,
                                 llvm::ArrayRef<SymbolIndex> Accessors) {
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
      Once |= S.Kind == StatementKind::Once || makesOnce(P, S);
    }
  }
  auto Guarded = [&](SymbolIndex By) {
    const auto *Guard = By == NoSymbol ? nullptr : P.one<StorageFact>(By);
    Lazy |= By == Storage.Storage;
    Once |= Guard && Guard->Synchronisation;
  };
  for (const WriteFact &Write : P.of<WriteFact>(Storage.Storage)) {
    if (!Write.Replace || Write.Injected)
      continue;
    Guarded(Write.Guard);
    // In a function that an accessor calls behind the test, or gives to
    // call_once.
    if (Write.Guard == NoSymbol)
      for (const CallFact *Call : P.callsTo(Write.Function))
        if (llvm::is_contained(Accessors, Call->Caller))
          Guarded(Call->Guard);
  }
  bool Keyed = !Accessors.empty();
  bool Buffer = !Accessors.empty();
  for (const AccessFact *Access : P.accessesTo(Storage.Storage)) {
    Keyed &= Access->ByValue || Access->Keyed;
    Buffer &= Access->ByValue || !Access->Keyed;
  }
  if (Keyed)
    return "registry";
  if (Buffer && !Storage.ObjectConst &&
      Storage.Kind == StorageKind::FunctionLocal &&
      Storage.How == Holder::Value &&
      llvm::StringRef(Storage.Type).ends_with("]"))
    return "returned-buffer";
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
