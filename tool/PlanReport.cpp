//===- PlanReport.cpp - What plan tells of a fix -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "tool/PlanReport.h"
#include "fixits/FrontierRanking.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace unsingleton {

namespace {
/// How a function comes by its context, as a word and as half a sentence.
struct Words {
  StringRef Code;
  StringRef Text;
};
Words wordsOf(ContextAnswer::Source From) {
  switch (From) {
  case ContextAnswer::Source::InScope:
    return {"in-scope", "has one in scope"};
  case ContextAnswer::Source::Root:
    return {"root", "is a test and makes one of isolation.RootContext"};
  case ContextAnswer::Source::Parameter:
    return {"parameter", "has none and gets a parameter"};
  case ContextAnswer::Source::Member:
    return {"member", "has none and its class keeps one"};
  case ContextAnswer::Source::Ambient:
  case ContextAnswer::Source::Inline:
    return {"ambient", "can be given none and asks the thread"};
  case ContextAnswer::Source::Process:
    return {"process", "uses the ProcessContext's"};
  case ContextAnswer::Source::None:
    break;
  }
  return {"none", "has none"};
}

std::string nameOf(const ReportInput &Input, SymbolIndex Function) {
  return Function == NoSymbol ? "an initialiser"
                              : "'" + Input.Linked.name(Function) + "'";
}

class TextPlan {
public:
  TextPlan(const ReportInput &Input, raw_ostream &OS, bool Verified)
      : Input(Input), OS(OS), Verified(Verified), Planned(*Input.Planned) {}

  void run() {
    size_t Migrated = 0;
    for (const Migration &M : Planned.Migrations) {
      Migrated += !M.refused();
      M.refused() ? refused(M) : migrated(M);
    }
    ranking();
    OS << Migrated << " to migrate, " << Planned.Migrations.size() - Migrated
       << (Verified ? " refused; no source file was changed\n"
                    : " refused; nothing was verified or written\n");
    byHandText(Input, "", OS);
  }

private:
  void migrated(const Migration &M) {
    OS << shownPlace(Input, M.Of->place()) << ": '"
       << Input.Linked.name(M.Of->entity())
       << (M.Asks ? std::string("' stays as it is and asks the thread")
                  : "' becomes '" + M.NewName + "'")
       << " [" << M.applicability() << "]\n";
    OS << "  one object for each " << M.Scope << "; touches "
       << counted(M.Threaded.size(), "signature") << ", "
       << counted(M.Calls, "use") << " and " << counted(M.Files.size(), "file")
       << "\n";
    for (const ContextChoice &C : M.Choices) {
      OS << "  " << shownPlace(Input, C.Place) << ": "
         << nameOf(Input, C.Function) << " " << wordsOf(C.From).Text << ": '"
         << C.Expression << "'";
      if (C.Uses > 1)
        OS << ", " << C.Uses << " times";
      OS << "\n";
    }
    for (const Bridge &B : M.Bridged)
      for (const Refusal &Why : B.Why)
        OS << "  " << shownPlace(Input, Why.Where) << ": no parameter for "
           << nameOf(Input, B.Function) << ": " << messageOf(Why) << " ["
           << codeOf(Why) << "]\n";
  }

  void refused(const Migration &M) {
    OS << shownPlace(Input, M.Of->place()) << ": '"
       << Input.Linked.name(M.Of->entity()) << "' stays\n";
    for (const Refusal &R : M.Refusals)
      refusalText(Input, R, "  ", OS);
  }

  void ranking() {
    bool Blocking = false, Bridging = false;
    for (const RankedFrontier &F : rankFrontiers(Planned)) {
      if (!F.Bridged && !std::exchange(Blocking, true))
        OS << "what blocks most:\n";
      if (F.Bridged && !std::exchange(Bridging, true))
        OS << "what is bridged:\n";
      OS << "  " << shownPlace(Input, F.What.Where) << ": ";
      if (F.Bridged)
        OS << "for " << counted(F.Blocks.size(), "singleton");
      else
        OS << "blocks " << counted(F.Blocks.size(), "singleton") << ", "
           << F.Frees << " alone";
      OS << ": " << messageOf(F.What) << " [" << codeOf(F.What) << "]\n";
    }
  }

  const ReportInput &Input;
  raw_ostream &OS;
  bool Verified;
  const Plan &Planned;
};

json::Object choiceJson(const ReportInput &Input, const ContextChoice &C) {
  json::Object O = placeJson(Input, C.Place);
  O["function"] = C.Function == NoSymbol ? "" : Input.Linked.name(C.Function);
  O["choice"] = wordsOf(C.From).Code;
  O["expression"] = C.Expression;
  O["uses"] = static_cast<int64_t>(C.Uses);
  return O;
}

json::Array refusalsJson(const ReportInput &Input,
                         const std::vector<Refusal> &Refusals) {
  json::Array Result;
  for (const Refusal &R : Refusals)
    Result.push_back(toJson(Input, R));
  return Result;
}

} // namespace

json::Object migrationJson(const ReportInput &Input, const Migration &M) {
  json::Object O;
  O["name"] = Input.Linked.name(M.Of->entity());
  O["fingerprint"] = M.Of->Fingerprint;
  O["applicability"] = M.applicability();
  O["refusals"] = refusalsJson(Input, M.Refusals);
  if (M.refused())
    return O;
  O["new_name"] = M.NewName;
  O["scope"] = M.Scope;
  json::Array Signatures, Choices, Bridges, Files;
  for (SymbolIndex Function : M.Threaded)
    Signatures.push_back(Input.Linked.name(Function));
  for (const ContextChoice &C : M.Choices)
    Choices.push_back(choiceJson(Input, C));
  for (const Bridge &B : M.Bridged)
    Bridges.push_back(json::Object{{"function", Input.Linked.name(B.Function)},
                                   {"why", refusalsJson(Input, B.Why)}});
  for (FileIndex File : M.Files)
    Files.push_back(Input.Of.shown(Input.Linked.file(File).Path));
  O["signatures"] = std::move(Signatures);
  O["contexts"] = std::move(Choices);
  O["bridges"] = std::move(Bridges);
  O["files"] = std::move(Files);
  return O;
}

void planText(const ReportInput &Input, raw_ostream &OS, bool Verified) {
  TextPlan(Input, OS, Verified).run();
}

void planJson(const ReportInput &Input, raw_ostream &OS) {
  json::Object O = reportJson(Input);
  json::Array Migrations, Frontiers;
  for (const Migration &M : Input.Planned->Migrations)
    Migrations.push_back(migrationJson(Input, M));
  for (const RankedFrontier &F : rankFrontiers(*Input.Planned)) {
    json::Object Entry = toJson(Input, F.What);
    json::Array Blocks;
    for (unsigned Number : F.Blocks)
      Blocks.push_back(
          Input.Linked.name(Input.Planned->Migrations[Number].Of->entity()));
    Entry["bridged"] = F.Bridged;
    Entry["singletons"] = std::move(Blocks);
    Entry["frees"] = static_cast<int64_t>(F.Frees);
    Frontiers.push_back(std::move(Entry));
  }
  O["plan"] = std::move(Migrations);
  O["frontiers"] = std::move(Frontiers);
  OS << formatv("{0:2}", json::Value(std::move(O))) << "\n";
}

} // namespace unsingleton
