//===- Series.h - A fix as patches that build one by one --------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// --series DIR: patches for `git am`, one stage of one singleton each (see
// Stages.h), so that each can be reviewed, merged and reverted by itself.
//
//   0001-add.patch      0002-thread.patch   0003-switch.patch
//   0004-migrate.patch  0005-add.patch      ...
//
// Every patch has been verified: the tree with it and those before it compiles
// and brings no new warning. A stage that does not by itself shares a patch
// with the next one; one that changes nothing has none. Singletons that only
// migrate together share theirs.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_TOOL_SERIES_H
#define UNSINGLETON_TOOL_SERIES_H

#include "tool/Fixer.h"

namespace unsingleton {

/// Writes \p Whole to the folder that the command line names.
llvm::Error writeSeries(const Session &S, const CommandLine &Line,
                        Verifier &Checks, const FixResult &Whole);

/// `0001-REST`, so that a folder's listing has its files in their order.
std::string numbered(size_t Number, llvm::StringRef Rest);

} // namespace unsingleton

#endif
