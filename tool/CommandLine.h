//===- CommandLine.h - What the user asked for -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_TOOL_COMMANDLINE_H
#define UNSINGLETON_TOOL_COMMANDLINE_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/Error.h"
#include <optional>
#include <string>
#include <vector>

namespace unsingleton {

enum class Format : uint8_t {
#define FORMAT(ENUMERATOR, NAME, FUNCTION, SUMMARY) ENUMERATOR,
#include "tool/report/Formats.def"
#undef FORMAT
};
enum class Colours : uint8_t { Auto, Always, Never };

/// A report that goes to a file of its own, besides the one of -o.
struct ExtraReport {
  Format As = Format::Text;
  std::string File;
};

/// Those of command_line/Commands.def, and three that only scripts ask for.
enum class Command : uint8_t {
#define COMMAND(ENUMERATOR, NAME, ARGUMENTS, SUMMARY, DETAILS, EXAMPLES)       \
  ENUMERATOR,
#include "tool/command_line/Commands.def"
  Candidates,
  Manual,
  Markdown,
};

/// Handed down as it is; nothing below reads options from anywhere else.
struct CommandLine {
  std::vector<std::string> Words; ///< of `help`, `completion`, Candidates
  Command What = Command::Help;
  Format Output = Format::Text;
  std::vector<ExtraReport> Extra; ///< --format=FORMAT:FILE
  Colours Colour = Colours::Auto;
  std::optional<bool> Snippets; ///< nothing: where a person reads
  bool Statistics = false;
  std::string Baseline;             ///< a file; empty: none
  bool Prune = false;               ///< remove its stale entries
  bool AcceptConfiguration = false; ///< write today's into it
  std::vector<std::string> Builds;
  std::vector<std::string> Paths; ///< findings outside are not reported;
                                  ///< of init: what to write
  std::string Name;               ///< what to explain
  std::string OutputFile;         ///< empty: standard output
  std::string Root;
  std::string Html;    ///< report: the file to write
  std::string History; ///< report: counts of earlier runs; empty: none
  unsigned Jobs = 0;   ///< 0: all cores
  bool All = false;
  bool Quiet = false;
  bool ExitZero = false;
  bool BodyLedger = true;
  bool Verbose = false;
  bool Watch = false; ///< check again whenever a file is saved
  bool Cache = true;
  std::string CacheDir; ///< empty: the default
  uint64_t CacheSize = uint64_t(2) << 30;
  bool CacheClear = false;     ///< what 'cache' does; else it shows
  unsigned Shard = 1;          ///< of Shards, from 1
  unsigned Shards = 1;         ///< how many 'extract' shares the units among
  std::string Facts;           ///< a folder that 'extract' has written
  std::string Since;           ///< a revision to compare with; empty: none
  bool SinceMergeBase = false; ///< with where its history and ours part
  std::vector<std::string> Only;
  bool DryRun = false;
  std::string Patch;       ///< a file for the whole diff
  std::string ExportFixes; ///< a folder for YAML
  std::string Series;      ///< a folder for patches
  /// Whether the project's own files are changed.
  bool inPlace() const {
    return !DryRun && Patch.empty() && ExportFixes.empty() && Series.empty();
  }
  std::string VerifyCommand; ///< the user's own check of a fix; empty: none
  std::string PlanFile; ///< where plan writes it for clang-tidy; empty: nowhere
  bool AllowDirty = false;
  bool IgnoreUnseen = false; ///< mentions in code that no unit compiles
  bool UnsafeFixes = false;
  bool Bridge = false;     ///< frontiers ask the thread
  bool Forwarders = false; ///< old accessors stay, deprecated
};

/// Exit statuses, as documented.
enum ExitStatus : int {
  NothingToReport = 0,
  Findings = 1,
  WrongUsage = 2,
  Incomplete = 3,
};

/// \p Arguments: without the program's name. The error is one line for people.
llvm::Expected<CommandLine>
parseCommandLine(llvm::ArrayRef<const char *> Arguments);

} // namespace unsingleton

#endif
