//===- UnitFacts.h - All facts of one translation unit ----------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The result of extract: tables of facts and the two tables that they index,
// files and symbols. A value; owns everything; freely movable between threads.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_FACTS_UNITFACTS_H
#define UNSINGLETON_CHECKS_FACTS_UNITFACTS_H

#include "checks/facts/Facts.h"
#include "checks/facts/FlowFacts.h"
#include "checks/facts/MigrationFacts.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringMap.h"
#include <tuple>
#include <vector>

namespace clang {
class NamedDecl;
} // namespace clang

namespace unsingleton {

/// One table for each kind of fact.
using FactTables = std::tuple<
    std::vector<FunctionFact>, std::vector<OverrideFact>,
    std::vector<FunctionSiteFact>, std::vector<StorageFact>,
    std::vector<LibraryMentionFact>, std::vector<HolderObjectFact>,
    std::vector<StorageObjectFact>, std::vector<StorageSiteFact>,
    std::vector<RecordFact>, std::vector<FieldFact>, std::vector<CallFact>,
    std::vector<DependentCallFact>, std::vector<LambdaFact>,
    std::vector<ContextSourceFact>, std::vector<ContextMemberFact>,
    std::vector<BodyFact>, std::vector<AccessFact>, std::vector<StatementFact>,
    std::vector<ProtocolUseFact>, std::vector<CreationFact>,
    std::vector<StorageUseFact>, std::vector<WriteFact>,
    std::vector<InstanceFact>, std::vector<AliasFact>,
    std::vector<SuppressionFact>, std::vector<SlotFact>,
    std::vector<StoredCallableFact>, std::vector<SlotCallFact>,
    std::vector<ForeignOverrideFact>, std::vector<WrittenNameFact>,
    std::vector<FlowFact>, std::vector<ArgumentFact>, std::vector<RemovalFact>,
    std::vector<PerRequestFact>, std::vector<LooseInstanceFact>,
    std::vector<SealedRecordFact>, std::vector<AmbientContextFact>,
    std::vector<OtherContextFact>, std::vector<OtherContextVariableFact>,
    std::vector<ProcessContextFact>, std::vector<MacroCallFact>,
    std::vector<InvocationFact>, std::vector<ExitHandlerFact>,
    std::vector<ScopeFact>, std::vector<RecordSiteFact>,
    std::vector<ConstructorSiteFact>, std::vector<ReadTextFact>,
    std::vector<MakerFact>, std::vector<InstallationFact>,
    std::vector<ParameterNumberFact>>;

/// An error that kept a unit from being analysed.
struct UnitError {
  std::string File; ///< where it was reported; may be empty
  uint32_t Line = 0;
  uint32_t Column = 0;
  std::string Message;
  auto operator<=>(const UnitError &) const = default;
};

struct UnitFacts {
  std::string MainFile; ///< real path
  std::vector<FileFact> Files;
  std::vector<std::string> Symbols;
  FactTables Tables;
  /// Every file that the unit read, system headers included: indexes of Files.
  std::vector<FileIndex> Reads;
  /// Not empty: the unit failed, and its tables are empty.
  std::vector<UnitError> Errors;
  uint32_t Standard = 0; ///< of C++: 11, 14, 17 …; 0: it is C, or failed

  bool failed() const { return !Errors.empty(); }
  template <class Fact> std::vector<Fact> &table() {
    return std::get<std::vector<Fact>>(Tables);
  }
  template <class Fact> const std::vector<Fact> &table() const {
    return std::get<std::vector<Fact>>(Tables);
  }
};

/// Fills a UnitFacts: interns symbols and collects facts. Not thread-safe.
class UnitFactsBuilder {
public:
  explicit UnitFactsBuilder(UnitFacts &Out) : Out(Out) {}

  SymbolIndex symbol(llvm::StringRef Name) {
    if (Name.empty())
      return NoSymbol;
    auto [It, New] = SymbolIds.try_emplace(
        Name, static_cast<SymbolIndex>(Out.Symbols.size()));
    if (New)
      Out.Symbols.push_back(Name.str());
    return It->second;
  }

  /// The symbol of \p D, or NoSymbol (see SymbolName.h).
  SymbolIndex symbol(const clang::NamedDecl *D);

  template <class Fact> void add(Fact F) {
    Out.table<Fact>().push_back(std::move(F));
  }

  UnitFacts &Out;

private:
  llvm::StringMap<SymbolIndex> SymbolIds;
  /// Making a USR is dear, and each function is named by all its calls.
  llvm::DenseMap<const clang::NamedDecl *, SymbolIndex> DeclIds;
};

} // namespace unsingleton

#endif
