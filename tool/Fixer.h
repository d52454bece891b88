//===- Fixer.h - A plan that can be written ---------------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// plan, render, verify; take back what fails and plan again, until what is left
// can be written. Each round takes at least one singleton back, so it ends.
// Writes nothing.
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

/// \p S must outlive the result.
llvm::Expected<FixResult> planFix(const Session &S, const CommandLine &Line,
                                  Exclusions Excluded = {});

/// A state of the tree on the way to a fix.
struct FixStage {
  Plan Planned;
  std::vector<ChangedFile> Files;
  bool Stands = false; ///< it compiles, without a new warning
};

/// \p Proved: the last stage that stands, as verify() wants it.
llvm::Expected<FixStage> stageOf(const Session &S, const CommandLine &Line,
                                 const Lessons &Learnt, const Staging &Steps,
                                 const FileTexts &Proved);

} // namespace unsingleton

#endif
