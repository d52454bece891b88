//===- ReportData.cpp - What the HTML report shows -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "tool/html/ReportData.h"
#include "fixits/FrontierRanking.h"
#include "tool/PlanReport.h"
#include "tool/html/Excerpts.h"
#include "tool/html/GroupDiff.h"

using namespace llvm;

namespace unsingleton {

void sortForReport(const Program &P, std::vector<const Finding *> &Shown) {
  llvm::sort(Shown, [&](const Finding *A, const Finding *B) {
    if (A->Level != B->Level)
      return A->Level > B->Level;
    if (A->Consumers.size() != B->Consumers.size())
      return A->Consumers.size() > B->Consumers.size();
    std::string NameA = P.name(A->entity()), NameB = P.name(B->entity());
    // All point into one sorted vector.
    return NameA != NameB ? NameA < NameB : A < B;
  });
}

namespace {
class DataBuilder {
public:
  DataBuilder(const ReportInput &Input, const FixResult &Fixed,
              const ReportLimits &Limits)
      : Input(Input), P(Input.Linked), Fixed(Fixed), Limits(Limits),
        Lines(Input, Limits.SourceBytes), Diffs(Input, Fixed),
        DiffRoom(Limits.DiffBytes) {
    for (size_t I = 0; I < Input.Shown.size(); ++I)
      Shown[Input.Shown[I]] = I;
    for (unsigned I = 0; I < Fixed.Planned.Migrations.size(); ++I)
      Migrations[Fixed.Planned.Migrations[I].Of] = I;
  }

  json::Object run() {
    json::Object Data = reportJson(Input);
    Data.getObject("units")->insert(
        {"verified", static_cast<int64_t>(Fixed.UnitsVerified)});
    json::Array &Findings = *Data.getArray("findings");
    for (size_t I = 0; I < Input.Shown.size(); ++I)
      extend(*Findings[I].getAsObject(), *Input.Shown[I]);
    Data["frontiers"] = frontiers();
    // Asked for last: what is at fault matters more than who is affected.
    for (const Finding *F : Input.Shown)
      minorPlaces(*F);
    Data["sources"] = Lines.json();
    Data["notes"] = notes();
    return Data;
  }

private:
  void extend(json::Object &O, const Finding &F) {
    O["name"] = P.name(F.entity());
    O["users"] = users(F);
    O["writes"] = writes(F);
    O["write_count"] = static_cast<int64_t>(F.Writes.size());
    O["migration"] = nullptr;
    O["diff"] = nullptr;
    O["diff_note"] = "";
    O["shares"] = json::Array();
    majorPlaces(F);
    auto It = Migrations.find(&F);
    if (It == Migrations.end())
      return;
    const Migration &M = Fixed.Planned.Migrations[It->second];
    O["migration"] = migrationJson(Input, M);
    for (const Refusal &R : M.Refusals)
      Lines.add(R.Where);
    if (!M.refused())
      addDiff(O, It->second);
  }

  void addDiff(json::Object &O, unsigned Number) {
    std::string Only = "unsingleton fix --dry-run --only=" +
                       O.getString("fingerprint").value_or("").str();
    Expected<std::string> Diff = Diffs.of(Number);
    if (!Diff) {
      O["diff_note"] = "it cannot be shown alone (" +
                       toString(Diff.takeError()) + "); see " + Only;
      return;
    }
    if (Diff->size() > std::min(DiffRoom, Limits.OneDiff)) {
      ++DiffsLeftOut;
      O["diff_note"] =
          "left out for its size (" +
          counted(static_cast<size_t>(llvm::count(*Diff, '\n')), "line") +
          "); see " + Only;
      return;
    }
    DiffRoom -= Diff->size();
    O["diff"] = json::fixUTF8(*Diff);
    json::Array Shares;
    for (unsigned Other : Diffs.sharing(Number))
      if (auto It = Shown.find(Fixed.Planned.Migrations[Other].Of);
          It != Shown.end())
        Shares.push_back(static_cast<int64_t>(It->second));
    O["shares"] = std::move(Shares);
  }

  /// Where each consumer first asks for the object.
  std::vector<std::pair<SymbolIndex, Span>> uses(const Finding &F) const {
    std::map<SymbolIndex, Span> First;
    for (SymbolIndex Accessor : F.Accessors)
      for (const CallFact *Call : P.callsTo(Accessor)) {
        auto [It, New] = First.try_emplace(Call->Caller, Call->Name);
        if (!New && Call->Name < It->second)
          It->second = Call->Name;
      }
    std::vector<std::pair<SymbolIndex, Span>> Result;
    for (SymbolIndex User : F.Consumers) {
      auto It = First.find(User);
      Result.push_back({User, It == First.end() ? P.place(User) : It->second});
    }
    return Result;
  }

  json::Array users(const Finding &F) const {
    json::Array Result;
    for (const auto &[User, Where] : uses(F)) {
      if (Result.size() == Limits.Users)
        break;
      json::Object O = placeJson(Input, Where);
      O["name"] = P.name(User);
      Result.push_back(std::move(O));
    }
    return Result;
  }

  json::Array writes(const Finding &F) const {
    json::Array Result;
    for (const StateWrite &W : F.Writes) {
      if (Result.size() == Limits.Writes)
        break;
      json::Object O = placeJson(Input, W.Place);
      O["text"] = W.Text;
      O["function"] = W.Function == NoSymbol ? "" : P.name(W.Function);
      O["escape"] = W.Escape;
      Result.push_back(std::move(O));
    }
    return Result;
  }

  json::Array frontiers() {
    json::Array Result;
    for (const RankedFrontier &F : rankFrontiers(Fixed.Planned)) {
      json::Object O = toJson(Input, F.What);
      std::set<size_t> Blocked;
      for (unsigned Number : F.Blocks)
        if (auto It = Shown.find(Fixed.Planned.Migrations[Number].Of);
            It != Shown.end())
          Blocked.insert(It->second);
      if (Blocked.empty())
        continue; // outside the paths that were asked for
      json::Array Blocks;
      for (size_t Index : Blocked)
        Blocks.push_back(static_cast<int64_t>(Index));
      O["bridged"] = F.Bridged;
      O["frees"] = static_cast<int64_t>(F.Frees);
      O["blocks"] = std::move(Blocks);
      Lines.add(F.What.Where);
      Result.push_back(std::move(O));
    }
    return Result;
  }

  void majorPlaces(const Finding &F) {
    Lines.add(F.place());
    Lines.add(F.StoragePlace);
    for (const PathStep &Step : F.Path)
      Lines.add(Step.Where);
  }

  void minorPlaces(const Finding &F) {
    for (const Evidence &Note : F.Notes)
      Lines.add(Note.Where);
    for (const UserDatum &Datum : F.UserData)
      Lines.add(Datum.Where);
    for (const StateWrite &W : ArrayRef(F.Writes).take_front(Limits.Writes))
      Lines.add(W.Place);
    auto Uses = uses(F);
    for (const auto &[User, Where] : ArrayRef(Uses).take_front(Limits.Users))
      Lines.add(Where);
  }

  json::Array notes() const {
    json::Array Notes;
    if (Lines.leftOut())
      Notes.push_back("the source lines of " +
                      counted(Lines.leftOut(), "place") +
                      " were left out, to keep this file small");
    if (DiffsLeftOut)
      Notes.push_back(counted(DiffsLeftOut, "diff") +
                      (DiffsLeftOut == 1 ? " was" : " were") +
                      " left out, to keep this file small");
    for (const std::string &File : Lines.changed())
      Notes.push_back("'" + json::fixUTF8(File) +
                      "' could not be read as it was analysed: its lines are "
                      "not shown");
    return Notes;
  }

  const ReportInput &Input;
  const Program &P;
  const FixResult &Fixed;
  const ReportLimits &Limits;
  Excerpts Lines;
  GroupDiffs Diffs;
  size_t DiffRoom;
  size_t DiffsLeftOut = 0;
  std::map<const Finding *, size_t> Shown;        ///< their place in the report
  std::map<const Finding *, unsigned> Migrations; ///< their number in the plan
};
} // namespace

json::Object reportData(const ReportInput &Input, const FixResult &Fixed,
                        const std::vector<HistoryEntry> &Runs,
                        const ReportLimits &Limits) {
  json::Object Data = DataBuilder(Input, Fixed, Limits).run();
  json::Array History;
  for (const HistoryEntry &Run : Runs)
    History.push_back(toJson(Run));
  Data["history"] = std::move(History);
  return Data;
}

} // namespace unsingleton
