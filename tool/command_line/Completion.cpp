//===- Completion.cpp - What can be typed next ------------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The shells' scripts ask the tool ("unsingleton __complete WORD..."), so that
// they never know fewer options than it does. Where nothing is said, a shell
// completes the names of files.
//
//===----------------------------------------------------------------------===//
#include "checks/facts/Compat.h"
#include "tool/command_line/Help.h"
#include "tool/command_line/Options.h"

using namespace llvm;
using namespace llvm::opt;

namespace unsingleton {

namespace {
void offer(StringRef Begin, StringRef Word, StringRef Meaning,
           raw_ostream &OS) {
  if (Word.starts_with(Begin))
    OS << Word << "\t" << Meaning << "\n";
}

void offerCommands(StringRef Begin, raw_ostream &OS) {
  for (const CommandInfo &C : allCommands())
    offer(Begin, C.Name, C.Summary, OS);
}

/// "--format=js": what may stand after the sign.
void offerValues(StringRef Word, Command What, raw_ostream &OS) {
  auto [Name, Begin] = Word.split('=');
  if (Name == "--format") {
#define FORMAT(ENUMERATOR, NAME, FUNCTION, SUMMARY)                            \
  if (What == Command::Check || Format::ENUMERATOR == Format::Text ||          \
      Format::ENUMERATOR == Format::Json)                                      \
    offer(Word, "--format=" NAME, SUMMARY, OS);
#include "tool/report/Formats.def"
#undef FORMAT
    return;
  }
  for (const std::string &Value :
       OptionTable().suggestValueCompletions((Name + "=").str(), Begin))
    offer(Word, (Name + "=" + Value).str(), "", OS);
}

/// The words that a command takes in place of files.
void offerArguments(Command What, StringRef Begin, raw_ostream &OS) {
  if (What == Command::Help)
    offerCommands(Begin, OS);
  if (What == Command::Cache) {
    offer(Begin, "stats", "how much is kept", OS);
    offer(Begin, "clear", "remove it", OS);
  }
  if (What == Command::Completion)
    for (StringRef Shell : {"bash", "zsh", "fish"})
      offer(Begin, Shell, "", OS);
}
} // namespace

void printCandidates(ArrayRef<std::string> Words, raw_ostream &OS) {
  if (Words.empty())
    return;
  StringRef Last = Words.back();
  if (Words.size() == 1) {
    offerCommands(Last, OS);
    return;
  }
  const CommandInfo *C = commandNamed(Words.front());
  if (!C)
    return;
  if (!Last.starts_with("-"))
    return offerArguments(C->What, Last, OS);
  if (Last.contains('='))
    return offerValues(Last, C->What, OS);
  for (const std::string &Line : OptionTable().findByPrefix(
           Last, Visibility(visibilityOf(C->What)), /*DisableFlags=*/0))
    OS << Line << "\n";
}

StringRef completionScript(StringRef Shell) {
  return StringSwitch<StringRef>(("completion." + Shell).str())
#define EMBEDDED_TEXT(NAME, TEXT) .Case(NAME, TEXT)
#include "Completions.inc" // made by cmake/EmbedTexts.cmake
#undef EMBEDDED_TEXT
      .Default("");
}

} // namespace unsingleton
