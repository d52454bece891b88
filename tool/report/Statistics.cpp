//===- Statistics.cpp - How many findings of what ---------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "tool/report/Statistics.h"
#include "llvm/Support/raw_ostream.h"
#include <set>

using namespace llvm;

namespace unsingleton {

Statistics count(const ReportInput &Input) {
  Statistics Result;
  std::map<Severity, size_t, std::greater<>> Severities;
  for (const Finding *F : Input.Shown) {
    ++Result.Rules[F->Rule];
    if (F->What != Verdict::None)
      ++Result.Verdicts[toString(F->What).str()];
    ++Severities[F->Level];
    const Migration *Planned = plannedFor(Input, *F);
    if (!Planned)
      continue;
    std::set<StringRef> Codes;
    for (const Refusal &R : Planned->Refusals)
      Codes.insert(codeOf(R));
    for (StringRef Code : Codes)
      ++Result.Refusals[Code.str()];
  }
  for (auto [Level, Count] : Severities)
    Result.Severities.emplace_back(toString(Level).str(), Count);
  return Result;
}

json::Object toJson(const Statistics &Counts) {
  auto Table = [](const auto &Rows) {
    json::Object O;
    for (const auto &[Name, Count] : Rows)
      O[Name] = static_cast<int64_t>(Count);
    return O;
  };
  return json::Object{{"rules", Table(Counts.Rules)},
                      {"verdicts", Table(Counts.Verdicts)},
                      {"severities", Table(Counts.Severities)},
                      {"refusals", Table(Counts.Refusals)}};
}

json::Object toJson(const RunRecord &Run) {
  StageRecord::Units All;
  double Seconds = 0;
  json::Array Stages;
  for (const StageRecord &Stage : Run) {
    json::Object O{{"stage", Stage.Stage}, {"seconds", Stage.Seconds}};
    Seconds += Stage.Seconds;
    if (Stage.Extracted) {
      All.Parsed += Stage.Extracted->Parsed;
      All.Cached += Stage.Extracted->Cached;
      O["parsed"] = static_cast<int64_t>(Stage.Extracted->Parsed);
      O["cached"] = static_cast<int64_t>(Stage.Extracted->Cached);
    }
    Stages.push_back(std::move(O));
  }
  return json::Object{{"parsed", static_cast<int64_t>(All.Parsed)},
                      {"cached", static_cast<int64_t>(All.Cached)},
                      {"seconds", Seconds},
                      {"stages", std::move(Stages)}};
}

void statisticsText(const Statistics &Counts, raw_ostream &OS) {
  auto Table = [&](StringRef Heading, const auto &Rows) {
    if (Rows.empty())
      return;
    OS << Heading << ":\n";
    for (const auto &[Name, Count] : Rows) {
      std::string Number = std::to_string(Count);
      OS.indent(Number.size() < 7 ? 7 - static_cast<unsigned>(Number.size())
                                  : 0)
          << Number << "  " << Name << "\n";
    }
  };
  Table("findings by rule", Counts.Rules);
  Table("findings by verdict", Counts.Verdicts);
  Table("findings by severity", Counts.Severities);
  Table("findings that fix refuses, by reason", Counts.Refusals);
}

} // namespace unsingleton
