//===- PlanCommand.cpp - unsingleton plan -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What fix would do, told without doing or verifying it.
//
//===----------------------------------------------------------------------===//
#include "tool/Commands.h"
#include "tool/PlanReport.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace unsingleton {

Error checkOnly(const Session &S, const CommandLine &Line) {
  for (const std::string &Pattern : Line.Only)
    if (none_of(S.Findings, [&](const Finding &F) {
          return selects(*S.Linked, Pattern, F);
        }))
      return createStringError(inconvertibleErrorCode(),
                               "no finding matches '--only=" + Pattern + "'");
  return Error::success();
}

Expected<int> runPlan(const CommandLine &Line) {
  if (Error E = checkOutput(Line))
    return std::move(E);
  Expected<Session> S = analyse(Line);
  if (!S)
    return S.takeError();
  if (Error E = checkOnly(*S, Line))
    return std::move(E);
  Plan Planned = plan(*S->Linked, S->Findings, S->Of.Fixing);
  std::vector<const Finding *> Shown;
  for (const Migration &M : Planned.Migrations)
    Shown.push_back(M.Of);
  ReportInput Input{*S->Linked, S->Of, Shown, &Planned};
  std::string Text;
  raw_string_ostream OS(Text);
  OS.enable_colors(colours(Line));
  Line.Output == Format::Json ? planJson(Input, OS) : planText(Input, OS);
  if (Error E = writeOutput(Line, Text))
    return std::move(E);
  reportFailedUnits(Input, errs());
  if (failedUnits(*S->Linked))
    return Incomplete;
  bool Refused = any_of(Planned.Migrations,
                        [](const Migration &M) { return M.refused(); });
  return Refused && !Line.ExitZero ? Findings : NothingToReport;
}

} // namespace unsingleton
