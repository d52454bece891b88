//===- StorageMakers.cpp - What the statements of an accessor call -------===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The part of StorageRewrite that looks into the functions which an accessor
// has its object made by: those that do nothing else go away with it, and what
// stays must not come back to the storage.
//
//===----------------------------------------------------------------------===//
#include "fixits/CallReach.h"
#include "fixits/StorageRewrite.h"

using namespace unsingleton;

/// The functions that \p Statement, of a protocol of \p Storage, names to have
/// the object made: `make();`, `call_once(flag, make)`.
static std::vector<SymbolIndex> namedIn(const Program &P, SymbolIndex Storage,
                                        const StatementFact &Statement) {
  std::vector<SymbolIndex> Result;
  for (const ProtocolUseFact &Use : P.of<ProtocolUseFact>(Statement.Function))
    if (Use.Storage == Storage && Statement.Whole.contains(Use.Place) &&
        P.one<FunctionFact>(Use.Helper))
      Result.push_back(Use.Helper);
  return Result;
}

bool StorageRewrite::takeMakers(const StatementFact &Checked) {
  return llvm::all_of(
      namedIn(P, F.Storage, Checked),
      [&](SymbolIndex Function) { return takeMaker(Function, Checked); });
}

bool StorageRewrite::takeMaker(SymbolIndex Function,
                               const StatementFact &Checked) {
  const MakerFact *Makes = nullptr;
  for (const MakerFact &M : P.of<MakerFact>(Function))
    if (M.Storage == F.Storage)
      Makes = &M;
  bool Only = Makes && (!Maker || Maker == Function);
  for (const CallFact *Call : P.callsTo(Function))
    Only &= Checked.Whole.contains(Call->Name);
  for (const FunctionSiteFact &Site : P.of<FunctionSiteFact>(Function))
    Only &= Site.State == Editability::Editable && !Site.Friend &&
            P.file(Site.Name.File).Ours;
  if (!Only)
    return false;
  Maker = Function;
  MadeByMaker = {Makes->Storage,   Checked.Function, Makes->Whole, Makes->Type,
                 Makes->Arguments, Makes->Form,      false};
  return true;
}

std::vector<SymbolIndex>
StorageRewrite::calledIn(const StatementFact &Statement) const {
  std::vector<SymbolIndex> Called = namedIn(P, F.Storage, Statement);
  for (const CallFact &Call : P.of<CallFact>(Statement.Function))
    if (Statement.Whole.contains(Call.Whole))
      Called.push_back(Call.Callee);
  return Called;
}

bool StorageRewrite::comesBack(const StatementFact &Statement) const {
  return reaches(
      P, calledIn(Statement), Dispatch::Overriders, [&](SymbolIndex At) {
        return llvm::is_contained(F.Accessors, At) ||
               llvm::any_of(P.usesIn(At), [&](const StorageUseFact *Use) {
                 return Use->Storage == F.Storage;
               });
      });
}
