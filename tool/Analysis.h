//===- Analysis.h - All units, in parallel -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_TOOL_ANALYSIS_H
#define UNSINGLETON_TOOL_ANALYSIS_H

#include "tool/store/FactStore.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace unsingleton {

/// Progress on standard error while it is a terminal. Thread-safe.
class Progress {
public:
  Progress(size_t Total, bool Wanted);
  ~Progress();
  void step(llvm::StringRef File);

private:
  struct State;
  std::unique_ptr<State> Mine;
};

/// Runs \p Do for each number below \p Count on \p Jobs threads (0: all cores),
/// with stacks deep enough for a parser.
void forEachInParallel(size_t Count, unsigned Jobs,
                       llvm::function_ref<void(size_t)> Do);

/// What extraction is given besides units and options. References outlive the
/// call.
struct ExtractionRun {
  const SourceTree &Tree;     ///< where files are read
  FactStore *Store = nullptr; ///< null: every unit is parsed
  unsigned Jobs = 0;
  bool UseLedger = true; ///< without it the store is not used either
  bool ShowProgress = false;
};

struct Extraction {
  std::vector<UnitFacts> Facts; ///< of all units, in their order
  size_t Parsed = 0;            ///< units that were
};

/// Facts of all units: from the store where it has them, else by parsing. Units
/// that relied on a body which nobody reads any more are parsed again.
Extraction extractAll(const std::vector<UnitCommand> &Units,
                      const ExtractOptions &Options, const ExtractionRun &Run);

} // namespace unsingleton

#endif
