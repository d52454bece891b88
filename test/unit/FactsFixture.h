//===- FactsFixture.h - Facts made by hand -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A unit's facts as a test writes them down: entities by name, places by file,
// offset and length. `U.symbol("f")` is the symbol of f in that unit.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_TEST_UNIT_FACTSFIXTURE_H
#define UNSINGLETON_TEST_UNIT_FACTSFIXTURE_H

#include "checks/program/Program.h"

namespace unsingleton {

class UnitUnderTest {
public:
  explicit UnitUnderTest(std::string Main) : Builder(Facts) {
    Facts.MainFile = Main;
    Facts.Reads.push_back(file(Main));
  }

  FileIndex file(const std::string &Path) {
    for (FileIndex I = 0; I < Facts.Files.size(); ++I)
      if (Facts.Files[I].Path == Path)
        return I;
    Facts.Files.push_back({Path, "digest of " + Path, 1000, true});
    return static_cast<FileIndex>(Facts.Files.size() - 1);
  }
  Span span(uint32_t Offset, uint32_t Length, const std::string &Path = "") {
    return {Path.empty() ? 0 : file(Path), Offset, Length, Offset / 10 + 1,
            Offset % 10 + 1};
  }
  SymbolIndex symbol(llvm::StringRef Name) { return Builder.symbol(Name); }

  /// A free function with one definition, whose name is at \p Offset.
  SymbolIndex function(const std::string &Name, uint32_t Offset,
                       FunctionKind Kind = FunctionKind::Free) {
    FunctionFact F;
    F.Function = symbol(Name);
    F.Name = F.QualifiedName = Name;
    F.Kind = Kind;
    Builder.add(F);
    FunctionSiteFact Site;
    Site.Function = F.Function;
    Site.Name = span(Offset, static_cast<uint32_t>(Name.size()));
    Site.Parameters = span(Site.Name.end() + 1, 0);
    Site.Whole = span(Offset, 100);
    Site.Definition = true;
    Builder.add(Site);
    return F.Function;
  }

  void call(SymbolIndex Caller, SymbolIndex Callee, uint32_t Offset,
            CallKind Kind = CallKind::Call) {
    CallFact C;
    C.Caller = Caller;
    C.Callee = Callee;
    C.Kind = Kind;
    C.Whole = span(Offset, 10);
    C.Name = span(Offset, 8);
    C.Arguments = span(Offset + 9, 0);
    Builder.add(C);
  }

  /// `X &get() { static X x; return x; }` at \p Offset.
  SymbolIndex meyers(const std::string &Accessor, const std::string &Record,
                     uint32_t Offset) {
    SymbolIndex Get = function(Accessor, Offset);
    StorageFact V;
    V.Storage = symbol(Accessor + "::x");
    V.Function = Get;
    V.Name = "x";
    V.QualifiedName = Accessor + "::x";
    V.Kind = StorageKind::FunctionLocal;
    Builder.add(V);
    StorageObjectFact Object;
    Object.Storage = V.Storage;
    Object.Record = symbol(Record);
    Object.Type = Record;
    Builder.add(Object);
    StorageSiteFact Site;
    Site.Storage = V.Storage;
    Site.Whole = span(Offset + 30, 9);
    Site.Name = span(Offset + 39, 1);
    Site.Object = span(Offset + 37, 1);
    Site.Definition = true;
    Builder.add(Site);
    StatementFact Declaration;
    Declaration.Function = Get;
    Declaration.Storage = V.Storage;
    Declaration.Kind = StatementKind::StorageDeclaration;
    Declaration.Whole = Site.Whole;
    Builder.add(Declaration);
    StatementFact Return = Declaration;
    Return.Order = 1;
    Return.Kind = StatementKind::Return;
    Return.Whole = span(Offset + 50, 9);
    Builder.add(Return);
    AccessFact Access;
    Access.Function = Get;
    Access.Storage = V.Storage;
    Access.Statement = Return.Whole;
    Builder.add(Access);
    return Get;
  }

  /// A class with one field, `state`, that \p Writer changes.
  void record(const std::string &Name, SymbolIndex Writer = NoSymbol) {
    RecordFact R;
    R.Record = symbol(Name);
    R.QualifiedName = Name;
    Builder.add(R);
    FieldFact F;
    F.Record = R.Record;
    F.Field = symbol(Name + "::state");
    F.Name = "state";
    Builder.add(F);
    if (Writer == NoSymbol)
      return;
    WriteFact W;
    W.Target = F.Field;
    W.Function = Writer;
    W.Place = span(900, 5);
    Builder.add(W);
  }

  UnitFacts take() { return std::move(Facts); }

  UnitFacts Facts;
  UnitFactsBuilder Builder;
};

template <class... Units> Program linked(Units &...Each) {
  std::vector<UnitFacts> All;
  (All.push_back(Each.take()), ...);
  return Program::link(std::move(All), /*Whole=*/true);
}

} // namespace unsingleton

#endif
