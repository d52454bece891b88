//===- UserCheck.h - The user's own check of a fix --------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// --verify-command: the files are written, the command is run, and where it
// fails they are restored and parts of the fix are tried, by halves, until it
// is known which singletons the command does not pass with. What it passes with
// stays. For f such singletons of n, that is about f * log2(n) runs.
//
// A run that is killed meanwhile leaves a journal that the next one takes back.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_TOOL_USERCHECK_H
#define UNSINGLETON_TOOL_USERCHECK_H

#include "tool/Fixer.h"

namespace unsingleton {

/// Writes of \p Whole what Line.VerifyCommand passes with; returns what was
/// written. The singletons that it failed with are refused (verify-command) and
/// rolled back. An error if it fails without the fix too.
llvm::Expected<FixResult> applyChecked(const Session &S,
                                       const CommandLine &Line,
                                       Verifier &Checks, FixResult Whole);

} // namespace unsingleton

#endif
