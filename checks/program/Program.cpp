//===- Program.cpp - The facts of all units, linked -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/program/Program.h"
#include <algorithm>

using namespace unsingleton;

namespace {
/// From a unit's numbers to the program's.
struct Renumbering {
  std::vector<FileIndex> Files;
  std::vector<SymbolIndex> Symbols;

  void operator()(SymbolIndex &S) const {
    if (S != NoSymbol)
      S = Symbols[S];
  }
  void operator()(Span &Where) const {
    if (Where.File != NoFile)
      Where.File = Files[Where.File];
  }
};

template <class T> void sortUnique(std::vector<T> &Values) {
  std::sort(Values.begin(), Values.end());
  Values.erase(std::unique(Values.begin(), Values.end()), Values.end());
  Values.shrink_to_fit();
}

/// Units may see different redeclarations and so say different things of one
/// entity; what any of them says holds. Text is the least, for determinism.
void mergeInto(FunctionFact &To, const FunctionFact &From) {
  To.ExternC |= From.ExternC;
  To.Virtual |= From.Virtual;
  To.OverridesForeign |= From.OverridesForeign;
  To.Variadic |= From.Variadic;
  To.ProcessWide |= From.ProcessWide;
  To.RequestEntry |= From.RequestEntry;
  To.TakesContext |= From.TakesContext;
  To.Test |= From.Test;
  To.Template |= From.Template;
}
void mergeInto(StorageFact &To, const StorageFact &From) {
  To.ProcessWide |= From.ProcessWide;
  To.ThreadLocal |= From.ThreadLocal;
  To.ObjectConst &= From.ObjectConst;
  To.Library = std::max(To.Library, From.Library);
  To.Template |= From.Template;
}
void mergeInto(RecordFact &To, const RecordFact &From) {
  To.ProcessWide |= From.ProcessWide;
  To.Template |= From.Template;
}

template <class Fact> void mergeBySubject(std::vector<Fact> &Facts) {
  std::vector<Fact> Merged;
  for (Fact &F : Facts)
    if (!Merged.empty() && subject(Merged.back()) == subject(F))
      mergeInto(Merged.back(), F);
    else
      Merged.push_back(std::move(F));
  Facts = std::move(Merged);
}

std::vector<FileFact> mergedFiles(const std::vector<UnitFacts> &Units) {
  std::vector<FileFact> Files;
  for (const UnitFacts &Unit : Units)
    Files.insert(Files.end(), Unit.Files.begin(), Unit.Files.end());
  sortUnique(Files);
  // A header can be a system header to one unit and ours to another.
  std::vector<FileFact> Result;
  for (FileFact &File : Files)
    if (!Result.empty() && Result.back().Path == File.Path)
      Result.back().Ours |= File.Ours;
    else
      Result.push_back(std::move(File));
  return Result;
}

template <class Get>
std::vector<std::pair<SymbolIndex, uint32_t>> edges(uint32_t Count, Get Key) {
  std::vector<std::pair<SymbolIndex, uint32_t>> Result;
  for (uint32_t I = 0; I < Count; ++I)
    if (SymbolIndex S = Key(I); S != NoSymbol)
      Result.push_back({S, I});
  std::sort(Result.begin(), Result.end());
  return Result;
}

template <class Visit>
void forEdges(const std::vector<std::pair<SymbolIndex, uint32_t>> &Edges,
              SymbolIndex Key, Visit Do) {
  auto It = std::lower_bound(Edges.begin(), Edges.end(),
                             std::pair<SymbolIndex, uint32_t>(Key, 0));
  for (; It != Edges.end() && It->first == Key; ++It)
    Do(It->second);
}

/// The facts of \p Table that \p Edges lead to from \p Key.
template <class Fact>
std::vector<const Fact *>
facts(const std::vector<std::pair<SymbolIndex, uint32_t>> &Edges,
      SymbolIndex Key, llvm::ArrayRef<Fact> Table) {
  std::vector<const Fact *> Result;
  forEdges(Edges, Key, [&](uint32_t I) { Result.push_back(&Table[I]); });
  return Result;
}
} // namespace

Program Program::link(std::vector<UnitFacts> Units, bool Whole) {
  Program P;
  P.Whole = Whole;
  P.Files = mergedFiles(Units);
  for (const UnitFacts &Unit : Units)
    P.Symbols.insert(P.Symbols.end(), Unit.Symbols.begin(), Unit.Symbols.end());
  sortUnique(P.Symbols);

  for (UnitFacts &Unit : Units) {
    Renumbering R;
    for (const FileFact &File : Unit.Files)
      R.Files.push_back(static_cast<FileIndex>(
          std::lower_bound(P.Files.begin(), P.Files.end(), File,
                           [](const FileFact &A, const FileFact &B) {
                             return A.Path < B.Path;
                           }) -
          P.Files.begin()));
    for (const std::string &Symbol : Unit.Symbols)
      R.Symbols.push_back(static_cast<SymbolIndex>(
          std::lower_bound(P.Symbols.begin(), P.Symbols.end(), Symbol) -
          P.Symbols.begin()));
    std::apply(
        [&](auto &...Table) {
          (..., [&](auto &Facts) {
            using Fact = typename std::decay_t<decltype(Facts)>::value_type;
            auto &To = std::get<std::vector<Fact>>(P.Tables);
            for (Fact &F : Facts) {
              F.references(R);
              To.push_back(std::move(F));
            }
          }(Table));
        },
        Unit.Tables);
    LinkedUnit Linked{
        Unit.MainFile, NoFile, {}, std::move(Unit.Errors), Unit.Standard};
    for (FileIndex Read : Unit.Reads) {
      Linked.Reads.push_back(R.Files[Read]);
      if (Unit.Files[Read].Path == Unit.MainFile)
        Linked.Source = R.Files[Read];
    }
    llvm::sort(Linked.Reads);
    P.Units.push_back(std::move(Linked));
    Unit = UnitFacts(); // frees its tables before the next one grows ours
  }
  llvm::sort(P.Units, [](const LinkedUnit &A, const LinkedUnit &B) {
    return std::tie(A.MainFile, A.Errors, A.Reads, A.Standard) <
           std::tie(B.MainFile, B.Errors, B.Reads, B.Standard);
  });
  std::apply([](auto &...Table) { (sortUnique(Table), ...); }, P.Tables);
  mergeBySubject(std::get<std::vector<FunctionFact>>(P.Tables));
  mergeBySubject(std::get<std::vector<StorageFact>>(P.Tables));
  mergeBySubject(std::get<std::vector<RecordFact>>(P.Tables));
  P.index();
  return P;
}

void Program::index() {
  auto Index = [&](auto Table, auto Member) {
    return edges(static_cast<uint32_t>(Table.size()),
                 [&](uint32_t I) { return Table[I].*Member; });
  };
  ByCallee = Index(all<CallFact>(), &CallFact::Callee);
  ByAccessed = Index(all<AccessFact>(), &AccessFact::Storage);
  ByUser = Index(all<StorageUseFact>(), &StorageUseFact::Function);
  ByOverridden = Index(all<OverrideFact>(), &OverrideFact::Overridden);
  ByHelper = Index(all<ProtocolUseFact>(), &ProtocolUseFact::Helper);
  llvm::ArrayRef<FieldFact> Fields = all<FieldFact>();
  ByBase = edges(static_cast<uint32_t>(Fields.size()), [&](uint32_t I) {
    return Fields[I].Base ? Fields[I].Owned : NoSymbol;
  });
}

std::vector<const CallFact *> Program::callsTo(SymbolIndex Callee) const {
  return facts(ByCallee, Callee, all<CallFact>());
}

std::vector<const AccessFact *> Program::accessesTo(SymbolIndex Storage) const {
  return facts(ByAccessed, Storage, all<AccessFact>());
}

std::vector<const StorageUseFact *>
Program::usesIn(SymbolIndex Function) const {
  return facts(ByUser, Function, all<StorageUseFact>());
}

std::vector<SymbolIndex> Program::overriders(SymbolIndex Function) const {
  std::vector<SymbolIndex> Result;
  forEdges(ByOverridden, Function, [&](uint32_t I) {
    Result.push_back(all<OverrideFact>()[I].Function);
  });
  return Result;
}

std::vector<SymbolIndex> Program::derived(SymbolIndex Record) const {
  std::vector<SymbolIndex> Result;
  forEdges(ByBase, Record,
           [&](uint32_t I) { Result.push_back(all<FieldFact>()[I].Record); });
  return Result;
}

std::vector<const ProtocolUseFact *>
Program::protocolUses(SymbolIndex Helper) const {
  return facts(ByHelper, Helper, all<ProtocolUseFact>());
}

template <class Site> static Span definition(llvm::ArrayRef<Site> Sites) {
  for (const Site &S : Sites)
    if (S.Definition)
      return S.Name;
  return Sites.empty() ? Span() : Sites.front().Name;
}

Span Program::place(SymbolIndex S) const {
  Span Function = definition(of<FunctionSiteFact>(S));
  return Function.valid() ? Function : definition(of<StorageSiteFact>(S));
}

std::string Program::name(SymbolIndex S) const {
  if (S == NoSymbol)
    return "namespace scope";
  if (const auto *F = one<FunctionFact>(S))
    return F->QualifiedName;
  if (const auto *V = one<StorageFact>(S))
    return V->QualifiedName;
  if (const auto *R = one<RecordFact>(S))
    return R->QualifiedName;
  if (const auto *Slot = one<SlotFact>(S))
    return Slot->Parameter ? "parameter " + std::to_string(Slot->Parameter) +
                                 " of " + Slot->Name
                           : Slot->Name;
  return Symbols[S];
}
