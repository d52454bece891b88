//===- WaysOut.h - A fix as something else than changed files ---*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// For those who want to read, split or apply a fix by their own means. None of
// them touches the project's files; each gives the bytes that fixing in place
// would give.
//
//   --patch FILE         one diff, for `git apply` or `patch -p1`
//   --export-fixes DIR   YAML for clang-apply-replacements: one file for each
//                        that changes, so that a header is edited once
//   --series DIR         patches for `git am`, see Series.h
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_TOOL_WAYSOUT_H
#define UNSINGLETON_TOOL_WAYSOUT_H

#include "tool/Fixer.h"

namespace unsingleton {

/// Whether the paths that the command line names can be written to: found out
/// before anything is parsed.
llvm::Error checkWaysOut(const CommandLine &Line);

/// Writes \p Result by the way that the command line names, if it names one.
llvm::Error takeWayOut(const Session &S, const CommandLine &Line,
                       Verifier &Checks, const FixResult &Result);

} // namespace unsingleton

#endif
