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
  SymbolIndex Storage = NoSymbol;
  SymbolIndex Accessor = NoSymbol; ///< the one that stands for the family
  Span StoragePlace;
  Span AccessorPlace;
  std::vector<SymbolIndex> Accessors;
  std::vector<SymbolIndex> Consumers; ///< functions that call an accessor
  std::vector<Evidence> Notes;
  std::vector<PathStep> Path;
  std::string Message;
};

} // namespace unsingleton

#endif
