//===- Options.h - Commands and options, as tables --------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What Commands.def and Opts.td say, for those who read a command line
// (CommandLine.cpp), describe it (Help.cpp) or complete it (Completion.cpp).
// Which options a command takes is an option's visibility in LLVM's option
// library: one bit a command.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_TOOL_COMMAND_LINE_OPTIONS_H
#define UNSINGLETON_TOOL_COMMAND_LINE_OPTIONS_H

#include "tool/CommandLine.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Option/ArgList.h"
#include "llvm/Option/OptTable.h"
#include "llvm/Option/Option.h"

namespace unsingleton {

/// One row of Commands.def; the texts live as long as the program.
struct CommandInfo {
  Command What;
  llvm::StringLiteral Name;
  llvm::StringLiteral Arguments;
  llvm::StringLiteral Summary;
  llvm::StringLiteral Details;
  llvm::StringLiteral Examples; ///< lines "command # what for"
};

/// In the order of Commands.def.
llvm::ArrayRef<CommandInfo> allCommands();

const CommandInfo &infoOf(Command What);

/// Nothing where no command is called so.
const CommandInfo *commandNamed(llvm::StringRef Name);

/// The bit of the options that this command takes.
unsigned visibilityOf(Command What);

/// The options of all commands. Cheap to make; holds no state of a parse.
class OptionTable : public llvm::opt::GenericOptTable {
public:
  OptionTable();
};

enum OptionId {
  OPT_INVALID = 0,
#define OPTION(...) LLVM_MAKE_OPT_ID(__VA_ARGS__),
#include "Opts.inc"
#undef OPTION
};

/// An error that is shown as it is: one line that says what to do.
llvm::Error wrong(const llvm::Twine &Text);

/// Reads what concerns facts: the store, shards, and the revision to compare
/// with. \p To: with its command, paths and output already.
llvm::Error readStoreOptions(const llvm::opt::InputArgList &Parsed,
                             CommandLine &To);

} // namespace unsingleton

#endif // UNSINGLETON_TOOL_COMMAND_LINE_OPTIONS_H
