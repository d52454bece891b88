//===- Options.cpp - Commands and options, as tables ------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "tool/command_line/Options.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Config/llvm-config.h"

using namespace llvm;
using namespace llvm::opt;

namespace unsingleton {

namespace {
constexpr CommandInfo Commands[] = {
#define COMMAND(ENUMERATOR, NAME, ARGUMENTS, SUMMARY, DETAILS, EXAMPLES)       \
  {Command::ENUMERATOR, NAME, ARGUMENTS, SUMMARY, DETAILS, EXAMPLES},
#include "tool/command_line/Commands.def"
};

// Bit 0 is LLVM's DefaultVis: what goes without a command.
constexpr unsigned bitOf(Command What) {
  return 1U << (static_cast<unsigned>(What) + 1);
}
#define COMMAND(ENUMERATOR, NAME, ARGUMENTS, SUMMARY, DETAILS, EXAMPLES)       \
  [[maybe_unused]] constexpr unsigned ENUMERATOR##Vis =                        \
      bitOf(Command::ENUMERATOR);
#include "tool/command_line/Commands.def"

// TableGen writes the table for the LLVM that it belongs to.
#if LLVM_VERSION_MAJOR >= 22
#define OPTTABLE_STR_TABLE_CODE
#include "Opts.inc"
#undef OPTTABLE_STR_TABLE_CODE

#define OPTTABLE_PREFIXES_TABLE_CODE
#include "Opts.inc"
#undef OPTTABLE_PREFIXES_TABLE_CODE
#else
#define PREFIX(NAME, VALUE)                                                    \
  constexpr StringLiteral NAME##_list[] = VALUE;                               \
  constexpr ArrayRef<StringLiteral> NAME(NAME##_list,                          \
                                         std::size(NAME##_list) - 1);
#include "Opts.inc"
#undef PREFIX
#endif

constexpr OptTable::Info InfoTable[] = {
#define OPTION(...) LLVM_CONSTRUCT_OPT_INFO(__VA_ARGS__),
#include "Opts.inc"
#undef OPTION
};
} // namespace

#if LLVM_VERSION_MAJOR >= 22
OptionTable::OptionTable()
    : GenericOptTable(OptionStrTable, OptionPrefixesTable, InfoTable) {}
#else
OptionTable::OptionTable() : GenericOptTable(InfoTable) {}
#endif

ArrayRef<CommandInfo> allCommands() { return Commands; }

const CommandInfo &infoOf(Command What) {
  return *find_if(Commands,
                  [&](const CommandInfo &C) { return C.What == What; });
}

const CommandInfo *commandNamed(StringRef Name) {
  const auto *Found =
      find_if(Commands, [&](const CommandInfo &C) { return C.Name == Name; });
  return Found == std::end(Commands) ? nullptr : Found;
}

unsigned visibilityOf(Command What) { return bitOf(What); }

Error wrong(const Twine &Text) {
  return createStringError(inconvertibleErrorCode(), Text);
}

} // namespace unsingleton
