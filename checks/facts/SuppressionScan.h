//===- SuppressionScan.h - NOLINT comments of a file ------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Reads directives as clang-tidy does, from the bytes of a file, comments or
// not:
//
//     int a; // NOLINT(isolation-mutable-global): set once, before any thread
//     // NOLINTNEXTLINE(isolation-*)
//     // NOLINTBEGIN(isolation-monostate) … NOLINTEND(isolation-monostate)
//
// A list that is not closed on its line counts as none, which means all checks;
// an empty one means no check. A block is closed by the next end with the very
// list of the innermost open one; anything else stands alone and covers
// nothing.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_FACTS_SUPPRESSIONSCAN_H
#define UNSINGLETON_CHECKS_FACTS_SUPPRESSIONSCAN_H

#include "checks/facts/Facts.h"
#include "llvm/ADT/StringRef.h"
#include <vector>

namespace unsingleton {

/// Adds the directives of \p File, whose bytes are \p Text, to \p Out.
void scanSuppressions(llvm::StringRef Text, FileIndex File,
                      std::vector<SuppressionFact> &Out);

} // namespace unsingleton

#endif
