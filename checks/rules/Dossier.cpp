//===- Dossier.cpp - All that is known of one finding -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/rules/Dossier.h"
#include "checks/facts/Compat.h"
#include "checks/rules/SuppressionFilter.h"
#include <set>

using namespace unsingleton;

size_t Dossier::users(bool Tests) const {
  std::set<SymbolIndex> Functions;
  for (const Use &U : Uses)
    if (U.Test == Tests)
      Functions.insert(U.Function);
  return Functions.size();
}

namespace {
class Collector {
public:
  Collector(const Program &P, const RequestPaths &Paths,
            const RuleOptions &Options, const Finding &F)
      : P(P), Paths(Paths), Options(Options), F(F),
        Storage(F.Storage == NoSymbol ? nullptr
                                      : P.one<StorageFact>(F.Storage)) {}

  Dossier run() {
    D.Of = &F;
    if (Storage)
      storage();
    accessors();
    for (const StateWrite &Write : F.Writes)
      D.Writes.push_back({&Write, Paths.entryTo(Write.Function, Write.Place)});
    uses();
    settings();
    verdict();
    severity();
    return std::move(D);
  }

private:
  static std::string quoted(const std::string &Name) {
    return "'" + Name + "'";
  }
  std::string quoted(SymbolIndex S) const {
    return S == NoSymbol ? "an initialiser" : quoted(P.name(S));
  }

  void storage() {
    std::string What = Storage->Kind == StorageKind::FunctionLocal
                           ? "a static local variable"
                       : Storage->Kind == StorageKind::ClassStatic
                           ? "a static data member"
                           : "a variable at namespace scope";
    if (Storage->ThreadLocal)
      What += ", one for each thread";
    D.Storage.push_back({F.StoragePlace, quoted(Storage->QualifiedName) +
                                             " is " + What + " of type " +
                                             quoted(Storage->Type)});
    for (const StorageSiteFact &Site : P.of<StorageSiteFact>(F.Storage))
      if (Site.Name != F.StoragePlace)
        D.Storage.push_back({Site.Name, "declared here too"});
    for (const CreationFact &Creation : P.of<CreationFact>(F.Storage))
      D.Storage.push_back({Creation.Whole, made(Creation)});
  }

  std::string made(const CreationFact &Creation) const {
    if (Creation.Function == NoSymbol)
      return "made here, before 'main'";
    std::string When =
        StringSwitch<std::string>(F.Idiom)
            .Cases({"meyers", "leaky"}, ", at its first call")
            .Cases({"lazy", "double-checked"}, ", when there is none yet")
            .Case("call-once", ", once")
            .Default("");
    return "made here by " + quoted(Creation.Function) + When;
  }

  bool isAccessor(SymbolIndex Function) const {
    return llvm::is_contained(F.Accessors, Function) ||
           llvm::is_contained(F.PartAccessors, Function);
  }

  std::string handsOut(const AccessFact &Access) const {
    std::string What = Access.Keyed                    ? "an element of it"
                       : Access.Interior               ? "a part of it"
                       : Access.What == Yield::Object  ? "the object itself"
                       : Access.What == Yield::Pointer ? "a pointer to it"
                                                       : "its handle";
    if (Access.ConstObject)
      What += ", as const";
    if (!Access.Selector.empty())
      What += ", selected by " + quoted(Access.Selector);
    return quoted(Access.Function) +
           (Access.OutParameter ? " gives, by an argument, " : " returns ") +
           What;
  }

  void accessors() {
    for (const AccessFact *Access : P.accessesTo(F.Storage))
      if (!Access->ByValue && isAccessor(Access->Function))
        D.Accessors.push_back({Access->Statement, handsOut(*Access)});
    llvm::sort(D.Accessors, [](const Evidence &A, const Evidence &B) {
      return std::tie(A.Where, A.Text) < std::tie(B.Where, B.Text);
    });
  }

  void use(SymbolIndex Function, const Span &Where, SymbolIndex Accessor) {
    const auto *Fact =
        Function == NoSymbol ? nullptr : P.one<FunctionFact>(Function);
    D.Uses.push_back({Where, Function, Accessor, Fact && Fact->Test});
  }

  void uses() {
    for (const auto *Family : {&F.Accessors, &F.PartAccessors})
      for (SymbolIndex Accessor : *Family)
        for (const CallFact *Call : P.callsTo(Accessor))
          if (Call->Kind != CallKind::Declaration)
            use(Call->Caller, Call->Name.valid() ? Call->Name : Call->Whole,
                Accessor);
    if (Storage)
      for (const StorageUseFact &Use : P.of<StorageUseFact>(F.Storage))
        if (!isAccessor(Use.Function))
          use(Use.Function, Use.Place, NoSymbol);
    llvm::sort(D.Uses);
    D.Uses.erase(llvm::unique(D.Uses), D.Uses.end());
  }

  void setting(const Span &Where, const std::string &Name, bool Annotated) {
    constexpr llvm::StringLiteral Annotation = "isolation::process_wide";
    if (Annotated)
      D.Settings.push_back(
          {Where, quoted(Name) + " is annotated " + Annotation.str()});
    if (llvm::is_contained(Options.ProcessWide, Name))
      D.Settings.push_back(
          {Where, "isolation.ProcessWide names " + quoted(Name)});
  }

  void settings() {
    if (Storage)
      setting(F.StoragePlace, Storage->QualifiedName, Storage->ProcessWide);
    for (SymbolIndex Accessor : F.Accessors)
      if (const auto *Fact = P.one<FunctionFact>(Accessor))
        setting(P.place(Accessor), Fact->QualifiedName, Fact->ProcessWide);
    bool Annotated = false;
    for (const StorageObjectFact &Object : P.of<StorageObjectFact>(F.Storage))
      if (const auto *R = Object.Record == NoSymbol
                              ? nullptr
                              : P.one<RecordFact>(Object.Record))
        Annotated |= R->ProcessWide;
    setting(F.StoragePlace, F.Type, Annotated);
    forEachCovering(P, F, [&](const SuppressionFact &Directive, Silence S) {
      if (S != Silence::None && silences(Directive, F.Rule))
        D.Settings.push_back(
            {Directive.Where,
             std::string("kept silent here, with ") +
                 (Directive.Reason ? "a reason" : "no reason given")});
    });
  }

  void verdict() {
    D.Verdict = F.Reasons;
    size_t Units = llvm::count_if(
        P.units(), [](const LinkedUnit &U) { return U.Errors.empty(); });
    switch (F.What) {
    case Verdict::ConstAfterInit:
      D.Verdict.push_back({Span(), "in all of " + std::to_string(Units) +
                                       " units nothing writes it once it is "
                                       "made: " +
                                       members()});
      break;
    case Verdict::Stateless:
      D.Verdict.push_back({Span(), "neither " + quoted(F.Type) +
                                       " nor its bases or members have state"});
      break;
    case Verdict::ProcessWide:
      if (D.Settings.empty() && D.Verdict.empty())
        D.Verdict.push_back(
            {Span(), quoted(F.Type) + " is a synchronisation primitive"});
      break;
    case Verdict::SharedMutable:
    case Verdict::ProcessResource:
    case Verdict::PerContext:
    case Verdict::None:
      break;
    }
  }

  /// What was looked at for writes.
  std::string members() const {
    std::string Names;
    size_t Count = 0;
    constexpr size_t Most = 5;
    for (SymbolIndex Class : F.Classes)
      for (const FieldFact &Field : P.of<FieldFact>(Class))
        if (!Field.Base && ++Count <= Most)
          Names += (Names.empty() ? "" : ", ") + quoted(Field.Name);
    if (Count > Most)
      Names += " and " + std::to_string(Count - Most) + " more";
    return Names.empty() ? "not through any of its users"
                         : "neither itself nor its members " + Names;
  }

  void severity() {
    if (!isReported(F.What))
      return;
    if (F.Level == Severity::Low) {
      D.Severity.push_back(
          {Span(), F.Internal ? "nobody is given access to it, and nothing "
                                "says that it holds a user's data"
                              : "a process has what it owns once, and nothing "
                                "says that a user's data is written to it"});
      return;
    }
    RequestAccess Access = Paths.access(F);
    D.Path = std::move(Access.Path);
    if (Access.Written)
      return;
    if (Access.Reached) {
      D.Severity.push_back(
          {Span(), F.Writes.empty()
                       ? "a request takes hold of it, but no write of it is "
                         "in these units"
                       : "a request takes hold of it, but what requests get to "
                         "does not write it"});
      return;
    }
    for (const std::string &Pattern : unmatchedEntries(P, Options))
      D.Severity.push_back({Span(), "isolation.RequestEntry names '" + Pattern +
                                        "', which no function matches"});
    size_t Entries = Paths.entries().size();
    if (!Entries)
      D.Severity.push_back(
          {Span(), "no place is known where a request enters: name the "
                   "functions in isolation.RequestEntry, or annotate them "
                   "isolation::request_entry"});
    else if (Entries == 1)
      D.Severity.push_back({Paths.entries().front().Where,
                            "the one place where a request enters does not "
                            "lead to it"});
    else
      D.Severity.push_back({Span(), "of the " + std::to_string(Entries) +
                                        " places where a request enters none "
                                        "leads to it"});
  }

  const Program &P;
  const RequestPaths &Paths;
  const RuleOptions &Options;
  const Finding &F;
  const StorageFact *Storage;
  Dossier D;
};
} // namespace

Dossier unsingleton::collect(const Program &P, const RequestPaths &Paths,
                             const RuleOptions &Options, const Finding &F) {
  return Collector(P, Paths, Options, F).run();
}
