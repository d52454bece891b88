//===- RunRecord.h - What a run has done ------------------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The stages of a run, in their order, how long each took, and how many units
// were parsed. -v tells it as it comes; the statistics of JSON hold it. It
// differs from run to run, so that no other report does.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_TOOL_RUNRECORD_H
#define UNSINGLETON_TOOL_RUNRECORD_H

#include <optional>
#include <string>
#include <vector>

namespace unsingleton {

struct StageRecord {
  std::string Stage; ///< "link", "extract as of main"
  double Seconds = 0;
  /// Of an extraction: units that were parsed, and that the fact store had.
  struct Units {
    size_t Parsed = 0, Cached = 0;
  };
  std::optional<Units> Extracted;
};

using RunRecord = std::vector<StageRecord>;

} // namespace unsingleton

#endif
