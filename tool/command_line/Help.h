//===- Help.h - Describes commands and options ------------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Four forms of one text, that of Commands.def and Opts.td: for a terminal, for
// man, for docs/command-line.md, and for a shell that completes what is typed.
// All are pure functions of those tables.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_TOOL_COMMAND_LINE_HELP_H
#define UNSINGLETON_TOOL_COMMAND_LINE_HELP_H

#include "tool/CommandLine.h"
#include "llvm/Support/raw_ostream.h"

namespace unsingleton {

/// All commands, a line each.
void printHelp(llvm::raw_ostream &OS);

/// One command: what it does, its options, examples, exit status.
void printHelp(Command Of, llvm::raw_ostream &OS);

/// The manual page, for man(7).
void printManual(llvm::raw_ostream &OS);

/// docs/command-line.md.
void printMarkdown(llvm::raw_ostream &OS);

/// What can follow the words typed so far, of which the last is the one to
/// complete: "word", a tab, what it means; one a line.
void printCandidates(llvm::ArrayRef<std::string> Words, llvm::raw_ostream &OS);

/// The script for "bash", "zsh" or "fish"; empty for another shell.
llvm::StringRef completionScript(llvm::StringRef Shell);

} // namespace unsingleton

#endif // UNSINGLETON_TOOL_COMMAND_LINE_HELP_H
