//===- Formats.h - The formats of a report ----------------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What lives in this folder: one file a format, each a function from a
// ReportInput (tool/Report.h) to text; and what formats share.
//
//   Text.cpp        for a person: diagnostics as clang prints them
//   Json.cpp        for a program: the contract of docs/design.md
//   Sarif.cpp       SARIF 2.1.0, as GitHub reads it
//   GitHub.cpp      workflow commands and the step summary of GitHub Actions
//   GitLab.cpp      GitLab's Code Quality
//   Checkstyle.cpp  Jenkins and many others
//   JUnit.cpp       where only tests are shown
//
//   Printable       escaping of what nobody vetted
//   SourceText      lines of the sources; LineHash: GitHub's hash of one
//   Statistics      counts of findings
//
// A new format adds its file here, its row in Formats.def and its test.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_TOOL_REPORT_FORMATS_H
#define UNSINGLETON_TOOL_REPORT_FORMATS_H

#include "tool/Report.h"

namespace unsingleton {

#define FORMAT(ENUMERATOR, NAME, FUNCTION, SUMMARY)                            \
  void FUNCTION(const ReportInput &Input, llvm::raw_ostream &OS);
#include "tool/report/Formats.def"
#undef FORMAT

/// What `check` found, in the format \p As.
void writeReport(Format As, const ReportInput &Input, llvm::raw_ostream &OS);

/// Appends to the file that $GITHUB_STEP_SUMMARY names; without it nothing.
/// Only GitHub's format has such a second output.
llvm::Error writeStepSummary(const ReportInput &Input);

/// The shown findings' fingerprints, told apart where several are the same
/// (entities of one name in several files): "F", "F-2".
std::vector<std::string> distinctFingerprints(const ReportInput &Input);

/// Indices of the shown findings: high, medium, low, by place in each.
std::vector<size_t> gravestFirst(const ReportInput &Input);

/// What was to be analysed and was not: a unit that does not parse or, with
/// --since, a change that no unit shows.
struct Gap {
  std::string Subject; ///< the unit or the changed file, as reports show it
  std::string File;    ///< where to look: an absolute path
  uint32_t Line = 0;   ///< 0 where only the file is known
  uint32_t Column = 0;
  std::string Why;
  std::string Sentence; ///< the subject and why
};
std::vector<Gap> gapsOf(const ReportInput &Input);

/// What SARIF's readers take. GitHub refuses more results, or more bytes once
/// compressed.
struct SarifLimits {
  size_t Results = 25000;
  size_t Bytes = 10'000'000;
  size_t Places = 1000; ///< related locations of one result
};
void reportSarif(const ReportInput &Input, const SarifLimits &Limits,
                 llvm::StringRef Homepage, llvm::raw_ostream &OS);

} // namespace unsingleton

#endif
