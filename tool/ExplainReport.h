//===- ExplainReport.h - One finding, told whole -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_TOOL_EXPLAINREPORT_H
#define UNSINGLETON_TOOL_EXPLAINREPORT_H

#include "checks/rules/Dossier.h"
#include "tool/Report.h"

namespace unsingleton {

/// \p Dossiers: one for each of \p Input's findings, in their order.
void explainText(const ReportInput &Input, llvm::ArrayRef<Dossier> Dossiers,
                 llvm::raw_ostream &OS);

/// The JSON of `check` with an "explanation" in each finding.
llvm::json::Object explainJson(const ReportInput &Input,
                               llvm::ArrayRef<Dossier> Dossiers);

} // namespace unsingleton

#endif
