//===- ExplainReport.cpp - One finding, told whole -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// For a reader who doubts: each section is a claim, and below it stand the
// places that prove it, all of them.
//
//===----------------------------------------------------------------------===//
#include "tool/ExplainReport.h"
#include "checks/rules/UserData.h"
#include "llvm/Support/WithColor.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace unsingleton {

namespace {
class Teller {
public:
  Teller(const ReportInput &Input, const Dossier &D, raw_ostream &OS)
      : Input(Input), P(Input.Linked), D(D), F(*D.Of), OS(OS) {}

  void run() {
    WithColor(OS, raw_ostream::SAVEDCOLOR, true)
        << shownPlace(Input, F.place()) << ": ";
    OS << F.Message << " [" << F.Rule << "]\n"
       << "  fingerprint " << F.Fingerprint << "\n";
    section("where it lives", D.Storage);
    section("who hands it out", D.Accessors);
    section("what is said of it", D.Settings);
    verdict();
    severity();
    names();
    writes();
    users();
    fix();
  }

private:
  void heading(const Twine &Text) {
    OS << "\n";
    WithColor(OS, raw_ostream::SAVEDCOLOR, true) << Text << "\n";
  }

  void line(const Span &Where, const Twine &Text) {
    OS << "  ";
    if (Where.valid())
      OS << shownPlace(Input, Where) << ": ";
    OS << Text << "\n";
  }

  void section(const Twine &Heading, ArrayRef<Evidence> Lines) {
    if (Lines.empty())
      return;
    heading(Heading);
    for (const Evidence &Line : Lines)
      line(Line.Where, Line.Text);
  }

  void verdict() {
    heading("verdict: " + toString(F.What) +
            (D.Verdict.empty() ? "" : ", because"));
    for (const Evidence &Reason : D.Verdict)
      line(Reason.Where, Reason.Text);
  }

  void writes() {
    if (D.Writes.empty())
      return;
    size_t Reached = static_cast<size_t>(count_if(
        D.Writes, [](const Dossier::Write &W) { return !W.Entry.empty(); }));
    heading("changed in " + counted(D.Writes.size(), "place") +
            (Reached ? "; requests get to " + std::to_string(Reached) : ""));
    for (const Dossier::Write &W : D.Writes) {
      bool Enters = W.Entry == "'" + P.name(W.What->Function) + "'";
      line(W.What->Place,
           W.What->Text + (W.Entry.empty() ? ""
                           : Enters ? "; a request enters here"
                                    : "; a request gets here from " + W.Entry));
    }
  }

  void severity() {
    bool Why = !D.Path.empty() || !D.Severity.empty();
    heading("severity: " + toString(F.Level) + (Why ? ", because" : ""));
    for (const PathStep &Step : D.Path)
      line(Step.Where, textOf(Step));
    for (const Evidence &Reason : D.Severity)
      line(Reason.Where, Reason.Text);
  }

  void names() {
    if (F.UserData.empty())
      return;
    heading("what names say");
    for (const UserDatum &Datum : F.UserData)
      line(Datum.Where, textOf(Datum));
  }

  void users() {
    size_t Tests = D.users(true);
    heading("used in " + counted(D.Uses.size(), "place") + ", by " +
            counted(D.users(false), "function") +
            (Tests ? " and " + counted(Tests, "test") : ""));
    for (const Dossier::Use &Use : D.Uses) {
      std::string Who = Use.Function == NoSymbol
                            ? "an initialiser"
                            : "'" + P.name(Use.Function) + "'";
      line(Use.Where, Who + (Use.Test ? " (a test)" : "") +
                          (Use.Accessor == NoSymbol
                               ? " names '" + P.name(F.Storage) + "'"
                               : " calls '" + P.name(Use.Accessor) + "'"));
    }
  }

  void fix() {
    const Migration *M = plannedFor(Input, F);
    if (!M) {
      heading(isReported(F.What) && !F.Migrates
                  ? "fix does not take it up: it is to be changed by hand"
                  : "fix leaves it as it is");
      return;
    }
    if (M->refused()) {
      heading("fix refuses it, for " + counted(M->Refusals.size(), "reason"));
      for (const Refusal &R : M->Refusals)
        line(R.Where, messageOf(R) + " [" + codeOf(R).str() + "]");
      return;
    }
    heading((M->Asks ? "fix would leave it its name, and let it ask the thread"
                     : "fix would make it '" + M->NewName + "'") +
            (M->Threaded.empty()
                 ? std::string()
                 : ", with a new parameter for " +
                       counted(M->Threaded.size(), "function")));
    for (SymbolIndex Function : M->Threaded)
      line(P.place(Function), "'" + P.name(Function) + "'");
  }

  const ReportInput &Input;
  const Program &P;
  const Dossier &D;
  const Finding &F;
  raw_ostream &OS;
};

json::Array evidence(const ReportInput &Input, ArrayRef<Evidence> Lines) {
  json::Array Result;
  for (const Evidence &Line : Lines) {
    json::Object O = placeJson(Input, Line.Where);
    O["message"] = Line.Text;
    Result.push_back(std::move(O));
  }
  return Result;
}

json::Object explanation(const ReportInput &Input, const Dossier &D) {
  json::Array Writes, Uses;
  for (const Dossier::Write &W : D.Writes) {
    json::Object O = placeJson(Input, W.What->Place);
    O["message"] = W.What->Text;
    O["function"] = Input.Linked.name(W.What->Function);
    O["escape"] = W.What->Escape;
    if (!W.Entry.empty())
      O["entry"] = W.Entry;
    Writes.push_back(std::move(O));
  }
  for (const Dossier::Use &Use : D.Uses) {
    json::Object O = placeJson(Input, Use.Where);
    O["function"] = Input.Linked.name(Use.Function);
    O["by"] = Input.Linked.name(Use.Accessor == NoSymbol ? D.Of->Storage
                                                         : Use.Accessor);
    O["test"] = Use.Test;
    Uses.push_back(std::move(O));
  }
  return json::Object{{"storage", evidence(Input, D.Storage)},
                      {"accessors", evidence(Input, D.Accessors)},
                      {"settings", evidence(Input, D.Settings)},
                      {"verdict", evidence(Input, D.Verdict)},
                      {"severity", evidence(Input, D.Severity)},
                      {"path", pathJson(Input, D.Path)},
                      {"writes", std::move(Writes)},
                      {"uses", std::move(Uses)}};
}
} // namespace

void explainText(const ReportInput &Input, ArrayRef<Dossier> Dossiers,
                 raw_ostream &OS) {
  for (const Dossier &D : Dossiers) {
    if (&D != Dossiers.begin())
      OS << "\n\n";
    Teller(Input, D, OS).run();
  }
}

json::Object explainJson(const ReportInput &Input, ArrayRef<Dossier> Dossiers) {
  json::Object Report = reportJson(Input);
  json::Array &Findings = *Report.getArray("findings");
  for (size_t I = 0; I < Dossiers.size(); ++I)
    (*Findings[I].getAsObject())["explanation"] =
        explanation(Input, Dossiers[I]);
  return Report;
}

} // namespace unsingleton
