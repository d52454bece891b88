//===- FixReport.cpp - What fix did -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "tool/FixReport.h"
#include "fixits/ContextEdits.h"
#include "tool/UnifiedDiff.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/WithColor.h"
#include "llvm/Support/raw_ostream.h"
#include <map>

using namespace llvm;

namespace unsingleton {

static size_t edits(const FixResult &Result) {
  size_t Count = 0;
  for (const ChangedFile &File : Result.Files)
    Count += File.Edits;
  return Count;
}

/// Whether some unit already sees the runtime's headers.
static bool runtimeKnown(const Program &P) {
  return any_of(P.files(), [](const FileFact &F) {
    return StringRef(F.Path).ends_with("isolation/user_execution_context.h");
  });
}

void fixText(const ReportInput &Input, const FixResult &Result,
             const CommandLine &Line, raw_ostream &OS) {
  if (Line.DryRun)
    for (const ChangedFile &File : Result.Files)
      OS << unifiedDiff(Input.Of.shown(File.Path), File.Before, File.After);
  // A dry run's standard output is a patch; `#` lines are not part of it.
  StringRef Mark = Line.DryRun ? "# " : "";
  size_t Migrated = 0;
  for (const Migration &M : Result.Planned.Migrations) {
    std::string Name = Input.Linked.name(M.Of->entity());
    if (!M.refused()) {
      ++Migrated;
      OS << Mark << (!Line.inPlace() ? "would migrate '" : "migrated '") << Name
         << "'";
      if (M.Asks)
        OS << ", which stays as it is and asks the thread for the context";
      else if (Name == M.NewName || StringRef(Name).ends_with("::" + M.NewName))
        OS << ", which keeps its name";
      else
        OS << " to '" << M.NewName << "'";
      if (!M.Threaded.empty())
        OS << ", with a new parameter for "
           << counted(M.Threaded.size(), "function");
      if (!M.Bridged.empty())
        OS << ", bridged in " << counted(M.Bridged.size(), "function");
      OS << "\n";
      continue;
    }
    OS << Mark << "refused '" << Name << "':\n";
    // A table of globals would say the same once for each.
    constexpr unsigned Enough = 5;
    std::map<RefusalCode, unsigned> Said;
    for (const Refusal &R : M.Refusals)
      if (++Said[R.Code] <= Enough)
        refusalText(Input, R, (Mark + "  ").str(), OS);
    for (auto [Code, Count] : Said)
      if (Count > Enough)
        OS << Mark << "  and " << Count - Enough << " more ["
           << codeOf({Code, "", "", {}}) << "]; 'plan' lists them all\n";
  }
  size_t Refused = Result.Planned.Migrations.size() - Migrated;
  OS << Mark << Migrated << " migrated, " << Refused << " refused; "
     << counted(edits(Result), "edit") << " in "
     << counted(Result.Files.size(), "file") << ", "
     << counted(Result.UnitsVerified, "unit") << " verified\n";
  byHandText(Input, Mark, OS);
  bool Bridges = any_of(Result.Planned.Migrations, [](const Migration &M) {
    return !M.refused() && !M.Bridged.empty();
  });
  if (Bridges && !hasEditableMain(Input.Linked))
    OS << Mark
       << "no 'main' of this project was seen: begin each program's with "
          "'const isolation::ProcessContext process_context;', which answers "
          "bridged functions where no request is served\n";
  bool Ours =
      StringRef(Input.Of.Fixing.ContextHeader).starts_with("isolation/");
  if (Migrated && Ours && !runtimeKnown(Input.Linked))
    OS << Mark
       << "add the runtime to the build: find_package(isolation REQUIRED) and "
          "target_link_libraries(TARGET PRIVATE isolation::isolation)\n";
}

static json::Object summary(const ReportInput &Input, const Migration &M) {
  return json::Object{
      {"name", Input.Linked.name(M.Of->entity())},
      {"fingerprint", M.Of->Fingerprint},
      {"rule", M.Of->Rule},
      {"functions", static_cast<int64_t>(M.Threaded.size())},
  };
}

void fixJson(const ReportInput &Input, const FixResult &Result,
             raw_ostream &OS) {
  json::Object O = reportJson(Input);
  json::Array Migrated, Refused, RolledBack;
  for (const Migration &M : Result.Planned.Migrations) {
    json::Object Entry = summary(Input, M);
    if (!M.refused()) {
      Entry["new_name"] = M.NewName;
      json::Array Bridges;
      for (const Bridge &B : M.Bridged)
        Bridges.push_back(Input.Linked.name(B.Function));
      Entry["bridges"] = std::move(Bridges);
      Migrated.push_back(std::move(Entry));
      continue;
    }
    json::Array Refusals;
    for (const Refusal &R : M.Refusals)
      Refusals.push_back(toJson(Input, R));
    Entry["refusals"] = std::move(Refusals);
    Refused.push_back(std::move(Entry));
  }
  for (const std::string &Fingerprint : Result.RolledBack)
    RolledBack.push_back(Fingerprint);
  O["migrated"] = std::move(Migrated);
  O["refused"] = std::move(Refused);
  O["rolled_back"] = std::move(RolledBack);
  O["files_changed"] = static_cast<int64_t>(Result.Files.size());
  O["edits"] = static_cast<int64_t>(edits(Result));
  O["units_verified"] = static_cast<int64_t>(Result.UnitsVerified);
  OS << formatv("{0:2}", json::Value(std::move(O))) << "\n";
}

} // namespace unsingleton
