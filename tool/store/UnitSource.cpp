//===- UnitSource.cpp - Where a command's facts come from -------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "tool/store/UnitSource.h"
#include "tool/Analysis.h"
#include "tool/StageClock.h"

using namespace llvm;

namespace unsingleton {

std::vector<UnitFacts> unitFacts(Session &S, const CommandLine &Line,
                                 const std::vector<UnitCommand> &Units,
                                 const SourceTree &Tree, StringRef What) {
  StageClock Clock(What, Line, S.Run);
  if (!S.Store)
    S.Store = std::make_unique<RunStore>(Line, /*Again=*/!Line.Since.empty());
  ExtractionRun Run{Tree, S.Store.get(), Line.Jobs, Line.BodyLedger,
                    !Line.Quiet};
  Extraction Result = extractAll(Units, S.Of.Extracting, Run);
  S.Store->finish(Line.Quiet);
  Clock.Extracted = {Result.Parsed, Units.size() - Result.Parsed};
  return std::move(Result.Facts);
}

std::vector<UnitFacts> unitFacts(Session &S, const CommandLine &Line) {
  if (S.Given)
    return std::move(*S.Given);
  return unitFacts(S, Line, S.Units, diskTree(), "extract");
}

} // namespace unsingleton
