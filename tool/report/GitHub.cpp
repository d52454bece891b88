//===- GitHub.cpp - Findings in a GitHub workflow ---------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Workflow commands, one a line, which the runner turns into annotations, and
// a table for the step's summary. Neither needs a token, so both work for pull
// requests from forks. GitHub shows ten annotations of a kind for each step:
// the gravest findings come first, and the summary has all.
//
// The runner obeys any line that begins with "::", so that a line break in a
// name must not reach it: messages escape '%', CR and LF as the runner
// unescapes them, properties ':' and ',' too.
//
//===----------------------------------------------------------------------===//
#include "checks/rules/RequestPath.h"
#include "tool/report/Formats.h"
#include "tool/report/Printable.h"
#include "tool/since/Since.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace unsingleton {

static std::string escaped(StringRef Text, StringRef Characters) {
  std::string Result;
  for (char C : Text)
    if (Characters.contains(C))
      Result += "%" + utohexstr(static_cast<uint8_t>(C), false, 2);
    else
      Result += C;
  return Result;
}
static std::string message(StringRef Text) { return escaped(Text, "%\r\n"); }
static std::string property(StringRef Text) {
  // A line break is part of a path like any other character; what else a
  // terminal would obey is shown, and the runner finds no such file.
  std::string Result;
  for (StringRef Line : split(Text, '\n'))
    Result += (Result.empty() ? "" : "\n") + printable(Line);
  return escaped(Result, "%\r\n:,");
}

static void annotation(const ReportInput &Input, const Finding &F,
                       raw_ostream &OS) {
  const Span &Where = F.place();
  StringRef Command = F.Level == Severity::High     ? "error"
                      : F.Level == Severity::Medium ? "warning"
                                                    : "notice";
  std::string Message = printable(F.Message);
  for (const Evidence &Note : F.Notes)
    Message += "\n" +
               (Note.Where.valid() ? shownPlace(Input, Note.Where) + ": "
                                   : std::string()) +
               printable(Note.Text);
  for (const PathStep &Step : F.Path)
    Message +=
        "\n" + shownPlace(Input, Step.Where) + ": " + printable(textOf(Step));
  OS << "::" << Command
     << " file=" << property(Input.Of.shown(Input.Linked.file(Where.File).Path))
     << ",line=" << Where.Line << ",col=" << Where.Column
     << ",title=" << property(F.Rule) << "::" << message(Message) << "\n";
}

void reportGitHub(const ReportInput &Input, raw_ostream &OS) {
  for (size_t I : gravestFirst(Input))
    annotation(Input, *Input.Shown[I], OS);
  for (const Gap &Missing : gapsOf(Input)) {
    OS << "::error file=" << property(Input.Of.shown(Missing.File));
    if (Missing.Line)
      OS << ",line=" << Missing.Line << ",col=" << Missing.Column;
    OS << ",title=not analysed::" << message(printable(Missing.Sentence))
       << "\n";
  }
  if (Input.Accepted)
    for (const std::string &Problem : Input.Accepted->Problems)
      OS << "::error title=baseline::" << message(printable(Problem)) << "\n";
}

/// \p Text in Markdown: nothing in it is a mark, a tag or the end of a cell.
static std::string markdown(StringRef Text) {
  std::string Result;
  for (char C : printable(Text))
    if (isPrint(C) && !isAlnum(C) && !StringRef(" /.,:;-'()").contains(C))
      Result += "&#" + std::to_string(static_cast<int>(C)) + ";";
    else
      Result += C;
  return Result;
}

static std::string problems(const ReportInput &Input) {
  std::string Text;
  if (Input.Accepted)
    for (const std::string &Problem : Input.Accepted->Problems)
      Text += markdown(Problem) + "\n\n";
  return Text;
}

/// What was not analysed, of which a few are named.
static std::string gaps(const ReportInput &Input) {
  constexpr size_t Most = 20;
  std::vector<Gap> Gaps = gapsOf(Input);
  std::string Text;
  for (size_t I = 0; I < std::min(Gaps.size(), Most); ++I)
    Text += "- " + markdown(Gaps[I].Sentence) + "\n";
  if (Gaps.size() > Most)
    Text += "- and " + std::to_string(Gaps.size() - Most) + " more\n";
  return Text.empty() ? "" : Text + "\n";
}

static std::string heading(const ReportInput &Input) {
  size_t Failed = failedUnits(Input.Linked);
  size_t Units = Input.Linked.units().size();
  size_t Files = Input.Since ? Input.Since->NotCovered.size() : 0;
  auto Missing = [](size_t Count, StringRef Thing) {
    return Count ? "**" + counted(Count, Thing) +
                       " could not be analysed**, so this is incomplete.\n\n"
                 : std::string();
  };
  return "### unsingleton: " +
         counted(Input.Shown.size(), Input.Since ? "new finding" : "finding") +
         " in " + counted(Units - Failed, "unit") + "\n\n" +
         Missing(Failed, "unit") + Missing(Files, "changed file") +
         gaps(Input) + problems(Input);
}

static std::string row(const ReportInput &Input, const Finding &F) {
  const Change *Since = changeOf(Input, F);
  return ("| " + toString(F.Level) + " | " +
          markdown(shownPlace(Input, F.place())) + " | " + markdown(F.Message) +
          (Since && Since->Worse ? " (" + markdown(Since->Text) + ")" : "") +
          " | " + F.Rule + " |\n")
      .str();
}

Error writeStepSummary(const ReportInput &Input) {
  std::optional<std::string> Path = sys::Process::GetEnv("GITHUB_STEP_SUMMARY");
  if (!Path || Path->empty())
    return Error::success();
  constexpr uint64_t Most = 1 << 20; // a larger one is not shown at all
  constexpr uint64_t LastLine = 100;
  uint64_t There = 0;
  if (sys::fs::file_size(*Path, There))
    There = 0; // made below
  std::string Text = heading(Input);
  if (!Input.Shown.empty())
    Text += "| severity | place | finding | rule |\n|---|---|---|---|\n";
  size_t Told = 0;
  for (size_t I : gravestFirst(Input)) {
    std::string Row = row(Input, *Input.Shown[I]);
    if (There + Text.size() + Row.size() + LastLine > Most)
      break;
    Text += Row;
    ++Told;
  }
  Text += "\n";
  if (Told < Input.Shown.size())
    Text += "and " + counted(Input.Shown.size() - Told, "more finding") +
            ", for which there is no room here\n";
  std::error_code EC;
  raw_fd_ostream Out(*Path, EC, sys::fs::OF_Append);
  if (!EC && There + Text.size() <= Most)
    Out << Text;
  Out.close();
  if (!EC)
    EC = Out.error();
  Out.clear_error();
  return EC ? createStringError(EC, "while writing '" + *Path +
                                        "', named by GITHUB_STEP_SUMMARY: " +
                                        inSentence(EC.message()))
            : Error::success();
}

} // namespace unsingleton
