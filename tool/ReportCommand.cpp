//===- ReportCommand.cpp - unsingleton report -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Everything that the tool knows of a program in one file for a browser: the
// findings, what fix would do with each, and how their number went over time.
// Writes no source.
//
//===----------------------------------------------------------------------===//
#include "checks/rules/RequestEntry.h"
#include "tool/Commands.h"
#include "tool/Fixer.h"
#include "tool/WorkTree.h"
#include "tool/html/Page.h"
#include "tool/html/ReportData.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/raw_ostream.h"
#include <ctime>

using namespace llvm;

namespace unsingleton {

/// The command line as writing \p File wants it.
static CommandLine writing(const CommandLine &Line, const std::string &File) {
  CommandLine Result = Line;
  Result.OutputFile = File;
  return Result;
}

/// Before anything is parsed: whether what is asked for can be written.
static Error checkFiles(const CommandLine &Line) {
  if (Error E = checkOutput(writing(Line, Line.Html)))
    return E;
  if (Line.History.empty())
    return Error::success();
  if (Error E = checkOutput(writing(Line, Line.History)))
    return E;
  bool Same = false;
  if (!sys::fs::equivalent(Line.Html, Line.History, Same) && Same)
    return createStringError(inconvertibleErrorCode(),
                             "'--html' and '--history' name one file, '" +
                                 Line.Html + "'");
  return Error::success();
}

/// Now, or what SOURCE_DATE_EPOCH says, so that a report can be made again.
static Expected<std::string> today() {
  std::optional<std::string> Fixed = sys::Process::GetEnv("SOURCE_DATE_EPOCH");
  if (!Fixed || Fixed->empty())
    return dateText(std::time(nullptr));
  uint64_t Seconds = 0;
  // The year 9999 is the last that a date has room for.
  if (StringRef(*Fixed).getAsInteger(10, Seconds) || Seconds > 253402300799)
    return createStringError(inconvertibleErrorCode(),
                             "SOURCE_DATE_EPOCH is no number of seconds: '" +
                                 *Fixed + "'");
  return dateText(static_cast<int64_t>(Seconds));
}

/// This run's counts: of all that is reported, whatever part of it is shown, so
/// that the runs of a history can be compared.
static HistoryEntry countsOf(const Session &S, const FixResult &Fixed,
                             std::string Date) {
  HistoryEntry Run;
  Run.Date = std::move(Date);
  std::optional<std::string> Head = git(S.Of.Root, {"rev-parse", "HEAD"});
  std::optional<std::string> Status = git(
      S.Of.Root, {"status", "--porcelain", "--untracked-files=no", "--", "."});
  Run.Revision = Head ? StringRef(*Head).trim().str() : "";
  Run.Dirty = Status && !StringRef(*Status).trim().empty();
  for (const Finding &F : S.Findings) {
    if (!isReported(F.What))
      continue;
    ++Run.Findings;
    ++(F.Level == Severity::High     ? Run.High
       : F.Level == Severity::Medium ? Run.Medium
                                     : Run.Low);
  }
  for (const Migration &M : Fixed.Planned.Migrations)
    ++(M.refused()                              ? Run.Manual
       : M.Of->What == Verdict::ProcessResource ? Run.Unsafe
                                                : Run.Safe);
  Run.Units = S.Linked->units().size();
  Run.FailedUnits = failedUnits(*S.Linked);
  return Run;
}

static json::Object pageData(const Session &S, const CommandLine &Line,
                             const ReportInput &Input, const FixResult &Fixed,
                             const std::vector<HistoryEntry> &Runs) {
  json::Object Data = reportData(Input, Fixed, Runs);
  Data["project"] = json::fixUTF8(sys::path::filename(S.Of.Root));
  Data["date"] = Runs.back().Date;
  Data["revision"] = Runs.back().Revision;
  Data["dirty"] = Runs.back().Dirty;
  Data["kept"] = !Line.History.empty();
  // A misspelled entry would lower severities without a word.
  for (const std::string &Pattern : unmatchedEntries(*S.Linked, S.Of.Judging)) {
    std::string Text = "isolation.RequestEntry names '" + Pattern +
                       "', which no function matches";
    if (!Line.Quiet)
      errs() << "warning: " << Text << "\n";
    Data.getArray("notes")->push_back(json::fixUTF8(Text));
  }
  return Data;
}

Expected<int> runReport(const CommandLine &Line) {
  std::vector<HistoryEntry> Runs;
  if (Expected<std::vector<HistoryEntry>> Earlier = readHistory(Line.History))
    Runs = std::move(*Earlier);
  else
    return Earlier.takeError();
  if (Error E = checkFiles(Line))
    return std::move(E);
  Expected<std::string> Date = today();
  if (!Date)
    return Date.takeError();
  Expected<Session> S = analyse(Line);
  if (!S)
    return S.takeError();
  Expected<std::vector<const Finding *>> Shown = shownFindings(*S, Line);
  if (!Shown)
    return Shown.takeError();
  sortForReport(*S->Linked, *Shown);
  Verifier Checks = verifierOf(*S, Line);
  Expected<FixResult> Fixed = planFix(*S, Line, Checks);
  if (!Fixed)
    return Fixed.takeError();
  HistoryEntry Now = countsOf(*S, *Fixed, std::move(*Date));
  Runs.push_back(Now);
  ReportInput Input{*S->Linked, S->Of, *Shown, &Fixed->Planned};
  if (Error E = writeOutput(writing(Line, Line.Html),
                            pageWith(pageData(*S, Line, Input, *Fixed, Runs))))
    return std::move(E);
  if (!Line.History.empty())
    if (Error E = appendHistory(Line.History, Now))
      return std::move(E);
  reportFailedUnits(Input, errs());
  if (!Line.Quiet)
    errs() << "wrote " << counted(Shown->size(), "finding") << " to '"
           << Line.Html << "'; open it in a browser\n";
  if (Now.FailedUnits)
    return Incomplete;
  return Shown->empty() || Line.ExitZero ? NothingToReport : Findings;
}

} // namespace unsingleton
