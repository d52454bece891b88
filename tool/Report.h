//===- Report.h - What the user is shown -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_TOOL_REPORT_H
#define UNSINGLETON_TOOL_REPORT_H

#include "fixits/Plan.h"
#include "tool/Project.h"
#include "tool/RunRecord.h"
#include "llvm/Support/JSON.h"
#include <map>

namespace unsingleton {

struct SinceResult;

/// Why a finding is shown where something was accepted before.
struct Change {
  bool Worse = false; ///< known, and now worse; else it is new
  std::string Text;   ///< of a worse one: "used by 3 functions, was 1"
  std::string New;    ///< what is new, a word of tool/since/News.h
};

/// What --baseline makes of a run.
struct BaselineOutcome {
  std::map<const Finding *, Change> Changes; ///< of what is to be reported
  size_t Known = 0;                          ///< accepted, and no worse
  /// Entries of which less is left than was accepted.
  struct Stale {
    std::string Rule, Name, Fingerprint, Why;
  };
  std::vector<Stale> Entries;
  /// What makes the run fail besides findings, as sentences for people: they
  /// say what to do.
  std::vector<std::string> Problems;
  std::vector<std::string> Notes; ///< what was done, or left undone
};

/// Everything a report may say. References outlive the call.
struct ReportInput {
  const Program &Linked;
  const Project &Of;
  const std::vector<const Finding *> &Shown;
  /// What fix would do with each finding; null where that was not asked.
  const Plan *Planned = nullptr;
  /// What --since compared; null without it.
  const SinceResult *Since = nullptr;
  /// Null where nothing was accepted before.
  const BaselineOutcome *Accepted = nullptr;
  bool Statistics = false; ///< counts were asked for
  /// What the run did, for the statistics; null where nobody kept it.
  const RunRecord *Run = nullptr;
  bool Snippets = false; ///< text shows the lines of source
  size_t ByHand = 0;     ///< see changedByHand()
};

/// How many of \p All are variables that requests share and no function hands
/// out, which fix does not take up: who reads what it did is to know of them.
size_t changedByHand(const std::vector<Finding> &All);
/// A line about them behind \p Mark, if there are any.
void byHandText(const ReportInput &Input, llvm::StringRef Mark,
                llvm::raw_ostream &OS);

inline const Change *changeOf(const ReportInput &Input, const Finding &F) {
  if (!Input.Accepted)
    return nullptr;
  auto At = Input.Accepted->Changes.find(&F);
  return At == Input.Accepted->Changes.end() ? nullptr : &At->second;
}

/// What fix would do with \p F itself: another finding may have its
/// fingerprint.
const Migration *plannedFor(const ReportInput &Input, const Finding &F);

/// The text report: locations, messages, rules and notes as clang prints them.
void reportText(const ReportInput &Input, llvm::raw_ostream &OS);

/// The units part of a text report: which failed, and why.
void reportFailedUnits(const ReportInput &Input, llvm::raw_ostream &OS);

/// The JSON of `check`, as a value that `fix` adds to.
llvm::json::Object reportJson(const ReportInput &Input);

llvm::json::Object toJson(const ReportInput &Input, const Refusal &R);
/// As lines, each begun with \p Indent.
void refusalText(const ReportInput &Input, const Refusal &R,
                 llvm::StringRef Indent, llvm::raw_ostream &OS);
/// {"file", "line", "column"}; empty where there is no place.
llvm::json::Object placeJson(const ReportInput &Input, const Span &Where);
llvm::json::Array pathJson(const ReportInput &Input,
                           const std::vector<PathStep> &Path);

/// `file:line:column` as reports show it.
std::string shownPlace(const ReportInput &Input, const Span &Where);

size_t failedUnits(const Program &P);

/// "1 unit", "2 units".
std::string counted(size_t Count, llvm::StringRef Thing);

} // namespace unsingleton

#endif
