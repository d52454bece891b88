//===- Statistics.h - How many findings of what -----------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_TOOL_REPORT_STATISTICS_H
#define UNSINGLETON_TOOL_REPORT_STATISTICS_H

#include "tool/Report.h"

namespace unsingleton {

/// Counts of the shown findings. What a count of zero would say is left out.
struct Statistics {
  std::map<std::string, size_t> Rules;
  std::map<std::string, size_t> Verdicts;
  /// By Severity, the highest first.
  std::vector<std::pair<std::string, size_t>> Severities;
  /// By code: findings that `fix` refuses for it, each counted once.
  std::map<std::string, size_t> Refusals;
};

Statistics count(const ReportInput &Input);

llvm::json::Object toJson(const Statistics &Counts);
/// Units parsed and from the store, in all, and the stages.
llvm::json::Object toJson(const RunRecord &Run);
void statisticsText(const Statistics &Counts, llvm::raw_ostream &OS);

} // namespace unsingleton

#endif
