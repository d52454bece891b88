//===- Threading.cpp - Which functions take the context -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "fixits/Threading.h"

using namespace unsingleton;

namespace {
class Threader {
public:
  Threader(const Program &P, const Policy &How, const MigratedSet &Migrated)
      : P(P), How(How), Migrated(Migrated) {}

  Threads run(const std::set<SymbolIndex> &Accessors,
              const std::vector<const StorageUseFact *> &Uses) {
    for (SymbolIndex Accessor : Accessors)
      Work.push_back(Accessor);
    for (const StorageUseFact *Use : Uses)
      storageUse(*Use);
    while (!Work.empty()) {
      SymbolIndex Function = Work.back();
      Work.pop_back();
      bool Renamed = Accessors.count(Function) != 0;
      for (const CallFact *Call : P.callsTo(Function))
        reference(*Call, Renamed);
      dependentCalls(Function);
    }
    llvm::sort(Result.Refusals, [](const Refusal &A, const Refusal &B) {
      return std::tie(A.Where, A.Code, A.Name) <
             std::tie(B.Where, B.Code, B.Name);
    });
    // One thing in the way is said once, at its first place.
    std::set<std::tuple<RefusalCode, std::string, std::string>> Said;
    llvm::erase_if(Result.Refusals, [&](const Refusal &R) {
      return !Said.insert({R.Code, R.Name, R.Detail}).second;
    });
    return std::move(Result);
  }

private:
  void refuse(RefusalCode Code, std::string Name, Span Where,
              std::string Detail = "") {
    Result.Refusals.push_back(
        {Code, std::move(Name), std::move(Detail), Where});
  }

  /// Refuses what no edit could reach. True: go on.
  bool reachable(const CallFact &Call) {
    std::string Name = P.name(Call.Callee);
    if (Call.State == Editability::MacroBody)
      refuse(RefusalCode::MacroCall, Name, Call.Name, Call.Macro);
    else if (Call.State != Editability::Editable)
      refuse(RefusalCode::FrontierOperator, Name, Call.Whole);
    else if (!P.file(Call.Name.File).Ours)
      refuse(RefusalCode::NotOurs, Name, Call.Name);
    else
      return true;
    return false;
  }

  void reference(const CallFact &Call, bool Renamed) {
    if (!reachable(Call))
      return;
    switch (Call.Kind) {
    case CallKind::Declaration:
      if (Renamed)
        Result.Renames.push_back(&Call);
      return;
    case CallKind::Mention:
      return refuse(Call.Unevaluated ? RefusalCode::UnevaluatedUse
                                     : RefusalCode::FrontierAddressTaken,
                    P.name(Call.Callee), Call.Name);
    case CallKind::Implicit:
      return refuse(RefusalCode::ImplicitConstruction,
                    P.name(P.one<FunctionFact>(Call.Callee)->Record),
                    Call.Whole);
    default:
      break;
    }
    if (Call.Unevaluated)
      return refuse(RefusalCode::UnevaluatedUse, P.name(Call.Callee),
                    Call.Name);
    switch (Call.Where) {
    case Surroundings::DefaultArgument:
      return refuse(RefusalCode::FrontierDefaultArgument, P.name(Call.Callee),
                    Call.Name);
    case Surroundings::MemberInitialiser:
      return refuse(RefusalCode::FrontierMemberInitialiser, P.name(Call.Callee),
                    Call.Name);
    case Surroundings::StaticInitialiser:
    case Surroundings::LocalStatic:
      if (!Migrated.Storages.count(Call.Variable)) {
        // Another singleton, made of this one, would be made too early; any
        // other reference or local keeps what it was given first.
        const auto *V = P.one<StorageFact>(Call.Variable);
        bool Alias =
            V && P.accessesTo(V->Storage).empty() &&
            (V->Kind == StorageKind::FunctionLocal || V->How != Holder::Value);
        return refuse(Alias ? RefusalCode::FrozenAlias
                            : RefusalCode::BeforeAnyRequest,
                      P.name(Call.Variable), Call.Name);
      }
      // Its initialiser moves into a factory, whose parameter it uses.
      Result.Calls.push_back({&Call, inFactory()});
      return;
    case Surroundings::Body:
      break;
    }
    if (std::optional<ContextAnswer> Answer = contextAt(Call.Caller, Call.Name))
      Result.Calls.push_back({&Call, std::move(*Answer)});
  }

  ContextAnswer inFactory() const {
    ContextAnswer Answer;
    Answer.From = ContextAnswer::Source::InScope;
    Answer.Expression = How.ContextName;
    return Answer;
  }

  /// The storage that stays shared and is made by the statement at \p Place.
  const StorageFact *frozenBy(SymbolIndex Function, Span Place) const {
    for (const StatementFact &S : P.of<StatementFact>(Function))
      if (S.Kind != StatementKind::Other && S.Whole.contains(Place) &&
          !Migrated.Storages.count(S.Storage))
        return P.one<StorageFact>(S.Storage);
    return nullptr;
  }

  std::optional<ContextAnswer> contextAt(SymbolIndex Function, Span Place) {
    if (Function == NoSymbol) {
      refuse(RefusalCode::BeforeAnyRequest, "an initialiser", Place);
      return std::nullopt;
    }
    if (const StorageFact *Shared = frozenBy(Function, Place)) {
      refuse(RefusalCode::BeforeAnyRequest, Shared->QualifiedName, Place);
      return std::nullopt;
    }
    bool Factory = Migrated.Accessors.count(Function) != 0;
    if (Factory && inMovedCreation(Function, Place))
      return inFactory();
    for (const LambdaFact &L : P.of<LambdaFact>(Function))
      if (L.Once && L.Whole.contains(Place)) {
        refuse(RefusalCode::OncePerProcess, P.name(Function), Place);
        return std::nullopt;
      }
    ContextAnswer Answer = findContext(P, How, Function, Place, Factory);
    if (Answer.Why) {
      Result.Refusals.push_back(*Answer.Why);
      return std::nullopt;
    }
    if (Answer.From == ContextAnswer::Source::Root)
      Result.Tests.insert(Function);
    if (Answer.From == ContextAnswer::Source::Parameter)
      addParameter(Function, Place);
    return Answer;
  }

  /// Code in a call_once lambda or null check moves out of its lambdas.
  bool inMovedCreation(SymbolIndex Function, Span Place) const {
    for (const StatementFact &S : P.of<StatementFact>(Function))
      if (S.Kind != StatementKind::Other && S.Whole.contains(Place))
        return true;
    return false;
  }

  void storageUse(const StorageUseFact &Use) {
    if (Use.Where != Surroundings::Body)
      return refuse(RefusalCode::BeforeAnyRequest, P.name(Use.Storage),
                    Use.Place);
    if (std::optional<ContextAnswer> Answer =
            contextAt(Use.Function, Use.Place))
      Result.Uses[&Use] = std::move(*Answer);
  }

  /// A template's call that only instantiations resolve: every one of them has
  /// to agree, and one that none resolves cannot be judged.
  void dependentCalls(SymbolIndex Function) {
    const auto *Fact = P.one<FunctionFact>(Function);
    if (!Fact)
      return;
    for (const DependentCallFact &Call : P.all<DependentCallFact>()) {
      bool Meant = Call.Candidate != NoSymbol
                       ? Call.Candidate == Function
                       : Call.Name == Fact->Name &&
                             Call.Member == (Fact->Record != NoSymbol);
      if (!Meant)
        continue;
      bool Agrees = false;
      for (const CallFact &Resolved : P.of<CallFact>(Call.Caller)) {
        if (!Call.Whole.contains(Resolved.Name) ||
            Resolved.Kind == CallKind::Mention)
          continue;
        const auto *Other = P.one<FunctionFact>(Resolved.Callee);
        if (!Other || Other->Name != Fact->Name)
          continue;
        Agrees = Resolved.Callee == Function;
        if (!Agrees)
          break;
      }
      if (!Agrees)
        refuse(RefusalCode::DependentCall, Fact->QualifiedName, Call.Whole);
    }
  }

  /// \p Function and what overrides it or is overridden by it.
  std::set<SymbolIndex> family(SymbolIndex Function) const {
    std::set<SymbolIndex> Result{Function};
    std::vector<SymbolIndex> Todo{Function};
    while (!Todo.empty()) {
      SymbolIndex At = Todo.back();
      Todo.pop_back();
      for (const OverrideFact &Up : P.of<OverrideFact>(At))
        if (Result.insert(Up.Overridden).second)
          Todo.push_back(Up.Overridden);
      for (SymbolIndex Down : P.overriders(At))
        if (Result.insert(Down).second)
          Todo.push_back(Down);
    }
    return Result;
  }

  void addParameter(SymbolIndex Function, Span Because) {
    if (Result.Functions.count(Function))
      return;
    for (SymbolIndex Member : family(Function)) {
      if (!Result.Functions.insert(Member).second)
        continue;
      if (mayTakeParameter(Member, Because))
        Work.push_back(Member);
    }
  }

  bool mayTakeParameter(SymbolIndex Function, Span Because) {
    const auto *F = P.one<FunctionFact>(Function);
    std::string Name = P.name(Function);
    std::optional<RefusalCode> Code;
    if (!F)
      Code = RefusalCode::NotOurs;
    else if (F->Kind == FunctionKind::Main)
      Code = RefusalCode::FrontierMain;
    else if (F->Kind == FunctionKind::Destructor)
      Code = RefusalCode::FrontierDestructor;
    else if (F->Kind == FunctionKind::Operator ||
             F->Kind == FunctionKind::Conversion)
      Code = RefusalCode::FrontierOperator;
    else if (F->ExternC)
      Code = RefusalCode::FrontierCLinkage;
    else if (F->OverridesForeign)
      Code = F->Test ? RefusalCode::FrontierTest
                     : RefusalCode::FrontierForeignOverride;
    if (Code) {
      refuse(*Code, Name, Because);
      return false;
    }
    for (const FunctionSiteFact &Site : P.of<FunctionSiteFact>(Function)) {
      if (Site.State == Editability::MacroBody)
        refuse(RefusalCode::MacroDefinition, Name, Site.Name, Site.Macro);
      else if (Site.State != Editability::Editable ||
               !P.file(Site.Name.File).Ours)
        refuse(RefusalCode::NotOurs, Name, Site.Name);
      else
        continue;
      return false;
    }
    return true;
  }

  const Program &P;
  const Policy &How;
  const MigratedSet &Migrated;
  Threads Result;
  std::vector<SymbolIndex> Work;
};
} // namespace

Threads unsingleton::thread(const Program &P, const Policy &How,
                            const MigratedSet &Migrated,
                            const std::set<SymbolIndex> &Accessors,
                            const std::vector<const StorageUseFact *> &Uses) {
  return Threader(P, How, Migrated).run(Accessors, Uses);
}
