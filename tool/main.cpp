//===- main.cpp - The unsingleton command -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "tool/Commands.h"
#include "tool/Commit.h"
#include "tool/Config.h"
#include "tool/command_line/Help.h"
#include "tool/command_line/Options.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/Signals.h"
#include "llvm/Support/WithColor.h"
#include "llvm/Support/raw_ostream.h"
#include <csignal>
#include <unistd.h>

using namespace llvm;
using namespace unsingleton;

static int fail(Error E) {
  WithColor(errs(), HighlightColor::Error) << "unsingleton: error: ";
  errs() << toString(std::move(E)) << "\n";
  return WrongUsage;
}

/// Ctrl-C ends at once; LLVM has removed what was half written. The line of
/// progress goes, and the shell sees what ended the program.
static void interrupted() {
  if (::isatty(STDERR_FILENO))
    (void)!::write(STDERR_FILENO, "\r\033[K", 4);
  ::signal(SIGINT, SIG_DFL);
  ::raise(SIGINT);
}

int main(int argc, char **argv) {
  InitLLVM Init(argc, argv);
  sys::SetInterruptFunction(interrupted);
  Expected<CommandLine> Line =
      parseCommandLine(ArrayRef<const char *>(argv, argc).drop_front());
  if (!Line)
    return fail(Line.takeError());
  Expected<int> Status = NothingToReport;
  switch (Line->What) {
  case Command::Help:
    if (Line->Words.empty())
      printHelp(outs());
    else
      printHelp(commandNamed(Line->Words.front())->What, outs());
    break;
  case Command::Completion:
    outs() << completionScript(Line->Words.front());
    break;
  case Command::Candidates:
    printCandidates(Line->Words, outs());
    break;
  case Command::Manual:
    printManual(outs());
    break;
  case Command::Markdown:
    printMarkdown(outs());
    break;
  case Command::Version:
    outs() << "unsingleton " UNSINGLETON_VERSION " ("
           << (*UNSINGLETON_COMMIT ? "commit " UNSINGLETON_COMMIT ", " : "")
           << "LLVM " << UNSINGLETON_LLVM_MAJOR << ")\n";
    break;
  case Command::Check:
    Status = runCheck(*Line);
    break;
  case Command::Explain:
    Status = runExplain(*Line);
    break;
  case Command::Plan:
    Status = runPlan(*Line);
    break;
  case Command::Fix:
    Status = runFix(*Line);
    break;
  case Command::Report:
    Status = runReport(*Line);
    break;
  case Command::Baseline:
    Status = runBaseline(*Line);
    break;
  case Command::Init:
    Status = runInit(*Line);
    break;
  case Command::Undo:
    Status = runUndo(*Line);
    break;
  case Command::Extract:
    Status = runExtract(*Line);
    break;
  case Command::Cache:
    Status = runCache(*Line);
    break;
  }
  return Status ? *Status : fail(Status.takeError());
}
