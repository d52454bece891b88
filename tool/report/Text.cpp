//===- Text.cpp - Findings for a person to read -----------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// As clang prints diagnostics. Whoever calls decides whether OS shows colours
// (raw_ostream::enable_colors): a stream where they are off writes none.
//
//===----------------------------------------------------------------------===//
#include "checks/rules/RequestPath.h"
#include "tool/report/Formats.h"
#include "tool/report/Printable.h"
#include "tool/report/SourceText.h"
#include "llvm/Support/Unicode.h"
#include "llvm/Support/WithColor.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace unsingleton {

std::string shownPlace(const ReportInput &Input, const Span &Where) {
  if (!Where.valid())
    return "<program>";
  return printable(Input.Of.shown(Input.Linked.file(Where.File).Path)) + ":" +
         std::to_string(Where.Line) + ":" + std::to_string(Where.Column);
}

size_t failedUnits(const Program &P) {
  return static_cast<size_t>(count_if(
      P.units(), [](const LinkedUnit &U) { return !U.Errors.empty(); }));
}

namespace {
/// One line of source, cut to what fits a screen, with tabs as blanks and
/// nothing that a terminal would obey.
struct Snippet {
  std::string Text;
  unsigned Caret = 0;  ///< columns before it
  unsigned Length = 1; ///< columns that it underlines
};

unsigned width(StringRef Shown) {
  int Width = sys::unicode::columnWidthUTF8(Shown);
  return Width < 0 ? static_cast<unsigned>(Shown.size())
                   : static_cast<unsigned>(Width);
}

std::string shown(StringRef Part, unsigned Column) {
  constexpr unsigned TabStop = 8;
  std::string Result;
  while (true) {
    auto [Before, After] = Part.split('\t');
    Result += printable(Before);
    if (Before.size() == Part.size())
      return Result;
    Result.append(TabStop - (Column + width(Result)) % TabStop, ' ');
    Part = After;
  }
}

/// \p At, or the next byte that begins a character.
size_t characterFrom(StringRef Line, size_t At) {
  while (At < Line.size() && (static_cast<uint8_t>(Line[At]) & 0xc0) == 0x80)
    ++At;
  return At;
}

Snippet snippet(StringRef Line, const Span &Where) {
  constexpr size_t Before = 60, Whole = 160;
  size_t Mark = std::min<size_t>(Where.Column - 1, Line.size());
  size_t Begin = Line.size() <= Whole || Mark <= Before ? 0 : Mark - Before;
  Begin = std::min(characterFrom(Line, Begin), Mark);
  size_t End =
      std::max(characterFrom(Line, std::min(Line.size(), Begin + Whole)), Mark);
  size_t MarkEnd = std::clamp<size_t>(Mark + Where.Length, Mark, End);
  Snippet Result;
  Result.Text = Begin ? "..." : "";
  Result.Text += shown(Line.slice(Begin, Mark), width(Result.Text));
  Result.Caret = width(Result.Text);
  Result.Text += shown(Line.slice(Mark, MarkEnd), Result.Caret);
  Result.Length = std::max(1u, width(Result.Text) - Result.Caret);
  Result.Text += shown(Line.slice(MarkEnd, End), width(Result.Text));
  Result.Text += End < Line.size() ? "..." : "";
  return Result;
}

class TextReport {
public:
  TextReport(const ReportInput &Input, raw_ostream &OS)
      : Input(Input), OS(OS), Sources(Input.Linked) {}

  void run() {
    for (const Finding *F : Input.Shown) {
      diagnostic(F->place(), "warning", raw_ostream::MAGENTA,
                 F->Message + " [" + F->Rule + "]");
      if (const Change *Since = changeOf(Input, *F); Since && Since->Worse)
        diagnostic(F->place(), "note", raw_ostream::CYAN,
                   "known, and now worse: " + Since->Text);
      for (const Evidence &Note : F->Notes)
        diagnostic(Note.Where, "note", raw_ostream::CYAN, Note.Text);
      for (const PathStep &Step : F->Path)
        diagnostic(Step.Where, "note", raw_ostream::CYAN, textOf(Step));
    }
  }

private:
  void diagnostic(const Span &Where, StringRef Kind, raw_ostream::Colors Colour,
                  StringRef Message) {
    if (Where.valid() || Kind != "note") {
      OS.changeColor(raw_ostream::SAVEDCOLOR, /*Bold=*/true);
      OS << shownPlace(Input, Where) << ": ";
      OS.resetColor();
    }
    OS.changeColor(Colour, /*Bold=*/true) << Kind << ": ";
    OS.resetColor() << printable(Message) << "\n";
    if (Input.Snippets)
      source(Where);
  }

  void source(const Span &Where) {
    std::optional<StringRef> Line = Sources.line(Where);
    if (!Line || !Where.Column)
      return;
    Snippet S = snippet(*Line, Where);
    std::string Number = std::to_string(Where.Line);
    OS.indent(Number.size() < 5 ? 5 - static_cast<unsigned>(Number.size()) : 0)
        << Number << " | " << S.Text << "\n";
    OS.indent(std::max<unsigned>(5, static_cast<unsigned>(Number.size())))
        << " | ";
    OS.indent(S.Caret);
    OS.changeColor(raw_ostream::GREEN, /*Bold=*/true)
        << "^" << std::string(S.Length - 1, '~');
    OS.resetColor() << "\n";
  }

  const ReportInput &Input;
  raw_ostream &OS;
  SourceText Sources;
};
} // namespace

void reportText(const ReportInput &Input, raw_ostream &OS) {
  TextReport(Input, OS).run();
}

size_t changedByHand(const std::vector<Finding> &All) {
  return count_if(All, [](const Finding &F) {
    return F.What == Verdict::SharedMutable && !F.Migrates &&
           F.Storage != NoSymbol && F.Accessor == NoSymbol;
  });
}

void byHandText(const ReportInput &Input, StringRef Mark, raw_ostream &OS) {
  if (Input.ByHand)
    OS << Mark << counted(Input.ByHand, "variable")
       << (Input.ByHand == 1 ? " that requests share has"
                             : " that requests share have")
       << " no accessor and " << (Input.ByHand == 1 ? "stays" : "stay")
       << ", to be changed by hand; 'check' says where\n";
}

void refusalText(const ReportInput &Input, const Refusal &R, StringRef Indent,
                 raw_ostream &OS) {
  OS << Indent << shownPlace(Input, R.Where) << ": " << messageOf(R) << " ["
     << codeOf(R) << "]\n";
  if (R.Also.valid())
    OS << Indent << shownPlace(Input, R.Also) << ": it is changed here\n";
}

void reportFailedUnits(const ReportInput &Input, raw_ostream &OS) {
  for (const LinkedUnit &Unit : Input.Linked.units()) {
    if (Unit.Errors.empty())
      continue;
    const UnitError &Error = Unit.Errors.front();
    if (!Error.File.empty()) {
      OS << printable(Input.Of.shown(Error.File));
      if (Error.Line)
        OS << ":" << Error.Line << ":" << Error.Column;
      OS << ": ";
    }
    WithColor(OS, HighlightColor::Error) << "error: ";
    OS << printable(Error.Message) << "\n";
    OS << "note: '" << printable(Input.Of.shown(Unit.MainFile))
       << "' does not parse, so it was not analysed";
    if (Unit.Errors.size() > 1)
      OS << " (and " << counted(Unit.Errors.size() - 1, "more error") << ")";
    OS << "\n";
  }
}

} // namespace unsingleton
