//===- CheckCommand.cpp - unsingleton check -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/rules/RequestEntry.h"
#include "tool/Commands.h"
#include "tool/CompileDatabase.h"
#include "tool/StageClock.h"
#include "tool/UnseenCode.h"
#include "tool/Watch.h"
#include "tool/baseline/Accept.h"
#include "tool/report/Formats.h"
#include "tool/report/Statistics.h"
#include "tool/since/Since.h"
#include "tool/store/Shard.h"
#include "tool/store/UnitSource.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace unsingleton {

Expected<Session> openSession(const CommandLine &Line) {
  if (!Line.Facts.empty())
    return openShards(Line);
  Session S;
  Expected<std::vector<UnitCommand>> Units = readCompileDatabases(Line.Builds);
  if (!Units)
    return Units.takeError();
  S.Units = std::move(*Units);
  Expected<Project> Of = openProject(Line, S.Units);
  if (!Of)
    return Of.takeError();
  S.Of = std::move(*Of);
  return S;
}

void study(Session &S, const CommandLine &Line) {
  std::vector<UnitFacts> Facts = unitFacts(S, Line);
  {
    StageClock Clock("link", Line, S.Run);
    S.Linked = std::make_unique<Program>(
        Program::link(std::move(Facts), /*Whole=*/true));
  }
  StageClock Clock("decide", Line, S.Run);
  S.Findings = decide(*S.Linked, S.Of.Judging,
                      [&](StringRef Rule) { return S.Of.enabled(Rule); });
}

Expected<Session> analyse(const CommandLine &Line) {
  Expected<Session> S = openSession(Line);
  if (S)
    study(*S, Line);
  return S;
}

Expected<std::vector<const Finding *>> shownFindings(const Session &S,
                                                     const CommandLine &Line) {
  std::vector<std::string> Below;
  for (const std::string &Path : Line.Paths) {
    SmallString<256> Real;
    if (sys::fs::real_path(Path, Real))
      return createStringError(inconvertibleErrorCode(),
                               "no such file or folder: '" + Path + "'");
    Below.push_back(std::string(Real));
  }
  auto Inside = [&](const Span &Where) {
    StringRef File = S.Linked->file(Where.File).Path;
    return any_of(Below, [&](StringRef Path) {
      return File == Path || File.starts_with((Path + "/").str());
    });
  };
  std::vector<const Finding *> Result;
  for (const Finding &F : S.Since ? S.Since->News : S.Findings)
    if ((Line.All || isReported(F.What)) &&
        (Below.empty() || Inside(F.place()) ||
         (F.StoragePlace.valid() && Inside(F.StoragePlace))))
      Result.push_back(&F);
  return Result;
}

bool colours(const CommandLine &Line) {
  if (Line.Colour != Colours::Auto)
    return Line.Colour == Colours::Always;
  // no-color.org: any value but the empty one
  std::optional<std::string> Unwanted = sys::Process::GetEnv("NO_COLOR");
  return Line.OutputFile.empty() && (!Unwanted || Unwanted->empty()) &&
         sys::Process::StandardOutHasColors();
}

/// \p What, for the error: "the report", or a file's name in quotes.
static Error finish(raw_fd_ostream &Out, const Twine &What) {
  Out.flush();
  std::error_code Problem = Out.error();
  Out.clear_error();
  return Problem ? createStringError(Problem, "while writing " + What + ": " +
                                                  inSentence(Problem.message()))
                 : Error::success();
}

static Error writeFile(const std::string &Path, StringRef Text,
                       sys::fs::OpenFlags Flags = sys::fs::OF_None) {
  std::error_code EC;
  raw_fd_ostream Out(Path, EC, Flags);
  if (EC)
    return createStringError(EC, "while writing '" + Path +
                                     "': " + inSentence(EC.message()));
  Out << Text;
  return finish(Out, "'" + Path + "'");
}

Error writeOutput(const CommandLine &Line, StringRef Text) {
  if (!Line.OutputFile.empty())
    return writeFile(Line.OutputFile, Text);
  outs() << Text;
  return finish(outs(), "the report");
}

Error checkOutput(const CommandLine &Line) {
  std::vector<std::string> Files;
  if (!Line.OutputFile.empty())
    Files.push_back(Line.OutputFile);
  for (const ExtraReport &Extra : Line.Extra)
    Files.push_back(Extra.File);
  for (const std::string &File : Files)
    if (Error E = writeFile(File, "", sys::fs::OF_Append))
      return E;
  return Error::success();
}

std::string counted(size_t Count, StringRef Thing) {
  return (Twine(Count) + " " + Thing + (Count == 1 ? "" : "s")).str();
}

/// The reports that \p Line asks for, each where it belongs.
static Error writeReports(const CommandLine &Line, ReportInput Input) {
  for (const ExtraReport &Extra : Line.Extra) {
    std::string Text;
    raw_string_ostream OS(Text);
    Input.Snippets = Line.Snippets.value_or(false);
    writeReport(Extra.As, Input, OS);
    if (Error E = writeFile(Extra.File, Text))
      return E;
  }
  std::string Text;
  raw_string_ostream OS(Text);
  OS.enable_colors(colours(Line));
  Input.Snippets = Line.Snippets.value_or(
      Line.OutputFile.empty() && sys::Process::StandardOutIsDisplayed());
  writeReport(Line.Output, Input, OS);
  if (Line.Statistics && Line.Output == Format::Text)
    statisticsText(count(Input), OS);
  if (Error E = writeOutput(Line, Text))
    return E;
  bool Holds = Line.Output == Format::Text || Line.Output == Format::Json ||
               Line.Output == Format::Sarif;
  if (Line.Statistics && !Holds)
    statisticsText(count(Input), errs());
  return Line.Output == Format::GitHub ? writeStepSummary(Input)
                                       : Error::success();
}

/// \p Files: receives what the result depends on.
static Expected<int> checkOnce(const CommandLine &Line,
                               std::set<std::string> &Files) {
  Expected<std::optional<Baseline>> Known = givenBaseline(Line);
  if (!Known)
    return Known.takeError();
  Expected<Session> S = analyse(Line);
  if (!S)
    return S.takeError();
  if (Line.Watch)
    Files = watchedFiles(*S, Line);
  if (!Line.Since.empty()) {
    Expected<SinceResult> Since = studySince(*S, Line);
    if (!Since)
      return Since.takeError();
    S->Since = std::make_shared<SinceResult>(std::move(*Since));
  }
  Expected<std::vector<const Finding *>> Shown = shownFindings(*S, Line);
  if (!Shown)
    return Shown.takeError();
  Expected<BaselineOutcome> Accepted = applyBaseline(*Known, *S, Line, *Shown);
  if (!Accepted)
    return Accepted.takeError();
  Plan Planned = [&] {
    StageClock Clock("plan", Line, S->Run);
    return planWithin(*S);
  }();
  ReportInput Input{*S->Linked, S->Of, *Shown, &Planned};
  Input.Statistics = Line.Statistics;
  Input.Run = &S->Run;
  Input.Since = S->Since.get();
  Input.Accepted = *Known ? &*Accepted : nullptr;
  if (Error E = writeReports(Line, Input))
    return std::move(E);
  reportFailedUnits(Input, errs());
  if (S->Since)
    reportSince(*S->Since, S->Of, errs());
  // A misspelled entry would lower severities without a word.
  if (!Line.Quiet)
    for (const std::string &Pattern :
         unmatchedEntries(*S->Linked, S->Of.Judging))
      errs() << "warning: isolation.RequestEntry names '" << Pattern
             << "', which no function matches\n";
  size_t Failed = failedUnits(*S->Linked);
  if (!Line.Quiet && Line.Output == Format::Text)
    errs() << counted(Shown->size(), S->Since ? "new finding" : "finding")
           << " in " << counted(S->Linked->units().size() - Failed, "unit")
           << (Failed ? ", " + counted(Failed, "unit") + " not analysed" : "")
           << (*Known ? "; " + std::to_string(Accepted->Known) + " known" : "")
           << "\n";
  reportBaseline(Line, *Accepted, errs());
  if (Failed || (S->Since && !S->Since->complete()))
    return Incomplete;
  bool Fine = Shown->empty() && Accepted->Problems.empty();
  return Fine || Line.ExitZero ? NothingToReport : Findings;
}

Expected<int> runCheck(const CommandLine &Line) {
  if (Error E = checkOutput(Line))
    return std::move(E);
  auto Once = [&](std::set<std::string> &Files) {
    return checkOnce(Line, Files);
  };
  if (Line.Watch)
    return watch(Once);
  std::set<std::string> Files;
  return Once(Files);
}

} // namespace unsingleton
