//===- Compare.h - Findings against what was accepted -----------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Pure: the order of neither side matters. Where several findings share a
// fingerprint, those that are exactly as an entry says are taken for it first,
// then the gravest for the gravest, so that one more is reported as one more.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_TOOL_BASELINE_COMPARE_H
#define UNSINGLETON_TOOL_BASELINE_COMPARE_H

#include "tool/baseline/Baseline.h"

namespace unsingleton {

struct StaleEntry {
  BaselineEntry Of;
  std::string Why; ///< "it is gone", "used by 1 function, was 3"
};

/// Why a finding is to be reported. Both are empty where it is new.
struct Worsening {
  std::string What; ///< the gravest: "verdict", "severity" or "consumer"
  std::string Text; ///< all of it: "used by 3 functions, was 1"
  bool operator==(const Worsening &) const = default;
};

struct Comparison {
  /// By index of a finding: nothing where it is known and no worse.
  std::vector<std::optional<Worsening>> Reported;
  std::vector<StaleEntry> Stale; ///< sorted by entry
  /// The entries without what is stale: never more, and none is worse.
  std::vector<BaselineEntry> Pruned;
};

Comparison compare(const std::vector<BaselineEntry> &Accepted,
                   const std::vector<BaselineEntry> &Now);

} // namespace unsingleton

#endif
