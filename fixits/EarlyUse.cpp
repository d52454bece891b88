//===- EarlyUse.cpp - What runs before main or after it -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "fixits/EarlyUse.h"
#include "fixits/Mains.h"
#include "llvm/ADT/STLFunctionalExtras.h"

using namespace unsingleton;

namespace {
class Search {
public:
  Search(const Program &P, const std::set<SymbolIndex> &Migrated)
      : P(P), Migrated(Migrated) {}

  std::optional<Span> outsideMain(SymbolIndex Function) {
    return upwards(
        Function,
        [&](SymbolIndex At) -> std::optional<Span> {
          if (std::optional<Span> Place = ofStaticObject(At))
            return Place;
          if (const auto *Handler = P.one<ExitHandlerFact>(At))
            return Handler->Place;
          return std::nullopt;
        },
        [&](const CallFact &Call) {
          return Call.Where == Surroundings::StaticInitialiser &&
                 !Migrated.count(Call.Variable);
        });
  }

  std::optional<Span> fromC(SymbolIndex Function) {
    return upwards(
        Function, [](SymbolIndex) { return std::nullopt; },
        [&](const CallFact &Call) {
          const auto *F = P.one<FunctionFact>(Call.Caller);
          return F && F->Kind == FunctionKind::Main &&
                 isInC(P, Call.Whole.File);
        });
  }

  std::optional<Span> atRequestEnd(SymbolIndex Function) {
    return upwards(
        Function, [&](SymbolIndex At) { return ofMigratedObject(At); },
        [](const CallFact &) { return false; });
  }

private:
  /// Goes to what leads to \p Function, until it \p Found a function, or meets
  /// a call, that \p Is what is looked for.
  std::optional<Span>
  upwards(SymbolIndex Function,
          llvm::function_ref<std::optional<Span>(SymbolIndex)> Found,
          llvm::function_ref<bool(const CallFact &)> Is) {
    add(Function);
    while (!Work.empty()) {
      SymbolIndex At = Work.back();
      Work.pop_back();
      for (const OverrideFact &Up : P.of<OverrideFact>(At))
        add(Up.Overridden);
      if (std::optional<Span> Place = Found(At))
        return Place;
      for (const CallFact *Call : P.callsTo(At)) {
        if (Call->Unevaluated || Call->Kind == CallKind::Mention ||
            Call->Kind == CallKind::Declaration)
          continue;
        if (Is(*Call))
          return Call->Whole;
        if (Call->Where != Surroundings::StaticInitialiser)
          add(Call->Caller);
      }
    }
    return std::nullopt;
  }

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

  /// Of an object that a request owns, or will, where \p Function destroys it.
  std::optional<Span> ofMigratedObject(SymbolIndex Function) const {
    const auto *F = P.one<FunctionFact>(Function);
    if (!F || F->Kind != FunctionKind::Destructor)
      return std::nullopt;
    std::set<SymbolIndex> Records = owners(F->Record);
    auto Destroyed = [&](const auto &Object) {
      return Records.count(Object.Record) != 0;
    };
    bool Owned =
        llvm::any_of(P.all<PerRequestFact>(), Destroyed) ||
        llvm::any_of(Migrated, [&](SymbolIndex Storage) {
          return llvm::any_of(P.of<StorageObjectFact>(Storage), Destroyed);
        });
    return Owned ? std::optional(P.place(Function)) : std::nullopt;
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
  return Search(P, Migrated).outsideMain(Function);
}

std::optional<Span> unsingleton::usedFromC(const Program &P,
                                           SymbolIndex Function) {
  return Search(P, {}).fromC(Function);
}

std::optional<Span>
unsingleton::usedAtRequestEnd(const Program &P, SymbolIndex Function,
                              const std::set<SymbolIndex> &Migrated) {
  return Search(P, Migrated).atRequestEnd(Function);
}
