//===- TextReport.cpp - Findings for a person to read -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/rules/RequestPath.h"
#include "tool/Report.h"
#include "llvm/Support/WithColor.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace unsingleton {

std::string shownPlace(const ReportInput &Input, const Span &Where) {
  if (!Where.valid())
    return "<program>";
  return Input.Of.shown(Input.Linked.file(Where.File).Path) + ":" +
         std::to_string(Where.Line) + ":" + std::to_string(Where.Column);
}

size_t failedUnits(const Program &P) {
  return static_cast<size_t>(count_if(
      P.units(), [](const LinkedUnit &U) { return !U.Errors.empty(); }));
}

static void note(const ReportInput &Input, const Span &Where, StringRef Text,
                 raw_ostream &OS) {
  if (!Where.valid()) {
    WithColor(OS, HighlightColor::Note) << "note: ";
    OS << Text << "\n";
    return;
  }
  WithColor(OS, raw_ostream::SAVEDCOLOR, true)
      << shownPlace(Input, Where) << ": ";
  WithColor(OS, HighlightColor::Note) << "note: ";
  OS << Text << "\n";
}

void reportText(const ReportInput &Input, raw_ostream &OS) {
  for (const Finding *F : Input.Shown) {
    WithColor(OS, raw_ostream::SAVEDCOLOR, true)
        << shownPlace(Input, F->place()) << ": ";
    WithColor(OS, HighlightColor::Warning) << "warning: ";
    OS << F->Message << " [" << F->Rule << "]\n";
    for (const Evidence &Note : F->Notes)
      note(Input, Note.Where, Note.Text, OS);
    for (const PathStep &Step : F->Path)
      note(Input, Step.Where, textOf(Step), OS);
  }
}

void reportFailedUnits(const ReportInput &Input, raw_ostream &OS) {
  for (const LinkedUnit &Unit : Input.Linked.units()) {
    if (Unit.Errors.empty())
      continue;
    const UnitError &Error = Unit.Errors.front();
    if (!Error.File.empty()) {
      OS << Input.Of.shown(Error.File);
      if (Error.Line)
        OS << ":" << Error.Line << ":" << Error.Column;
      OS << ": ";
    }
    WithColor(OS, HighlightColor::Error) << "error: ";
    OS << Error.Message << "\n";
    OS << "note: '" << Input.Of.shown(Unit.MainFile)
       << "' does not parse, so it was not analysed";
    if (Unit.Errors.size() > 1)
      OS << " (and " << counted(Unit.Errors.size() - 1, "more error") << ")";
    OS << "\n";
  }
}

} // namespace unsingleton
