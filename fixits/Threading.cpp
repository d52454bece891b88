//===- Threading.cpp - Which functions take the context -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "fixits/Threading.h"
#include "fixits/EarlyUse.h"
#include "fixits/Mains.h"
#include "fixits/OwnDestructor.h"
#include "fixits/StoredContext.h"
#include "fixits/ThreadedPlaces.h"
#include "fixits/Unevaluated.h"

using namespace unsingleton;

namespace {
class Threader {
public:
  Threader(const Program &P, const Policy &How, const MigratedSet &Migrated,
           const std::map<SymbolIndex, Refusal> &NoParameter)
      : P(P), How(How), Migrated(Migrated), NoParameter(NoParameter),
        Storing(P, How, Migrated, NoParameter) {}

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
      if (Renamed) // others were asked before they were given a parameter
        llvm::append_range(Result.Refusals, dependentBlockers(P, Function));
    }
    nameUnevaluated(P, How, Result);
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

  void reference(const CallFact &Call, bool Renamed) {
    std::optional<Refusal> Why = callBlocker(P, Call, Migrated);
    if (Why && Why->Code == RefusalCode::MacroCall && macroCall(Call))
      return;
    if (Why) {
      // Of any other function it would have kept the parameter away.
      if (!Renamed || !bridgeHere(Call, *Why))
        Result.Refusals.push_back(std::move(*Why));
      return;
    }
    if (Call.Kind == CallKind::Declaration) {
      if (Renamed)
        Result.Renames.push_back(&Call);
      return;
    }
    if (Call.Unevaluated) {
      Result.Calls.push_back({&Call, unevaluatedContext(P, How, Call)});
      return;
    }
    if (Renamed && asksForItself(P, Call)) {
      Result.Itself.push_back(&Call);
      return;
    }
    const StorageSiteFact *Plain = plainAliasOf(P, Call, Migrated);
    if (Plain)
      Result.Plain.insert(Plain);
    bool Moves =
        Call.Where != Surroundings::Body || isMoved(Migrated, Call.Name);
    if (Moves && !Plain && !inKeptLambda(P, Call.Caller, Call.Name)) {
      // The initialiser of a migrated storage moves into a factory, whose
      // parameter it uses.
      Result.Calls.push_back({&Call, inFactory()});
      return;
    }
    if (std::optional<ContextAnswer> Answer =
            contextAt(Call.Caller, Call.Name, Call.Callee))
      Result.Calls.push_back({&Call, std::move(*Answer)});
  }

  /// Whether \p Use is in a main in which no context has a name yet.
  bool inBareMain(const MacroCallFact &Use) const {
    const auto *F = P.one<FunctionFact>(Use.Caller);
    return F && F->Kind == FunctionKind::Main &&
           findContext(P, How, Use.Caller, Use.Expansion, Otherwise::Parameter)
                   .From != ContextAnswer::Source::InScope;
  }

  /// Whether each expansion of a macro has, or can be given, a context of the
  /// name that the macro's body would use.
  bool namesContext(llvm::ArrayRef<const MacroCallFact *> Expansions) {
    return llvm::all_of(Expansions, [&](const MacroCallFact *Use) {
      if (inBareMain(*Use))
        return How.bridges() &&
               mainThatNames(P, How.ContextType, Use->Expansion) != nullptr;
      // A function that the macro makes has no place of its own to edit.
      for (const FunctionSiteFact &Site : P.of<FunctionSiteFact>(Use->Caller))
        if (Site.State == Editability::MacroBody)
          return false;
      if (!Storing.memberFor(Use->Caller).empty())
        return false; // it will have one of another name
      ContextAnswer Answer = findContext(P, How, Use->Caller, Use->Expansion,
                                         Otherwise::Parameter);
      return !Answer.Why && Answer.Expression == How.ContextName;
    });
  }

  /// Passes the context on in the macro's body, once for all expansions.
  bool macroCall(const CallFact &Call) {
    std::vector<Expansions> Places = expansionsOf(P, Call);
    for (const Expansions &Place : Places)
      if (Macros.insert(Place.front()->Name).second)
        macroCall(Call, Place);
    return !Places.empty();
  }

  void macroCall(const CallFact &Call, const Expansions &Expansions) {
    ThreadedMacroCall Threaded;
    Threaded.Call = Expansions.front();
    if (namesContext(Expansions)) {
      for (const MacroCallFact *Use : Expansions)
        if (inBareMain(*Use)) {
          Result
              .Locals[mainThatNames(P, How.ContextType, Use->Expansion)->Body] =
              ContextAnswer::Source::Process;
          Result.Bridged[Use->Caller].push_back({RefusalCode::FrontierMain,
                                                 P.name(Use->Caller), "",
                                                 Use->Expansion});
        } else if (auto Answer = contextAt(Use->Caller, Use->Expansion)) {
          Result.MacroUses.push_back(std::move(*Answer));
        }
      Threaded.Answer = inFactory();
    } else if (!How.bridges()) {
      refuse(RefusalCode::MacroAccessor, P.name(Call.Callee), Call.Name,
             Call.Macro);
    } else {
      for (const MacroCallFact *Use : Expansions)
        if (auto Blocker = threadBlocker(P, Use->Caller, Migrated.Storages))
          Result.Refusals.push_back(std::move(*Blocker));
      Threaded.Answer = askInline();
      Result.Bridged[Call.Callee].push_back({RefusalCode::MacroAccessor,
                                             P.name(Call.Callee), Call.Macro,
                                             Call.Name});
    }
    Result.MacroCalls.push_back(std::move(Threaded));
  }

  /// A default argument or member initialiser that calls the accessor runs in
  /// whichever function needs it, and may ask the thread itself.
  bool bridgeHere(const CallFact &Call, const Refusal &Why) {
    if (Why.Code == RefusalCode::FrontierMemberInitialiser && storedHere(Call))
      return true;
    bool Possible = Why.Code == RefusalCode::FrontierDefaultArgument ||
                    Why.Code == RefusalCode::FrontierMemberInitialiser;
    if (!How.bridges() || !Possible)
      return false;
    Result.Calls.push_back({&Call, askInline()});
    Result.Bridged[Call.Callee].push_back(Why);
    return true;
  }

  /// A default member initialiser of a class that keeps its context, as its
  /// first member, uses that.
  bool storedHere(const CallFact &Call) {
    SymbolIndex Class = classAround(P, Call.Name);
    std::string Member = Storing.memberOf(Class);
    if (Member.empty() || inLambda(P, NoSymbol, Call.Name))
      return false;
    ContextAnswer Answer;
    Answer.From = ContextAnswer::Source::Member;
    Answer.Expression = Member;
    Result.Calls.push_back({&Call, std::move(Answer)});
    store(Class, Member);
    return true;
  }

  ContextAnswer inFactory() const {
    ContextAnswer Answer;
    Answer.From = ContextAnswer::Source::InScope;
    Answer.Expression = How.ContextName;
    return Answer;
  }

  /// \p Callee: which is called there, if anything is.
  std::optional<ContextAnswer> contextAt(SymbolIndex Function, Span Place,
                                         SymbolIndex Callee = NoSymbol) {
    if (Function == NoSymbol)
      return inInitialiser(Place);
    if (const StorageFact *Shared = frozenBy(P, Migrated, Function, Place)) {
      refuse(RefusalCode::BeforeAnyRequest, Shared->QualifiedName, Place);
      return std::nullopt;
    }
    const auto *F = P.one<FunctionFact>(Function);
    if (F && F->Kind == FunctionKind::Destructor)
      if (auto Late = requestEndBlocker(P, Function, Callee,
                                        Storing.constructors(F->Record),
                                        Migrated.Storages)) {
        Result.Refusals.push_back(std::move(*Late));
        return std::nullopt;
      }
    bool Factory = Migrated.Accessors.count(Function) != 0;
    if (Factory && inMovedCreation(P, Function, Place))
      return inFactory();
    for (const LambdaFact &L : P.of<LambdaFact>(Function))
      if (L.Once && L.Whole.contains(Place)) {
        refuse(RefusalCode::OncePerProcess, P.name(Function), Place);
        return std::nullopt;
      }
    ContextAnswer Answer =
        findContext(P, How, Function, Place,
                    Factory ? Otherwise::Accessor : Otherwise::Parameter);
    bool Nothing = Answer.From == ContextAnswer::Source::Parameter;
    if (std::string Member = Nothing ? Storing.memberFor(Function) : "";
        !Member.empty()) {
      Answer = contextFromMember(P, How, Function, Place, Member);
      if (!Answer.Why)
        store(P.one<FunctionFact>(Function)->Record, Member);
    } else if (Nothing) {
      switch (choose(Function, Place)) {
      case Choice::Parameter:
        break;
      case Choice::Refused:
        return std::nullopt;
      case Choice::Bridged:
        Answer = findContext(P, How, Function, Place, Otherwise::Thread);
        break;
      }
    } else if (Answer.From == ContextAnswer::Source::Inline) {
      Result.Bridged[Function].push_back(
          {RefusalCode::FrontierFunctionPointer, P.name(Function), "", Place});
    }
    if (Answer.Why) {
      Result.Refusals.push_back(*Answer.Why);
      return std::nullopt;
    }
    if (Answer.From == ContextAnswer::Source::Root ||
        Answer.From == ContextAnswer::Source::Ambient)
      for (const BodyFact &Body : P.of<BodyFact>(Function))
        if (Body.Body.contains(Place))
          Result.Locals[Body.Body] = Answer.From;
    return Answer;
  }

  /// At namespace scope nothing has a context; what a variable keeps to be
  /// called later may ask the thread.
  std::optional<ContextAnswer> inInitialiser(Span Place) {
    if (!How.bridges() || !inKeptLambda(P, NoSymbol, Place)) {
      refuse(RefusalCode::BeforeAnyRequest, "an initialiser", Place);
      return std::nullopt;
    }
    Result.Bridged[NoSymbol].push_back(
        {RefusalCode::FrontierFunctionPointer, P.name(NoSymbol), "", Place});
    return findContext(P, How, NoSymbol, Place, Otherwise::Thread);
  }

  void storageUse(const StorageUseFact &Use) {
    if (Use.Where != Surroundings::Body)
      return refuse(RefusalCode::BeforeAnyRequest, P.name(Use.Storage),
                    Use.Place);
    if (isMoved(Migrated, Use.Place)) {
      Result.Uses[&Use] = inFactory();
      return;
    }
    if (std::optional<ContextAnswer> Answer =
            contextAt(Use.Function, Use.Place))
      Result.Uses[&Use] = std::move(*Answer);
  }

  /// Has the constructors of \p Record take the context and keep it.
  void store(SymbolIndex Record, const std::string &Member) {
    if (!Result.Stored.try_emplace(Record, Member).second)
      return;
    for (SymbolIndex Constructor : Storing.constructors(Record))
      if (Result.Functions.insert(Constructor).second)
        Work.push_back(Constructor);
  }

  enum class Choice : uint8_t { Parameter, Bridged, Refused };

  /// Whether \p Function, with its family, takes the context.
  Choice choose(SymbolIndex Function, Span Because) {
    std::set<SymbolIndex> Family = familyOf(P, Function);
    auto [It, New] = Chosen.try_emplace(*Family.begin(), Choice::Parameter);
    if (!New) {
      if (It->second != Choice::Bridged || Result.Bridged.count(Function))
        return It->second;
      // Each member of the family runs at its own times.
      std::vector<Refusal> Why = familyBlockers(Family, Function, Because);
      if (bridge(Function, Why))
        return Choice::Bridged;
      llvm::append_range(Result.Refusals, Why);
      return Choice::Refused;
    }
    std::vector<Refusal> Why = familyBlockers(Family, Function, Because);
    if (Why.empty()) {
      for (SymbolIndex Member : Family)
        if (Result.Functions.insert(Member).second)
          Work.push_back(Member);
      Result.Because[Function] = Because;
      return Choice::Parameter;
    }
    Choice Made = Choice::Refused;
    if (How.bridges() && llvm::all_of(Why, canBridge))
      Made = bridge(Function, Why) ? Choice::Bridged : Choice::Refused;
    if (Made == Choice::Refused)
      llvm::append_range(Result.Refusals, Why);
    return Chosen[*Family.begin()] = Made;
  }

  /// What keeps a parameter away from the family of \p Function, which needs
  /// one at \p Because: of each other member, said where that is declared.
  std::vector<Refusal> familyBlockers(const std::set<SymbolIndex> &Family,
                                      SymbolIndex Function, Span Because) {
    std::vector<Refusal> Why;
    for (SymbolIndex Member : Family) {
      llvm::ArrayRef<FunctionSiteFact> Sites = P.of<FunctionSiteFact>(Member);
      bool Here = Member == Function || Sites.empty();
      llvm::append_range(Why,
                         blockers(Member, Here ? Because : Sites.front().Name));
    }
    return Why;
  }

  std::vector<Refusal> blockers(SymbolIndex Function, Span Because) {
    std::vector<Refusal> Why = signatureBlockers(P, Function, Because);
    if (auto It = NoParameter.find(Function); It != NoParameter.end())
      Why.push_back(It->second);
    for (const CallFact *Call : P.callsTo(Function))
      if (std::optional<Refusal> Blocker = callBlocker(P, *Call, Migrated)) {
        bool Macro = Blocker->Code == RefusalCode::MacroCall;
        std::vector<Expansions> Places;
        if (Macro)
          Places = expansionsOf(P, *Call);
        if (!Places.empty()) {
          if (llvm::all_of(Places, [&](const Expansions &Place) {
                return namesContext(Place);
              }))
            continue;
          Blocker->Code = RefusalCode::MacroAccessor;
        }
        Why.push_back(std::move(*Blocker));
      }
    llvm::append_range(Why, dependentBlockers(P, Function));
    return Why;
  }

  /// Lets \p Function ask the thread, if some thread has an answer when it
  /// runs; else adds to \p Why what speaks against it.
  bool bridge(SymbolIndex Function, std::vector<Refusal> &Why) {
    if (auto Blocker = threadBlocker(P, Function, Migrated.Storages)) {
      Why = {std::move(*Blocker)};
      return false;
    }
    Result.Bridged[Function] = Why;
    return true;
  }

  const Program &P;
  const Policy &How;
  const MigratedSet &Migrated;
  const std::map<SymbolIndex, Refusal> &NoParameter;
  StoredContexts Storing;
  Threads Result;
  std::vector<SymbolIndex> Work;
  std::set<Span> Macros; ///< calls in macros' bodies that were dealt with
  /// By the first member of each virtual family.
  std::map<SymbolIndex, Choice> Chosen;
};
} // namespace

Threads unsingleton::thread(const Program &P, const Policy &How,
                            const MigratedSet &Migrated,
                            const std::map<SymbolIndex, Refusal> &NoParameter,
                            const std::set<SymbolIndex> &Accessors,
                            const std::vector<const StorageUseFact *> &Uses) {
  return Threader(P, How, Migrated, NoParameter).run(Accessors, Uses);
}
