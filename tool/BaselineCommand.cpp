//===- BaselineCommand.cpp - unsingleton baseline ---------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "tool/baseline/Accept.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace unsingleton {

Expected<int> runBaseline(const CommandLine &Line) {
  bool There = sys::fs::exists(Line.OutputFile);
  if (Error E = checkOutput(Line))
    return std::move(E);
  // What that has made is no baseline until the end.
  if (!There && !Line.OutputFile.empty())
    sys::fs::remove(Line.OutputFile);
  Expected<Session> S = analyse(Line);
  if (!S)
    return S.takeError();
  Baseline B = baselineOf(*S, Line);
  // An old baseline is replaced as a whole, or not at all.
  if (Error E = Line.OutputFile.empty() ? writeOutput(Line, toText(B))
                                        : writeBaseline(Line.OutputFile, B))
    return std::move(E);
  ReportInput Input{*S->Linked, S->Of, {}};
  reportFailedUnits(Input, errs());
  size_t Failed = failedUnits(*S->Linked);
  if (!Line.Quiet)
    errs() << counted(B.Entries.size(), "finding") << " accepted"
           << (Failed ? "; " + counted(Failed, "unit") +
                            " not analysed, whose findings will be new"
                      : "")
           << "\n";
  return Failed ? Incomplete : NothingToReport;
}

} // namespace unsingleton
