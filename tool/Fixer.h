//===- Fixer.h - A plan that can be written ---------------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// plan, render, verify; take back what fails and plan again, until what is left
// can be written. Each round takes at least one singleton back, so it ends.
// Writes nothing. What verification has learnt of a unit it keeps: give every
// attempt of one run the same Verifier.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_TOOL_FIXER_H
#define UNSINGLETON_TOOL_FIXER_H

#include "fixits/Stages.h"
#include "tool/Commands.h"
#include "tool/FixReport.h"
#include "tool/Verify.h"

namespace unsingleton {

/// Findings (by index) that are not to be migrated, and why.
using Exclusions = std::map<unsigned, Refusal>;

/// One for the program of \p S, which must outlive it.
Verifier verifierOf(const Session &S, const CommandLine &Line);

/// \p S must outlive the result.
llvm::Expected<FixResult> planFix(const Session &S, const CommandLine &Line,
                                  Verifier &Checks, Exclusions Excluded = {});

/// A state of the tree on the way to a fix.
struct FixStage {
  Plan Planned;
  std::vector<ChangedFile> Files;
  bool Stands = false; ///< it compiles, without a new warning
};

llvm::Expected<FixStage> stageOf(const Session &S, Verifier &Checks,
                                 const Lessons &Learnt, const Staging &Steps);

} // namespace unsingleton

#endif
