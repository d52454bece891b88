//===- EarlyUse.cpp - What runs before main or after it -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "fixits/EarlyUse.h"

using namespace unsingleton;

namespace {
class Search {
public:
  Search(const Program &P, const std::set<SymbolIndex> &Migrated)
      : P(P), Migrated(Migrated) {}

  std::optional<Span> run(SymbolIndex Function) {
    add(Function);
    while (!Work.empty()) {
      SymbolIndex At = Work.back();
      Work.pop_back();
      for (const OverrideFact &Up : P.of<OverrideFact>(At))
        add(Up.Overridden);
      if (std::optional<Span> Place = ofStaticObject(At))
        return Place;
      if (const auto *Handler = P.one<ExitHandlerFact>(At))
        return Handler->Place;
      for (const CallFact *Call : P.callsTo(At)) {
        if (Call->Unevaluated || Call->Kind == CallKind::Mention ||
            Call->Kind == CallKind::Declaration)
          continue;
        if (Call->Where == Surroundings::StaticInitialiser) {
          if (!Migrated.count(Call->Variable))
            return Call->Whole;
        } else {
          add(Call->Caller);
        }
      }
    }
    return std::nullopt;
  }

private:
  void add(SymbolIndex Function) {
    if (Function != NoSymbol && Seen.insert(Function).second)
      Work.push_back(Function);
  }

  /// \p Record, and whose construction and destruction run its own.
  std::set<SymbolIndex> owners(SymbolIndex Record) const {
    std::set<SymbolIndex> Result{Record};
    for (bool Grown = true; Grown;) {
      Grown = false;
      for (const FieldFact &F : P.all<FieldFact>())
        if (F.Owned != NoSymbol && Result.count(F.Owned))
          Grown |= Result.insert(F.Record).second;
    }
    return Result;
  }

  /// The static object that \p Function constructs or destroys.
  std::optional<Span> ofStaticObject(SymbolIndex Function) const {
    const auto *F = P.one<FunctionFact>(Function);
    bool Destructor = F && F->Kind == FunctionKind::Destructor;
    bool Constructor = F && F->Kind == FunctionKind::Constructor;
    if (!Destructor && !Constructor)
      return std::nullopt;
    std::set<SymbolIndex> Records = owners(F->Record);
    for (const StorageObjectFact &Object : P.all<StorageObjectFact>()) {
      const auto *S = P.one<StorageFact>(Object.Storage);
      if (!S || !Records.count(Object.Record) || Migrated.count(Object.Storage))
        continue;
      bool Value = S->How == Holder::Value || S->How == Holder::Optional;
      bool Owns =
          Value || S->How == Holder::UniquePtr || S->How == Holder::SharedPtr;
      bool Local = S->Kind == StorageKind::FunctionLocal;
      if (Destructor ? Owns : Value && !Local)
        return P.place(Object.Storage);
    }
    return std::nullopt;
  }

  const Program &P;
  const std::set<SymbolIndex> &Migrated;
  std::set<SymbolIndex> Seen;
  std::vector<SymbolIndex> Work;
};
} // namespace

std::optional<Span>
unsingleton::usedOutsideMain(const Program &P, SymbolIndex Function,
                             const std::set<SymbolIndex> &Migrated) {
  return Search(P, Migrated).run(Function);
}
