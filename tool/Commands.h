//===- Commands.h - The subcommands -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The stages in order, with input and output around them. Each command returns
// an exit status; an Error is wrong usage or configuration (status 2).
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_TOOL_COMMANDS_H
#define UNSINGLETON_TOOL_COMMANDS_H

#include "checks/rules/Rules.h"
#include "tool/Report.h"
#include "tool/RunRecord.h"
#include "tool/store/RunStore.h"
#include <memory>

namespace unsingleton {

struct SinceResult;

/// What check and fix have in common: the program as analysed.
struct Session {
  std::vector<UnitCommand> Units;
  Project Of;
  std::unique_ptr<RunStore> Store; ///< once something was extracted
  RunRecord Run;
  /// Facts that came with --facts, until they are linked.
  std::optional<std::vector<UnitFacts>> Given;
  std::unique_ptr<Program> Linked;
  std::vector<Finding> Findings;
  std::shared_ptr<SinceResult> Since; ///< null without --since
};

/// The units and the project, before anything is parsed.
llvm::Expected<Session> openSession(const CommandLine &Line);
/// extract, link, decide.
void study(Session &S, const CommandLine &Line);
/// Both.
llvm::Expected<Session> analyse(const CommandLine &Line);

/// The findings to show: reported verdicts unless --all, below the paths.
llvm::Expected<std::vector<const Finding *>>
shownFindings(const Session &S, const CommandLine &Line);

llvm::Expected<int> runCheck(const CommandLine &Line);
llvm::Expected<int> runFix(const CommandLine &Line);
llvm::Expected<int> runPlan(const CommandLine &Line);
llvm::Expected<int> runUndo(const CommandLine &Line);
llvm::Expected<int> runExplain(const CommandLine &Line);
llvm::Expected<int> runExtract(const CommandLine &Line);
llvm::Expected<int> runCache(const CommandLine &Line);
llvm::Expected<int> runReport(const CommandLine &Line);
llvm::Expected<int> runBaseline(const CommandLine &Line);
llvm::Expected<int> runInit(const CommandLine &Line);

/// The error names a pattern of --only that no finding matches.
llvm::Error checkOnly(const Session &S, const CommandLine &Line);

/// Writes \p Text to -o's file or to standard output.
llvm::Error writeOutput(const CommandLine &Line, llvm::StringRef Text);
/// Whether that will be possible, found out before anything is changed.
llvm::Error checkOutput(const CommandLine &Line);
/// Whether reports to standard output may be coloured.
bool colours(const CommandLine &Line);

} // namespace unsingleton

#endif
