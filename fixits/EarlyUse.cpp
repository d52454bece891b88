//===- EarlyUse.cpp - What runs outside main ---------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "fixits/EarlyUse.h"
#include "fixits/CallReach.h"
#include "fixits/ContextScope.h"
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
          if (const auto *F = P.one<FunctionFact>(At);
              F && (F->Startup || allocates(*F)))
            return P.place(At);
          if (const auto *Handler = P.one<ExitHandlerFact>(At))
            return Handler->Place;
          return std::nullopt;
        },
        [&](const CallFact &Call) {
          return (Call.Where == Surroundings::StaticInitialiser &&
                  !Migrated.count(Call.Variable) &&
                  !inKeptLambda(P, Call.Caller, Call.Whole)) ||
                 isAtExit(Call);
        });
  }

  /// Whether \p F is what all memory comes from: to ask for a context, or for
  /// what it holds, would ask for memory again.
  static bool allocates(const FunctionFact &F) {
    llvm::StringRef Name = F.Name;
    if (F.Kind == FunctionKind::Operator && F.Record == NoSymbol)
      return Name.starts_with("operator new") ||
             Name.starts_with("operator delete");
    return F.ExternC && (Name == "malloc" || Name == "calloc" ||
                         Name == "realloc" || Name == "free");
  }

  std::optional<Span> fromBareMain(SymbolIndex Function) {
    return upwards(
        Function, [](SymbolIndex) { return std::nullopt; },
        [&](const CallFact &Call) {
          const auto *F = P.one<FunctionFact>(Call.Caller);
          return F && F->Kind == FunctionKind::Main &&
                 staysBare(P, Call.Whole.File);
        });
  }

  std::optional<Span> atRequestEnd(SymbolIndex Function) {
    const std::set<SymbolIndex> Owned = ofRequests();
    return upwards(
        Function,
        [&](SymbolIndex At) -> std::optional<Span> {
          const auto *F = P.one<FunctionFact>(At);
          if (!F || F->Kind != FunctionKind::Destructor ||
              !Owned.count(F->Record))
            return std::nullopt;
          return P.place(At);
        },
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

  /// Whether \p Call stands in a lambda that is given to atexit, or the like.
  bool isAtExit(const CallFact &Call) const {
    return llvm::any_of(P.of<LambdaFact>(Call.Caller),
                        [&](const LambdaFact &L) {
                          return L.AtExit && L.Whole.contains(Call.Whole);
                        });
  }

  void add(SymbolIndex Function) {
    if (Function != NoSymbol && Seen.insert(Function).second)
      Work.push_back(Function);
  }

  /// The class whose objects a container in \p Field destroys.
  static SymbolIndex elementOf(const FieldFact &Field) {
    return Field.Leads == Lead::Element ? Field.Led : NoSymbol;
  }

  /// \p Record, and whose construction, or \p Destruction, runs its own: a
  /// container begins empty, and ends with its elements.
  std::set<SymbolIndex> owners(SymbolIndex Record, bool Destruction) const {
    std::set<SymbolIndex> Result{Record};
    for (bool Grown = true; Grown;) {
      Grown = false;
      for (const FieldFact &F : P.all<FieldFact>())
        if (Result.count(F.Owned) ||
            (Destruction && Result.count(elementOf(F))))
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
    std::set<SymbolIndex> Records = owners(F->Record, Destructor);
    for (const StorageObjectFact &Object : P.all<StorageObjectFact>()) {
      const auto *S = P.one<StorageFact>(Object.Storage);
      bool Element = Destructor && Records.count(Object.Element);
      if (!S || !(Element || Records.count(Object.Record)) ||
          Migrated.count(Object.Storage))
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

  /// The classes of what requests own, or will, and of what that consists of.
  std::set<SymbolIndex> ofRequests() const {
    std::vector<SymbolIndex> Todo;
    for (const PerRequestFact &Slot : P.all<PerRequestFact>()) {
      Todo.push_back(Slot.Record);
      Todo.push_back(Slot.Element);
    }
    for (SymbolIndex Storage : Migrated)
      for (const StorageObjectFact &Object : P.of<StorageObjectFact>(Storage)) {
        Todo.push_back(Object.Record);
        Todo.push_back(Object.Element);
      }
    std::set<SymbolIndex> Result;
    while (!Todo.empty()) {
      SymbolIndex Record = Todo.back();
      Todo.pop_back();
      if (Record == NoSymbol || !Result.insert(Record).second)
        continue;
      for (const FieldFact &F : P.of<FieldFact>(Record)) {
        Todo.push_back(F.Owned);
        Todo.push_back(elementOf(F));
      }
    }
    return Result;
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

std::optional<Refusal>
unsingleton::threadBlocker(const Program &P, SymbolIndex Function,
                           const std::set<SymbolIndex> &Migrated) {
  std::string Name = P.name(Function);
  if (auto Early = usedOutsideMain(P, Function, Migrated))
    return Refusal{RefusalCode::OutsideMain, Name, "", *Early};
  if (auto Main = Search(P, Migrated).fromBareMain(Function))
    return Refusal{RefusalCode::BareMain, Name, "", *Main};
  if (auto Late = Search(P, Migrated).atRequestEnd(Function))
    return Refusal{RefusalCode::AtRequestEnd, Name, "", *Late};
  return std::nullopt;
}

std::optional<Refusal>
unsingleton::requestEndBlocker(const Program &P, SymbolIndex Destructor,
                               SymbolIndex Callee,
                               const std::vector<SymbolIndex> &Constructors,
                               const std::set<SymbolIndex> &Migrated) {
  bool Older = Callee != NoSymbol && !Constructors.empty() &&
               llvm::all_of(Constructors, [&](SymbolIndex Constructor) {
                 return reaches(P, {Constructor}, Dispatch::Named,
                                [&](SymbolIndex At) { return At == Callee; });
               });
  auto Late =
      Older ? std::nullopt : Search(P, Migrated).atRequestEnd(Destructor);
  if (!Late)
    return std::nullopt;
  return Refusal{RefusalCode::AtRequestEnd, P.name(Destructor), "", *Late};
}
