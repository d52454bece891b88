//===- PlanCommand.cpp - unsingleton plan -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What fix would do, told without doing it; verified only for clang-tidy to do.
//
//===----------------------------------------------------------------------===//
#include "fixits/PlanFile.h"
#include "tool/Commands.h"
#include "tool/DurableFile.h"
#include "tool/Fixer.h"
#include "tool/PlanReport.h"
#include "tool/UnifiedDiff.h"
#include "tool/UnseenCode.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace unsingleton {

Error checkOnly(const Session &S, const CommandLine &Line) {
  auto Selected = [&](const std::string &Pattern) {
    return find_if(S.Findings, [&](const Finding &F) {
      return selects(*S.Linked, Pattern, F);
    });
  };
  for (const std::string &Pattern : Line.Only) {
    if (Selected(Pattern) != S.Findings.end())
      continue;
    auto Qualified = Selected("*::" + Pattern);
    return createStringError(
        inconvertibleErrorCode(),
        "no finding matches '--only=" + Pattern + "'" +
            (Qualified == S.Findings.end()
                 ? ""
                 : "; did you mean '" + S.Linked->name(Qualified->entity()) +
                       "'?"));
  }
  return Error::success();
}

/// A plan that is to be applied by others is verified as a fix is.
static Expected<Plan> make(const Session &S, const CommandLine &Line) {
  if (Line.PlanFile.empty())
    return planWithin(S, Line.IgnoreUnseen);
  Verifier Checks = verifierOf(S, Line);
  Expected<FixResult> Result = planFix(S, Line, Checks);
  if (!Result)
    return Result.takeError();
  std::vector<PlannedFile> Files;
  for (const ChangedFile &File : Result->Files)
    Files.push_back({File.Path, planDigest(File.Before),
                     changedLines(File.Before, File.After)});
  Expected<std::string> Text = planFileText(S.Of.Root, Files);
  if (!Text)
    return Text.takeError();
  if (Error E = writeBytes(Line.PlanFile, *Text))
    return std::move(E);
  return std::move(Result->Planned);
}

Expected<int> runPlan(const CommandLine &Line) {
  if (Error E = checkOutput(Line))
    return std::move(E);
  // Found out before anything is parsed.
  if (!Line.PlanFile.empty())
    if (Error E = writeBytes(Line.PlanFile, ""))
      return std::move(E);
  Expected<Session> S = analyse(Line);
  if (!S)
    return S.takeError();
  if (Error E = checkOnly(*S, Line))
    return std::move(E);
  Expected<Plan> Made = make(*S, Line);
  if (!Made)
    return Made.takeError();
  Plan &Planned = *Made;
  std::vector<const Finding *> Shown;
  for (const Migration &M : Planned.Migrations)
    Shown.push_back(M.Of);
  ReportInput Input{*S->Linked, S->Of, Shown, &Planned};
  if (Line.Only.empty())
    Input.ByHand = changedByHand(S->Findings);
  std::string Text;
  raw_string_ostream OS(Text);
  OS.enable_colors(colours(Line));
  Line.Output == Format::Json ? planJson(Input, OS)
                              : planText(Input, OS, !Line.PlanFile.empty());
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
