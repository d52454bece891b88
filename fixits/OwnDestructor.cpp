//===- OwnDestructor.cpp - An object that asks for itself -------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "fixits/OwnDestructor.h"

using namespace unsingleton;

/// Whether the only object of the class is what \p Storage holds.
static bool holdsTheOnly(const Program &P, SymbolIndex Storage,
                         SymbolIndex Record) {
  if (!P.one<SealedRecordFact>(Record) || P.one<LooseInstanceFact>(Record))
    return false;
  bool Derived = llvm::any_of(P.all<FieldFact>(), [&](const FieldFact &F) {
    return F.Owned == Record; // a base, or a member
  });
  return !Derived && llvm::all_of(P.all<StorageObjectFact>(),
                                  [&](const StorageObjectFact &Object) {
                                    return (Object.Record == Record) ==
                                           (Object.Storage == Storage);
                                  });
}

bool unsingleton::asksForItself(const Program &P, const CallFact &Call) {
  const auto *Destructor = P.one<FunctionFact>(Call.Caller);
  if (!Destructor || Destructor->Kind != FunctionKind::Destructor ||
      Call.Kind != CallKind::Call || Call.Where != Surroundings::Body ||
      Call.HasArguments || Call.State != Editability::Editable)
    return false;
  // A lambda need not have captured it.
  for (const LambdaFact &Lambda : P.of<LambdaFact>(Call.Caller))
    if (Lambda.Whole.contains(Call.Name))
      return false;
  llvm::ArrayRef<AccessFact> Accesses = P.of<AccessFact>(Call.Callee);
  return !Accesses.empty() &&
         llvm::all_of(Accesses, [&](const AccessFact &Access) {
           return Access.What == Accesses.front().What &&
                  Access.What != Yield::Handle && !Access.ByValue &&
                  !Access.Interior && !Access.OutParameter &&
                  holdsTheOnly(P, Access.Storage, Destructor->Record);
         });
}
