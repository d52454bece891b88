//===- Help.cpp - Describes commands and options ----------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "tool/command_line/Help.h"
#include "tool/Config.h"
#include "tool/command_line/Options.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"

using namespace llvm;
using namespace llvm::opt;

namespace unsingleton {

namespace {
constexpr StringLiteral Purpose =
    "finds mutable singletons in C++, shows which let one user's request see "
    "another's data, and rewrites them into per-request factories";
constexpr StringLiteral StatusMeanings[] = {
    "nothing to report",
    "findings (or refusals, for fix and plan)",
    "wrong usage or configuration",
    "some units could not be analysed",
};

/// Words of `Text` in lines of at most 79 columns, each after `Indent` spaces.
void wrapped(StringRef Text, unsigned Indent, raw_ostream &OS) {
  constexpr size_t Width = 79;
  size_t Column = 0;
  SmallVector<StringRef, 32> Words;
  Text.split(Words, ' ', -1, /*KeepEmpty=*/false);
  for (StringRef Word : Words) {
    if (Column && Column + 1 + Word.size() > Width) {
      OS << "\n";
      Column = 0;
    }
    if (!Column) {
      OS.indent(Indent);
      Column = Indent;
    } else {
      OS << " ";
      ++Column;
    }
    OS << Word;
    Column += Word.size();
  }
  OS << "\n";
}

/// "command" and "what for" of each example.
SmallVector<std::pair<StringRef, StringRef>, 4>
examplesOf(const CommandInfo &C) {
  SmallVector<std::pair<StringRef, StringRef>, 4> Result;
  SmallVector<StringRef, 4> Lines;
  StringRef(C.Examples).split(Lines, '\n', -1, /*KeepEmpty=*/false);
  for (StringRef Line : Lines)
    Result.push_back(Line.split(" # "));
  return Result;
}

std::string usageOf(const CommandInfo &C) {
  return ("unsingleton " + C.Name + (C.Arguments.empty() ? "" : " ") +
          C.Arguments)
      .str();
}

/// The options that a command takes, as they are written, with their help.
std::vector<std::pair<std::string, std::string>> optionsOf(Command What) {
  std::vector<std::pair<std::string, std::string>> Result;
  OptionTable Table;
  for (unsigned Id = OPT_UNKNOWN + 1; Id <= Table.getNumOptions(); ++Id) {
    Option O = Table.getOption(Id);
    const char *Help = Table.getOptionHelpText(Id);
    if (!Help || !O.hasVisibilityFlag(visibilityOf(What)))
      continue;
    std::string Text = O.getPrefixedName().str();
    if (const char *Value = Table.getOptionMetaVar(Id))
      Text += (Text.back() == '=' ? "" : " ") + std::string(Value);
    Result.emplace_back(Text, Help);
  }
  return Result;
}

/// Characters that mean something to troff.
std::string escapedForMan(StringRef Text) {
  std::string Result;
  for (char C : Text)
    if (C == '\\')
      Result += "\\e";
    else if (C == '-')
      Result += "\\-";
    else
      Result += C;
  if (StringRef(Result).starts_with(".") || StringRef(Result).starts_with("'"))
    Result.insert(0, "\\&");
  return Result;
}
} // namespace

void printHelp(raw_ostream &OS) {
  OS << "OVERVIEW: ";
  std::string Text;
  raw_string_ostream Wrapped(Text);
  wrapped("OVERVIEW: " + Purpose.str(), 0, Wrapped);
  OS << StringRef(Text).drop_front(strlen("OVERVIEW: "))
     << "\nUSAGE: unsingleton COMMAND ...\n\nCOMMANDS:\n";
  for (const CommandInfo &C : allCommands())
    OS << "  " << left_justify(C.Name, 12) << C.Summary << "\n";
  OS << "\n'unsingleton COMMAND --help' tells a command's options, with "
        "examples.\n\nTo begin: unsingleton check -p BUILD, where BUILD holds "
        "compile_commands.json\n(cmake -DCMAKE_EXPORT_COMPILE_COMMANDS=ON "
        "writes it).\n";
}

void printHelp(Command Of, raw_ostream &OS) {
  const CommandInfo &C = infoOf(Of);
  OptionTable().printHelp(OS, usageOf(C).c_str(), C.Summary.data(),
                          /*ShowHidden=*/false, /*ShowAllAliases=*/false,
                          Visibility(visibilityOf(Of)));
  OS << "\n";
  wrapped(C.Details, 0, OS);
  OS << "\nEXAMPLES:\n";
  for (auto [Line, What] : examplesOf(C))
    OS << "  " << Line << "\n      " << What << "\n";
  OS << "\nEXIT STATUS:\n";
  for (auto [Status, Meaning] : enumerate(StatusMeanings))
    OS << "  " << Status << "  " << Meaning << "\n";
}

void printManual(raw_ostream &OS) {
  OS << ".TH UNSINGLETON 1 \"\" \"unsingleton " UNSINGLETON_VERSION "\"\n"
     << ".SH NAME\nunsingleton \\- " << escapedForMan(Purpose)
     << "\n.SH SYNOPSIS\n";
  for (const CommandInfo &C : allCommands())
    OS << ".B unsingleton " << C.Name << "\n"
       << escapedForMan(C.Arguments) << "\n.br\n";
  OS << ".SH COMMANDS\n";
  for (const CommandInfo &C : allCommands()) {
    OS << ".SS " << escapedForMan(C.Name) << "\n"
       << escapedForMan(C.Summary) << ".\n.PP\n"
       << escapedForMan(C.Details) << "\n";
    for (const auto &[Name, Help] : optionsOf(C.What))
      OS << ".TP\n.B " << escapedForMan(Name) << "\n"
         << escapedForMan(Help) << "\n";
    OS << ".PP\n.B Examples\n";
    for (auto [Line, What] : examplesOf(C))
      OS << ".PP\n.nf\n    " << escapedForMan(Line) << "\n.fi\n"
         << escapedForMan(What) << "\n";
  }
  OS << ".SH EXIT STATUS\n";
  for (auto [Status, Meaning] : enumerate(StatusMeanings))
    OS << ".TP\n.B " << Status << "\n" << escapedForMan(Meaning) << "\n";
  OS << ".SH FILES\n.TP\n.B .clang\\-tidy\nwhich rules are on, and their "
        "options, in the root of the repository\n"
     << ".SH SEE ALSO\n.BR clang\\-tidy (1)\n";
}

void printMarkdown(raw_ostream &OS) {
  OS << "<!-- Written by script/docs from tool/command_line/Commands.def, "
        "tool/Opts.td. -->\n\n# Command line\n\n";
  for (const CommandInfo &C : allCommands()) {
    OS << "## " << C.Name << "\n\n```text\n"
       << usageOf(C) << "\n```\n\n"
       << C.Summary << ". " << C.Details << "\n\n";
    auto Options = optionsOf(C.What);
    if (!Options.empty()) {
      OS << "| option | meaning |\n|---|---|\n";
      for (auto &[Name, Help] : Options)
        OS << "| `" << Name << "` | " << Help << " |\n";
      OS << "\n";
    }
    for (auto [Line, What] : examplesOf(C))
      OS << "- `" << Line << "`: " << What << "\n";
    OS << "\n";
  }
  OS << "## Exit status\n\n| status | meaning |\n|---|---|\n";
  for (auto [Status, Meaning] : enumerate(StatusMeanings))
    OS << "| " << Status << " | " << Meaning << " |\n";
}

} // namespace unsingleton
