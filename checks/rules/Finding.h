//===- Finding.h - What a rule reports, with its evidence -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_RULES_FINDING_H
#define UNSINGLETON_CHECKS_RULES_FINDING_H

#include "checks/program/Program.h"
#include <string>
#include <vector>

namespace unsingleton {

enum class Verdict : uint8_t {
  SharedMutable,
  ProcessResource,
  ConstAfterInit,
  Stateless,
  ProcessWide,
  PerContext,
  None, ///< no object is judged: the finding is about the text
};
enum class Severity : uint8_t { Low, Medium, High };

llvm::StringRef toString(Verdict V);
llvm::StringRef toString(Severity S);
/// Whether the verdict is reported without `--all`.
bool isReported(Verdict V);

/// One place that supports a finding, printed as a note.
struct Evidence {
  Span Where;
  std::string Text;
};

/// A step of the way on which a request reaches the state.
struct PathStep {
  SymbolIndex Function = NoSymbol;
  Span Where;
  std::string What; ///< "entry", "call", "accessor", "write"
};

struct Finding {
  std::string Rule;
  std::string Fingerprint;
  std::string Idiom;
  std::string Type;
  Verdict What = Verdict::SharedMutable;
  Severity Level = Severity::Medium;
  SymbolIndex Storage = NoSymbol;  ///< NoSymbol where no variable is at fault
  SymbolIndex Accessor = NoSymbol; ///< the one that stands for the family, or
                                   ///< NoSymbol where there is none
  Span StoragePlace;
  Span AccessorPlace;
  std::vector<SymbolIndex> Accessors;
  std::vector<SymbolIndex> Consumers; ///< functions that call an accessor
  std::vector<Evidence> Notes;
  std::vector<PathStep> Path;
  std::string Message;
  /// Whether `fix` takes it up: it migrates the singleton or says why not.
  bool Migrates = true;

  /// Where a person looks first: the accessor, else the storage.
  const Span &place() const {
    return AccessorPlace.valid() ? AccessorPlace : StoragePlace;
  }
  /// What stands there.
  SymbolIndex entity() const {
    return Accessor != NoSymbol ? Accessor : Storage;
  }
};

} // namespace unsingleton

#endif
