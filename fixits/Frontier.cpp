//===- Frontier.cpp - What keeps a function from taking the context -*- C++
//-*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "fixits/Frontier.h"
#include "checks/rules/OwnContexts.h"
#include "fixits/ContextScope.h"

using namespace unsingleton;

std::set<SymbolIndex> unsingleton::familyOf(const Program &P,
                                            SymbolIndex Function) {
  std::set<SymbolIndex> Result{Function};
  // None can take a parameter, so none is changed for another's sake.
  const auto *F = P.one<FunctionFact>(Function);
  if (F && F->Kind == FunctionKind::Destructor)
    return Result;
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

static std::optional<RefusalCode> kindBlocker(const FunctionFact *F) {
  if (!F)
    return RefusalCode::NotOurs;
  switch (F->Kind) {
  case FunctionKind::Main:
    return RefusalCode::FrontierMain;
  case FunctionKind::Destructor:
    return RefusalCode::FrontierDestructor;
  case FunctionKind::Operator:
  case FunctionKind::Conversion:
    return RefusalCode::FrontierOperator;
  default:
    break;
  }
  if (F->Startup)
    return RefusalCode::OutsideMain;
  if (F->ExternC)
    return RefusalCode::FrontierCLinkage;
  if (F->OverridesForeign)
    return F->Test ? RefusalCode::FrontierTest
                   : RefusalCode::FrontierForeignOverride;
  return std::nullopt;
}

std::vector<Refusal> unsingleton::signatureBlockers(const Program &P,
                                                    SymbolIndex Function,
                                                    Span Because) {
  std::string Name = P.name(Function);
  if (auto Code = kindBlocker(P.one<FunctionFact>(Function)))
    return {{*Code, Name, "", Because}};
  if (copiesObject(P, Function))
    return {{RefusalCode::FrontierOperator, Name, "", Because}};
  for (const FunctionSiteFact &Site : P.of<FunctionSiteFact>(Function)) {
    if (Site.State == Editability::MacroBody)
      return {{RefusalCode::MacroDefinition, Name, Site.Macro, Site.Name}};
    if (Site.State != Editability::Editable || !P.file(Site.Name.File).Ours)
      return {{RefusalCode::NotOurs, Name, "", Site.Name}};
  }
  for (const ParameterNumberFact &Number : P.of<ParameterNumberFact>(Function))
    if (Number.State != Editability::Editable)
      return {{RefusalCode::MacroAttribute, Name, "", Number.Where}};
  return {};
}

/// Another singleton, made of this one, would be made too early; any other
/// reference or local keeps what it was given first.
static Refusal keptBy(const Program &P, const CallFact &Call) {
  const auto *V = P.one<StorageFact>(Call.Variable);
  bool Alias =
      V && P.accessesTo(V->Storage).empty() &&
      (V->Kind == StorageKind::FunctionLocal || V->How != Holder::Value);
  return {Alias ? RefusalCode::FrozenAlias : RefusalCode::BeforeAnyRequest,
          P.name(Call.Variable), "", Call.Name};
}

const StorageSiteFact *unsingleton::plainAliasOf(const Program &P,
                                                 const CallFact &Call,
                                                 const MigratedSet &Migrated) {
  const auto *V = P.one<StorageFact>(Call.Variable);
  if (Call.Where != Surroundings::LocalStatic || Call.Unevaluated ||
      Call.Kind != CallKind::Call || !Migrated.Accessors.count(Call.Callee) ||
      !V || V->Kind != StorageKind::FunctionLocal || V->ThreadLocal ||
      V->How == Holder::Value || !P.accessesTo(V->Storage).empty())
    return nullptr;
  // It must lead to the same object wherever it is used.
  for (const WriteFact &Write : P.of<WriteFact>(V->Storage))
    if (Write.Replace)
      return nullptr;
  // A lambda names a static without capturing it.
  for (const StorageUseFact &Use : P.of<StorageUseFact>(V->Storage))
    for (const LambdaFact &Lambda : P.of<LambdaFact>(Use.Function))
      if (Lambda.Whole.contains(Use.Place) && !Lambda.Whole.contains(Call.Name))
        return nullptr;
  llvm::ArrayRef<StorageSiteFact> Sites = P.of<StorageSiteFact>(V->Storage);
  if (Sites.size() != 1 || !Sites[0].Alone || !Sites[0].Init.valid() ||
      Sites[0].State != Editability::Editable ||
      !P.file(Sites[0].Name.File).Ours)
    return nullptr;
  // Nothing but the call, or `&` or `*` before it: a look-up in the object, or
  // what registers something with it, may be meant to happen once.
  const Span &Init = Sites[0].Init;
  bool Alone = Init.File == Call.Whole.File && Init.end() == Call.Whole.end() &&
               Init.Offset + 1 >= Call.Whole.Offset &&
               Init.Offset <= Call.Whole.Offset;
  return Alone ? &Sites[0] : nullptr;
}

/// Where the call that the body of a macro spells as \p Mine does stands in
/// its expansions; empty if it cannot be edited there, or means something else
/// elsewhere.
static std::vector<const MacroCallFact *>
expansionsOf(const Program &P, const MacroCallFact &Mine) {
  std::vector<const MacroCallFact *> Result;
  if (!P.file(Mine.Name.File).Ours || !P.file(Mine.Arguments.File).Ours ||
      !Mine.ArgumentsInBody)
    return Result;
  for (const MacroCallFact &Other : P.all<MacroCallFact>()) {
    if (Other.Name != Mine.Name)
      continue;
    if (Other.Callee != Mine.Callee || Other.Arguments != Mine.Arguments)
      return {};
    Result.push_back(&Other);
  }
  return Result;
}

std::vector<Expansions> unsingleton::expansionsOf(const Program &P,
                                                  const CallFact &Call) {
  std::vector<Expansions> Result;
  for (const MacroCallFact &Fact : P.of<MacroCallFact>(Call.Callee)) {
    if (Fact.Caller != Call.Caller || Fact.Expansion != Call.Name)
      continue;
    Result.push_back(::expansionsOf(P, Fact));
    if (Result.back().empty())
      return {};
  }
  return Result;
}

const InvocationFact *unsingleton::invocationOf(const Program &P,
                                                const CallFact &Mention) {
  for (const InvocationFact &Fact : P.of<InvocationFact>(Mention.Callee))
    if (Fact.Name == Mention.Name && Fact.Caller == Mention.Caller)
      return &Fact;
  return nullptr;
}

std::optional<Refusal> unsingleton::callBlocker(const Program &P,
                                                const CallFact &Call,
                                                const MigratedSet &Migrated) {
  std::string Name = P.name(Call.Callee);
  if (Call.State == Editability::MacroBody)
    return Refusal{RefusalCode::MacroCall, Name, Call.Macro, Call.Name};
  if (Call.State != Editability::Editable)
    return Refusal{RefusalCode::FrontierOperator, Name, "", Call.Whole};
  if (!P.file(Call.Name.File).Ours)
    return Refusal{RefusalCode::NotOurs, Name, "", Call.Name};
  if (Call.Kind == CallKind::Declaration)
    return std::nullopt;
  if (Call.Kind == CallKind::Mention) {
    if (!Call.Unevaluated && invocationOf(P, Call))
      return std::nullopt;
    return Refusal{Call.Unevaluated ? RefusalCode::UnevaluatedUse
                                    : RefusalCode::FrontierAddressTaken,
                   Name, "", Call.Name};
  }
  if (Call.Kind == CallKind::Implicit)
    return Refusal{RefusalCode::ImplicitConstruction,
                   P.name(P.one<FunctionFact>(Call.Callee)->Record), "",
                   Call.Whole};
  if (Call.Varies)
    return Refusal{RefusalCode::DependentCall, Name, "", Call.Name};
  if (Call.Unevaluated)
    return std::nullopt; // any context will do, also one that is not there
  switch (Call.Where) {
  case Surroundings::DefaultArgument:
    return Refusal{RefusalCode::FrontierDefaultArgument, Name, "", Call.Name};
  case Surroundings::MemberInitialiser:
    return Refusal{RefusalCode::FrontierMemberInitialiser, Name, "", Call.Name};
  case Surroundings::StaticInitialiser:
  case Surroundings::LocalStatic:
    if (Migrated.Storages.count(Call.Variable) ||
        inKeptLambda(P, Call.Caller, Call.Name))
      return std::nullopt; // it moves into a factory, or runs later
    if (plainAliasOf(P, Call, Migrated))
      return std::nullopt;
    return keptBy(P, Call);
  case Surroundings::Body:
    return std::nullopt;
  }
  return std::nullopt;
}

/// How the instantiations of \p Call resolve it.
static std::pair<bool, bool> resolutions(const Program &P,
                                         const DependentCallFact &Call,
                                         const FunctionFact &F) {
  bool ToIt = false, Elsewhere = false;
  for (const CallFact &Resolved : P.of<CallFact>(Call.Caller)) {
    if (!Call.Whole.contains(Resolved.Name) ||
        Resolved.Kind == CallKind::Mention)
      continue;
    const auto *Other = P.one<FunctionFact>(Resolved.Callee);
    if (!Other || Other->Name != F.Name)
      continue;
    (Resolved.Callee == F.Function ? ToIt : Elsewhere) = true;
  }
  return {ToIt, Elsewhere};
}

std::vector<Refusal> unsingleton::dependentBlockers(const Program &P,
                                                    SymbolIndex Function) {
  const auto *Fact = P.one<FunctionFact>(Function);
  std::vector<Refusal> Result;
  if (!Fact)
    return Result;
  for (const DependentCallFact &Call : P.all<DependentCallFact>()) {
    bool Meant = Call.Candidate != NoSymbol
                     ? Call.Candidate == Function
                     : Call.Name == Fact->Name &&
                           Call.Member == (Fact->Record != NoSymbol);
    if (!Meant)
      continue;
    auto [ToIt, Elsewhere] = resolutions(P, Call, *Fact);
    // What resolves to others alone does not mean this function. What nothing
    // resolves may mean it if a name in scope does, or somebody unseen may; a
    // name alone (`get`) tells nothing, and each instantiation is seen.
    bool Open = Call.Candidate != NoSymbol ||
                (!P.whole() && P.file(Call.Whole.File).Ours);
    if (ToIt ? Elsewhere : !Elsewhere && Open)
      Result.push_back({Call.Unevaluated ? RefusalCode::UnevaluatedUse
                                         : RefusalCode::DependentCall,
                        Fact->QualifiedName, "", Call.Whole});
  }
  return Result;
}

bool unsingleton::canBridge(const Refusal &R) {
  return R.Code != RefusalCode::FrozenAlias &&
         R.Code != RefusalCode::BeforeAnyRequest &&
         R.Code != RefusalCode::OncePerProcess;
}
