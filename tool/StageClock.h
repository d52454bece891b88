//===- StageClock.h - How long a stage took, for -v -------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_TOOL_STAGECLOCK_H
#define UNSINGLETON_TOOL_STAGECLOCK_H

#include "tool/CommandLine.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/raw_ostream.h"
#include <chrono>

namespace unsingleton {

/// Says "STAGE (SECONDS s)" on stderr when it is destroyed, where -v asks for
/// it. The name must outlive it.
class StageClock {
public:
  StageClock(llvm::StringRef Stage, const CommandLine &Line)
      : Stage(Line.Verbose ? Stage : "") {}
  StageClock(const StageClock &) = delete;
  StageClock &operator=(const StageClock &) = delete;
  ~StageClock() {
    if (Stage.empty())
      return;
    std::chrono::duration<double> Took =
        std::chrono::steady_clock::now() - Start;
    llvm::errs() << llvm::formatv("{0} ({1:F2} s)\n", Stage, Took.count());
  }

private:
  llvm::StringRef Stage;
  std::chrono::steady_clock::time_point Start =
      std::chrono::steady_clock::now();
};

} // namespace unsingleton

#endif // UNSINGLETON_TOOL_STAGECLOCK_H
