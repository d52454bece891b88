//===- PlanReport.h - What plan tells of a fix -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_TOOL_PLANREPORT_H
#define UNSINGLETON_TOOL_PLANREPORT_H

#include "tool/Report.h"

namespace unsingleton {

/// For each singleton what will be touched and why, or what stands in the way;
/// then the frontiers, by how many singletons each one blocks.
void planText(const ReportInput &Input, llvm::raw_ostream &OS, bool Verified);
void planJson(const ReportInput &Input, llvm::raw_ostream &OS);
/// What planJson says of one singleton.
llvm::json::Object migrationJson(const ReportInput &Input, const Migration &M);

} // namespace unsingleton

#endif
