//===- History.h - Counts of earlier runs -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What a burn-down is drawn from: one run a line, in JSON, appended and never
// changed. The file is meant to be kept (by CI's cache, or checked in) and to
// be read by others:
//
//   {"version":1,"date":"2026-11-25T09:17:21Z","revision":"8e1c…","dirty":false,
//    "findings":12,"severity":{"high":3,"medium":7,"low":2},
//    "fix":{"safe":4,"unsafe":1,"manual":7},
//    "units":{"total":90,"failed":0},"tool":"unsingleton 0.1.0"}
//
// `date`, `findings` and `severity` must be there; fields that are not known
// are ignored. A line that cannot be read is an error that names it: dropping
// it would lose a run, guessing would draw a wrong one.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_TOOL_HTML_HISTORY_H
#define UNSINGLETON_TOOL_HTML_HISTORY_H

#include "llvm/Support/Error.h"
#include "llvm/Support/JSON.h"
#include <string>
#include <vector>

namespace unsingleton {

struct HistoryEntry {
  std::string Date;     ///< UTC, as in ISO 8601: 2026-11-25T09:17:21Z
  std::string Revision; ///< empty without git
  bool Dirty = false;   ///< with uncommitted changes
  uint64_t Findings = 0;
  uint64_t High = 0, Medium = 0, Low = 0;
  uint64_t Safe = 0, Unsafe = 0, Manual = 0; ///< what fix would do
  uint64_t Units = 0, FailedUnits = 0;
};

llvm::json::Object toJson(const HistoryEntry &E);

/// The lines of \p Text, which is called \p Path in errors.
llvm::Expected<std::vector<HistoryEntry>> parseHistory(llvm::StringRef Path,
                                                       llvm::StringRef Text);

/// In the file's order. A file that does not exist yet holds no run.
llvm::Expected<std::vector<HistoryEntry>> readHistory(const std::string &Path);

/// Adds one line, under the file's lock: two runs that end at once both get
/// their line. What is there stays byte for byte.
llvm::Error appendHistory(const std::string &Path, const HistoryEntry &E);

/// \p Seconds since 1970 as Date holds it.
std::string dateText(int64_t Seconds);

} // namespace unsingleton

#endif
