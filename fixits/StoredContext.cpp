//===- StoredContext.cpp - Classes that keep their context -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "fixits/StoredContext.h"
#include "checks/rules/OwnContexts.h"
#include "fixits/CallReach.h"

using namespace unsingleton;

std::vector<SymbolIndex>
StoredContexts::constructors(SymbolIndex Record) const {
  std::vector<SymbolIndex> Result;
  for (const FunctionFact &F : P.all<FunctionFact>()) {
    if (F.Record != Record || F.Kind != FunctionKind::Constructor)
      continue;
    if (!copiesObject(P, F.Function))
      Result.push_back(F.Function);
  }
  return Result;
}

/// Each constructor, copying ones too, has one place where it can, or need not,
/// initialise a member.
static bool initialisable(const Program &P, SymbolIndex Record) {
  for (const FunctionFact &F : P.all<FunctionFact>()) {
    if (F.Record != Record || F.Kind != FunctionKind::Constructor)
      continue;
    llvm::ArrayRef<ConstructorSiteFact> Sites =
        P.of<ConstructorSiteFact>(F.Function);
    if (F.Template || Sites.size() != 1 ||
        Sites[0].State != Editability::Editable ||
        !P.file(Sites[0].Place.File).Ours)
      return false;
  }
  return true;
}

StoredContexts::Keeps
StoredContexts::madeWithContext(const CallFact &Call,
                                SymbolIndex Record) const {
  if (Migrated.Storages.count(Call.Variable))
    return Keeps::IfNeeded; // in a factory
  if (Call.Caller == NoSymbol)
    return Keeps::No;
  const auto *Caller = P.one<FunctionFact>(Call.Caller);
  if (Caller && Caller->Kind == FunctionKind::Constructor &&
      Caller->Record == Record)
    return Keeps::Yes; // it delegates
  for (const StatementFact &S : P.of<StatementFact>(Call.Caller))
    if (isProtocol(S.Kind) && S.Whole.contains(Call.Name))
      return Migrated.Storages.count(S.Storage) ? Keeps::IfNeeded : Keeps::No;
  ContextAnswer Answer =
      findContext(P, How, Call.Caller, Call.Name, Otherwise::Parameter);
  return Answer.From == ContextAnswer::Source::InScope ? Keeps::Yes : Keeps::No;
}

bool StoredContexts::canKeep(SymbolIndex Record) const {
  const auto *Site = P.one<RecordSiteFact>(Record);
  const auto *Fact = P.one<RecordFact>(Record);
  if (!Site || !Fact || Fact->Template || Fact->ProcessWide ||
      P.of<RecordSiteFact>(Record).size() != 1 || Site->Aggregate ||
      !Site->Constructors || Site->State != Editability::Editable ||
      !P.file(Site->Body.File).Ours || !initialisable(P, Record))
    return false;
  for (const StorageObjectFact &Object : P.all<StorageObjectFact>())
    if (Object.Record == Record && !Migrated.Storages.count(Object.Storage))
      return false; // it would outlive the request
  return llvm::all_of(constructors(Record), [&](SymbolIndex Constructor) {
    return !NoParameter.count(Constructor) &&
           signatureBlockers(P, Constructor, {}).empty() &&
           dependentBlockers(P, Constructor).empty() &&
           llvm::none_of(P.callsTo(Constructor), [&](const CallFact *Call) {
             return callBlocker(P, *Call, Migrated).has_value();
           });
  });
}

StoredContexts::Keeps StoredContexts::judge(SymbolIndex Record) const {
  if (!canKeep(Record))
    return Keeps::No;
  Keeps Result = Keeps::Yes;
  bool Made = false;
  for (SymbolIndex Constructor : constructors(Record)) {
    for (const CallFact *Call : P.callsTo(Constructor)) {
      if (Call->Unevaluated || Call->Kind == CallKind::Declaration)
        continue;
      Made = true;
      Result = std::min(Result, madeWithContext(*Call, Record));
      if (Result == Keeps::No)
        return Result;
    }
  }
  return Made ? Result : Keeps::No;
}

bool StoredContexts::getsOne(SymbolIndex Record) const {
  std::vector<SymbolIndex> All = constructors(Record);
  return !All.empty() && canKeep(Record) &&
         llvm::all_of(All, [&](SymbolIndex Constructor) {
           return reaches(P, {Constructor}, Dispatch::Named,
                          [&](SymbolIndex At) {
                            return Migrated.Accessors.count(At) != 0;
                          });
         });
}

std::string StoredContexts::memberName(SymbolIndex Record) const {
  size_t Prefixed = 0, Suffixed = 0, Plain = 0;
  for (const FieldFact &F : P.of<FieldFact>(Record)) {
    llvm::StringRef Name = F.Name;
    if (F.Base || Name.empty())
      continue;
    ++(Name.starts_with("m_") ? Prefixed
       : Name.ends_with("_")  ? Suffixed
                              : Plain);
  }
  // A plain name would be hidden by the parameter of that name.
  std::string Name = Prefixed > Suffixed + Plain ? "m_" + How.ContextName
                                                 : How.ContextName + "_";
  for (const FieldFact &F : P.of<FieldFact>(Record))
    if (F.Name == Name)
      return {};
  return Name;
}

std::string StoredContexts::memberFor(SymbolIndex Method) {
  const auto *F = P.one<FunctionFact>(Method);
  bool Object = F && F->Record != NoSymbol && !F->Test &&
                F->Kind != FunctionKind::Constructor &&
                F->Kind != FunctionKind::StaticMethod &&
                llvm::any_of(P.of<BodyFact>(Method), [](const BodyFact &B) {
                  return !B.StaticContext;
                });
  if (!Object)
    return {};
  if (F->Kind == FunctionKind::Destructor)
    return memberOf(F->Record);
  Keeps Does = known(F->Record);
  if (Does == Keeps::No ||
      (Does == Keeps::IfNeeded && signatureBlockers(P, Method, {}).empty()))
    return {};
  return memberName(F->Record);
}

std::string StoredContexts::memberOf(SymbolIndex Record) {
  return known(Record) != Keeps::No || getsOne(Record) ? memberName(Record)
                                                       : "";
}

StoredContexts::Keeps StoredContexts::known(SymbolIndex Record) {
  auto [It, New] = Known.try_emplace(Record, Keeps::No);
  if (New)
    It->second = judge(Record);
  return It->second;
}
