//===- Formats.cpp - The formats of a report --------------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "tool/report/Formats.h"
#include "tool/since/Since.h"

using namespace llvm;

namespace unsingleton {

void writeReport(Format As, const ReportInput &Input, raw_ostream &OS) {
  switch (As) {
#define FORMAT(ENUMERATOR, NAME, FUNCTION, SUMMARY)                            \
  case Format::ENUMERATOR:                                                     \
    FUNCTION(Input, OS);                                                       \
    return;
#include "tool/report/Formats.def"
#undef FORMAT
  }
}

const Migration *plannedFor(const ReportInput &Input, const Finding &F) {
  if (!Input.Planned)
    return nullptr;
  const auto &All = Input.Planned->Migrations;
  // Not by address: explain looks at copies, and --since's have a place of
  // their own.
  const Migration *Alike = nullptr;
  for (const Migration &M : All) {
    if (M.Of->Fingerprint != F.Fingerprint)
      continue;
    if (M.Of->place() == F.place() && M.Of->StoragePlace == F.StoragePlace)
      return &M;
    if (!Alike || M.Of->StoragePlace == F.StoragePlace)
      Alike = &M;
  }
  return Alike;
}

std::vector<std::string> distinctFingerprints(const ReportInput &Input) {
  std::map<std::string, unsigned> Seen;
  std::vector<std::string> Result;
  for (const Finding *F : Input.Shown) {
    unsigned Number = ++Seen[F->Fingerprint];
    Result.push_back(Number == 1
                         ? F->Fingerprint
                         : F->Fingerprint + "-" + std::to_string(Number));
  }
  return Result;
}

std::vector<Gap> gapsOf(const ReportInput &Input) {
  std::vector<Gap> Result;
  for (const LinkedUnit &Unit : Input.Linked.units()) {
    if (Unit.Errors.empty())
      continue;
    const UnitError &Error = Unit.Errors.front();
    std::string Shown = Input.Of.shown(Unit.MainFile);
    Result.push_back({Shown, Error.File.empty() ? Unit.MainFile : Error.File,
                      Error.Line, Error.Column, Error.Message,
                      "'" + Shown +
                          "' does not parse, so it was not "
                          "analysed: " +
                          Error.Message});
  }
  if (!Input.Since)
    return Result;
  for (const std::string &Path : Input.Since->NotCovered) {
    std::string Shown = Input.Of.shown(Path);
    std::string Why = whyNotCovered(*Input.Since, Path);
    Result.push_back({Shown, Path, 0, 0, "it " + Why,
                      "'" + Shown + "' " + Why + ": it was not analysed"});
  }
  return Result;
}

std::vector<size_t> gravestFirst(const ReportInput &Input) {
  std::vector<size_t> Result;
  for (Severity Level : {Severity::High, Severity::Medium, Severity::Low})
    for (size_t I = 0; I < Input.Shown.size(); ++I)
      if (Input.Shown[I]->Level == Level)
        Result.push_back(I);
  return Result;
}

} // namespace unsingleton
