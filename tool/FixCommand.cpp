//===- FixCommand.cpp - unsingleton fix -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Plans what can be written (Fixer.h), and writes it (Apply.h).
//
//===----------------------------------------------------------------------===//
#include "tool/Apply.h"
#include "tool/Commands.h"
#include "tool/Fixer.h"
#include "tool/StageClock.h"
#include "tool/UserCheck.h"
#include "tool/WaysOut.h"
#include "tool/WorkTree.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace unsingleton {

/// Before anything is parsed: what an interrupted fix has left is no program of
/// the user's.
static Error prepareTree(const Session &S, const CommandLine &Line) {
  if (!Line.inPlace()) {
    Expected<std::optional<Journal>> Last = lastJournal(S.Of.Root);
    if (!Last)
      return Last.takeError();
    if (*Last && (*Last)->Now != Journal::State::Done)
      return createStringError(inconvertibleErrorCode(),
                               "a fix was interrupted in '" + S.Of.Root +
                                   "'; run 'unsingleton undo' first");
    return Error::success();
  }
  Expected<size_t> Restored = recover(S.Of.Root);
  if (!Restored)
    return Restored.takeError();
  if (*Restored)
    errs() << "took back an interrupted fix of " << counted(*Restored, "file")
           << "\n";
  return Line.AllowDirty ? Error::success() : checkClean(S.Of.Root);
}

/// Writes what was planned, or a part of it that the user's check passes with.
static Expected<FixResult> write(const Session &S, const CommandLine &Line,
                                 Verifier &Checks, FixResult Result) {
  if (!Line.inPlace() || Result.Files.empty())
    return std::move(Result);
  if (!Line.VerifyCommand.empty())
    return applyChecked(S, Line, Checks, std::move(Result));
  RunRecord Times;
  StageClock Clock("write", Line, Times);
  Expected<Journal> Applied = applyFiles(S.Of.Root, Result.Files);
  if (!Applied)
    return Applied.takeError();
  if (Error E = commit(*Applied))
    return std::move(E);
  return std::move(Result);
}

static Error report(const Session &S, const CommandLine &Line,
                    const FixResult &Result) {
  std::vector<const Finding *> Shown;
  for (const Migration &M : Result.Planned.Migrations)
    Shown.push_back(M.Of);
  ReportInput Input{*S.Linked, S.Of, Shown, &Result.Planned};
  if (Line.Only.empty())
    Input.ByHand = changedByHand(S.Findings);
  std::string Text;
  raw_string_ostream OS(Text);
  OS.enable_colors(colours(Line));
  if (Line.Output == Format::Json)
    fixJson(Input, Result, OS);
  else
    fixText(Input, Result, Line, OS);
  if (Error E = writeOutput(Line, Text))
    return E;
  reportFailedUnits(Input, errs());
  return Error::success();
}

Expected<int> runFix(const CommandLine &Line) {
  if (Error E = checkOutput(Line))
    return std::move(E);
  if (Error E = checkWaysOut(Line))
    return std::move(E);
  Expected<Session> S = openSession(Line);
  if (!S)
    return S.takeError();
  std::optional<WorkLock> Lock;
  if (Line.inPlace()) {
    Expected<WorkLock> Taken = WorkLock::take(S->Of.Root);
    if (!Taken)
      return Taken.takeError();
    Lock.emplace(std::move(*Taken));
  }
  if (Error E = prepareTree(*S, Line))
    return std::move(E);
  study(*S, Line);
  if (Error E = checkOnly(*S, Line))
    return std::move(E);
  Verifier Checks = verifierOf(*S, Line);
  Expected<FixResult> Planned = planFix(*S, Line, Checks);
  if (!Planned)
    return Planned.takeError();
  Expected<FixResult> Result = write(*S, Line, Checks, std::move(*Planned));
  if (!Result)
    return Result.takeError();
  if (Error E = takeWayOut(*S, Line, Checks, *Result))
    return std::move(E);
  if (Error E = report(*S, Line, *Result))
    return std::move(E);
  if (failedUnits(*S->Linked))
    return Incomplete;
  bool Refused = any_of(Result->Planned.Migrations,
                        [](const Migration &M) { return M.refused(); });
  return Refused && !Line.ExitZero ? Findings : NothingToReport;
}

} // namespace unsingleton
