//===- StageClock.h - How long a stage took ---------------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_TOOL_STAGECLOCK_H
#define UNSINGLETON_TOOL_STAGECLOCK_H

#include "tool/CommandLine.h"
#include "tool/Report.h"
#include "tool/RunRecord.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/raw_ostream.h"
#include <chrono>

namespace unsingleton {

/// Adds the stage to \p Into when it is destroyed, and says "STAGE (SECONDS s)"
/// on stderr, where -v asks for it. The name and \p Into must outlive it.
class StageClock {
public:
  StageClock(llvm::StringRef Stage, const CommandLine &Line, RunRecord &Into)
      : Stage(Stage), Say(Line.Verbose), Into(Into) {}
  StageClock(const StageClock &) = delete;
  StageClock &operator=(const StageClock &) = delete;
  ~StageClock() {
    std::chrono::duration<double> Took =
        std::chrono::steady_clock::now() - Start;
    std::string Units;
    if (Extracted)
      Units =
          llvm::formatv(": {0}, {1} parsed, {2} from the fact store",
                        counted(Extracted->Parsed + Extracted->Cached, "unit"),
                        Extracted->Parsed, Extracted->Cached);
    if (Say)
      llvm::errs() << llvm::formatv("{0}{1} ({2:F2} s)\n", Stage, Units,
                                    Took.count());
    Into.push_back({Stage.str(), Took.count(), Extracted});
  }

  /// Set while an extraction is timed.
  std::optional<StageRecord::Units> Extracted;

private:
  llvm::StringRef Stage;
  bool Say;
  RunRecord &Into;
  std::chrono::steady_clock::time_point Start =
      std::chrono::steady_clock::now();
};

} // namespace unsingleton

#endif // UNSINGLETON_TOOL_STAGECLOCK_H
