//===- Analysis.h - All units, in parallel -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_TOOL_ANALYSIS_H
#define UNSINGLETON_TOOL_ANALYSIS_H

#include "checks/facts/Extract.h"
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

/// Facts of all units, in their order. Units that relied on a body that a
/// failed unit had claimed are read again.
std::vector<UnitFacts> extractAll(const std::vector<UnitCommand> &Units,
                                  const ExtractOptions &Options, unsigned Jobs,
                                  bool UseLedger, bool ShowProgress);

} // namespace unsingleton

#endif
