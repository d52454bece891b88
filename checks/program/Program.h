//===- Program.h - The facts of all units, linked -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A Program is the set union of UnitFacts: files, symbols and facts are sorted
// and numbered by what they say, so that the order of units, the number of
// threads and the number of machines leave no trace. Immutable; may be read
// from many threads.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_PROGRAM_PROGRAM_H
#define UNSINGLETON_CHECKS_PROGRAM_PROGRAM_H

#include "checks/facts/UnitFacts.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLExtras.h"

namespace unsingleton {

/// What the Program keeps of each unit.
struct LinkedUnit {
  std::string MainFile;
  FileIndex Source = NoFile; ///< the main file; NoFile: the unit failed
  std::vector<FileIndex> Reads;
  std::vector<UnitError> Errors;
  uint32_t Standard = 0; ///< see UnitFacts
};

/// The first symbol of a fact: the entity that it is about.
template <class Fact> SymbolIndex subject(const Fact &F) {
  SymbolIndex Result = NoSymbol;
  bool First = true;
  // `references` is for renumbering and so not const; here it only reads.
  const_cast<Fact &>(F).references([&](const auto &Reference) {
    if constexpr (std::is_same_v<std::decay_t<decltype(Reference)>,
                                 SymbolIndex>) {
      if (First)
        Result = Reference;
      First = false;
    }
  });
  return Result;
}

class Program {
public:
  /// \p Whole: the units are a whole program, so that what no unit says is not
  /// so. False for clang-tidy, which sees one unit.
  static Program link(std::vector<UnitFacts> Units, bool Whole);

  bool whole() const { return Whole; }
  llvm::ArrayRef<LinkedUnit> units() const { return Units; }
  llvm::ArrayRef<FileFact> files() const { return Files; }
  const FileFact &file(FileIndex I) const { return Files[I]; }
  llvm::StringRef symbol(SymbolIndex I) const { return Symbols[I]; }
  size_t symbols() const { return Symbols.size(); }

  template <class Fact> llvm::ArrayRef<Fact> all() const {
    return std::get<std::vector<Fact>>(Tables);
  }
  /// The facts about \p Subject, sorted.
  template <class Fact> llvm::ArrayRef<Fact> of(SymbolIndex Subject) const {
    llvm::ArrayRef<Fact> Table = all<Fact>();
    auto Less = [](const Fact &F, SymbolIndex S) { return subject(F) < S; };
    auto Begin = std::lower_bound(Table.begin(), Table.end(), Subject, Less);
    auto End = Begin;
    while (End != Table.end() && subject(*End) == Subject)
      ++End;
    return llvm::ArrayRef<Fact>(Begin, End);
  }
  template <class Fact> const Fact *one(SymbolIndex Subject) const {
    llvm::ArrayRef<Fact> Found = of<Fact>(Subject);
    return Found.empty() ? nullptr : &Found.front();
  }

  std::vector<const CallFact *> callsTo(SymbolIndex Callee) const;
  std::vector<const AccessFact *> accessesTo(SymbolIndex Storage) const;
  /// What \p Function says of storages.
  std::vector<const StorageUseFact *> usesIn(SymbolIndex Function) const;
  /// Functions that override \p Function, directly.
  std::vector<SymbolIndex> overriders(SymbolIndex Function) const;
  /// Classes that derive from \p Record, directly.
  std::vector<SymbolIndex> derived(SymbolIndex Record) const;
  std::vector<const ProtocolUseFact *> protocolUses(SymbolIndex Helper) const;

  /// The name of a function or variable where it is defined, else declared.
  Span place(SymbolIndex S) const;
  /// \p S as a person reads it: the qualified name, or the symbol itself.
  std::string name(SymbolIndex S) const;

private:
  using Edges = std::vector<std::pair<SymbolIndex, uint32_t>>;
  void index();

  bool Whole = true;
  std::vector<LinkedUnit> Units;
  std::vector<FileFact> Files;
  std::vector<std::string> Symbols;
  FactTables Tables;
  Edges ByCallee, ByAccessed, ByUser, ByOverridden, ByBase, ByHelper;
};

} // namespace unsingleton

#endif
