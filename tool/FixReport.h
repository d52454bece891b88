//===- FixReport.h - What fix did -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_TOOL_FIXREPORT_H
#define UNSINGLETON_TOOL_FIXREPORT_H

#include "fixits/Render.h"
#include "tool/Report.h"

namespace unsingleton {

struct FixResult {
  Plan Planned; ///< the last one: what is refused in it is not migrated
  std::vector<ChangedFile> Files;
  size_t UnitsVerified = 0;
  std::set<std::string> RolledBack; ///< fingerprints taken back by verification
  Lessons Learnt;                   ///< by which it was planned
};

void fixText(const ReportInput &Input, const FixResult &Result,
             const CommandLine &Line, llvm::raw_ostream &OS);
void fixJson(const ReportInput &Input, const FixResult &Result,
             llvm::raw_ostream &OS);

} // namespace unsingleton

#endif
