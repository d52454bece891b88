//===- Accept.h - A run against its baseline --------------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What `check --baseline` does around compare(): it reads the file before the
// analysis begins, says what is stale and how to remove it, and removes it when
// told to. A run in which units failed, or that shows a part of the project
// alone, judges no entry stale: what it is about may be in what was not seen.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_TOOL_BASELINE_ACCEPT_H
#define UNSINGLETON_TOOL_BASELINE_ACCEPT_H

#include "tool/Commands.h"
#include "tool/baseline/Baseline.h"

namespace unsingleton {

/// What is accepted of \p S, were it accepted now.
Baseline baselineOf(const Session &S, const CommandLine &Line);

/// The file of --baseline; nothing without that option.
llvm::Expected<std::optional<Baseline>> givenBaseline(const CommandLine &Line);

/// Takes from \p Shown what \p Known holds, and changes the file as --prune and
/// --accept-configuration say. Without \p Known nothing happens.
llvm::Expected<BaselineOutcome>
applyBaseline(const std::optional<Baseline> &Known, const Session &S,
              const CommandLine &Line, std::vector<const Finding *> &Shown);

/// What is stale and what else makes the run fail, for people.
void reportBaseline(const CommandLine &Line, const BaselineOutcome &Outcome,
                    llvm::raw_ostream &OS);

} // namespace unsingleton

#endif
