//===- StorageInPlace.cpp - Accessors that do more than create --*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// An accessor whose creation is mixed with other work keeps its statements, and
// each use of the storage in them goes through the key:
//
//     if (!instance) {                    if (!slot.peek(ctx)) {
//       instance = new X();                 slot.get_or_create(ctx, …);
//       instance->start();                  slot.peek(ctx)->start();
//     }                                   }
//     return instance;                    return slot.peek(ctx);
//
// The object exists while the work is done, as before, so that what `start`
// calls may ask for it. Only where the storage itself says whether the object
// was made: a flag beside it would be true for the second request too.
//
//===----------------------------------------------------------------------===//
#include "fixits/StorageRewrite.h"

using namespace unsingleton;

/// What makes the object in \p Function, if that is one expression there and
/// none is elsewhere.
const CreationFact *StorageRewrite::onlyCreation(SymbolIndex Function) const {
  llvm::ArrayRef<CreationFact> All = P.of<CreationFact>(F.Storage);
  return All.size() == 1 && All[0].Function == Function ? &All[0] : nullptr;
}

bool StorageRewrite::isMade(const StorageUseFact &Use) const {
  const CreationFact *Made = onlyCreation(Use.Function);
  return Made && Use.Form == UseForm::Replace && Use.Value == Made->Whole;
}

/// Whether the object is made only where \p Function saw that there is none.
bool StorageRewrite::guardsItself(SymbolIndex Function) const {
  bool Guarded = false;
  for (const WriteFact &Write : P.of<WriteFact>(F.Storage)) {
    if (Write.Function != Function || !Write.Replace)
      continue;
    if (Write.Guard != F.Storage)
      return false;
    Guarded = true;
  }
  return Guarded;
}

bool StorageRewrite::canStayInPlace(const Accessor &A) const {
  bool Pointer = Storage.How == Holder::RawPointer ||
                 Storage.How == Holder::UniquePtr ||
                 Storage.How == Holder::SharedPtr;
  const CreationFact *Made = onlyCreation(A.Function);
  if (!Pointer || !How.hasSlot() || !Made || !guardsItself(A.Function) ||
      (Made->Form != CreationForm::New && Made->Form != CreationForm::Make))
    return false;
  for (const StatementFact *S : A.Statements)
    if (S->Kind == StatementKind::StorageDeclaration &&
        S->Whole.contains(Made->Whole))
      return false; // it is there from the start, and the rest comes after
  for (const AccessFact &Access : P.of<AccessFact>(A.Function))
    if (Access.Storage != F.Storage || Access.Interior || Access.OutParameter ||
        Access.What == Yield::Handle)
      return false;
  bool Makes = false;
  for (const StorageUseFact &Use : P.of<StorageUseFact>(F.Storage)) {
    if (Use.Function != A.Function)
      continue;
    bool Returned = returnOf(A, Use.Place) != nullptr;
    bool Possible = Use.Form == UseForm::Test || Use.Form == UseForm::Arrow ||
                    Use.Form == UseForm::Object || isMade(Use);
    if (Returned ? isMade(Use) || Use.Form == UseForm::Replace : !Possible)
      return false;
    if (Use.State != Editability::Editable)
      return false;
    // Only a lambda that captures the context could ask the key.
    for (const LambdaFact &Lambda : P.of<LambdaFact>(A.Function))
      if (Lambda.Whole.contains(Use.Place))
        return false;
    Makes |= isMade(Use);
  }
  return Makes;
}

const AccessFact *StorageRewrite::returnOf(const Accessor &A,
                                           Span Place) const {
  for (const AccessFact &Access : P.of<AccessFact>(A.Function))
    if (Access.Value.contains(Place))
      return &Access;
  return nullptr;
}

void StorageRewrite::editInPlace(const Accessor &A, CreationContext Context,
                                 Output &Out) const {
  Pieces Peek = keyIn(A.Function);
  Peek.push_back(Piece::text(".peek(" + ownContext() + ")"));
  Pieces Object = Peek;
  Object.insert(Object.begin(), Piece::text("*"));
  for (const StatementFact *S : A.Statements)
    if (S->Kind == StatementKind::StorageDeclaration) {
      Out.Edits.push_back({S->Whole, slotDeclaration(), false, {}});
      Out.Includes[S->Whole.File].insert(Scope.Header);
    }
  for (const AccessFact &Access : P.of<AccessFact>(A.Function)) {
    bool Pointer = Access.What == Yield::Pointer;
    Out.Edits.push_back({Access.Value, Pointer ? Peek : Object, false, {}});
  }
  for (const StorageUseFact &Use : P.of<StorageUseFact>(F.Storage)) {
    if (Use.Function != A.Function || returnOf(A, Use.Place))
      continue;
    if (isMade(Use))
      Out.Edits.push_back({Use.Place, keyCall(Context, keyAt(Use)), false, {}});
    else if (Use.Form == UseForm::Object)
      Out.Edits.push_back({Use.Place, Object, false, {}});
    else
      editUse(Use, ownContext(), Context, Out);
  }
}
