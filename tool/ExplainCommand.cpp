//===- ExplainCommand.cpp - unsingleton explain -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "tool/Commands.h"
#include "tool/ExplainReport.h"
#include "tool/UnseenCode.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/raw_ostream.h"
#include <map>
#include <set>

using namespace llvm;

namespace unsingleton {

namespace {
/// Finds what the user means by a name.
class Lookup {
public:
  Lookup(const Program &P, const std::vector<Finding> &Findings, StringRef Name)
      : P(P), Findings(Findings), Name(Name) {
    for (const Finding &F : Findings)
      for (const std::string &Known : namesOf(F))
        Names[Known].insert(&F);
  }

  Expected<std::vector<const Finding *>> run() const {
    std::vector<const Finding *> Found;
    for (const Finding &F : Findings)
      if (selects(P, Name, F))
        Found.push_back(&F);
    return Found.empty() ? byLastPart() : std::move(Found);
  }

private:
  std::set<std::string> namesOf(const Finding &F) const {
    std::set<std::string> Result{F.Type};
    for (const auto *Family : {&F.Accessors, &F.PartAccessors})
      for (SymbolIndex Accessor : *Family)
        Result.insert(P.name(Accessor));
    if (P.one<StorageFact>(F.Storage))
      Result.insert(P.name(F.Storage));
    return Result;
  }

  /// Nobody types the namespaces that have no name.
  static std::string typed(StringRef Known) {
    std::string Result;
    while (!Known.empty()) {
      auto [Before, After] = Known.split("(anonymous namespace)::");
      Result += Before;
      Known = After;
    }
    return Result;
  }

  Expected<std::vector<const Finding *>> byLastPart() const {
    std::vector<std::string> Meant;
    std::set<const Finding *> Found;
    for (const auto &[Known, Findings] : Names)
      if (std::string Typed = typed(Known);
          Typed == Name || StringRef(Typed).ends_with(("::" + Name).str())) {
        Meant.push_back(Known);
        Found.insert(Findings.begin(), Findings.end());
      }
    if (Found.size() > 1 && Meant.size() > 1)
      return createStringError(
          inconvertibleErrorCode(),
          "'" + Name + "' may be '" + join(Meant, "' or '") +
              "': give one of these, or '*::" + Name + "' for all");
    if (Found.empty())
      return unknown();
    std::vector<const Finding *> Result;
    for (const Finding &F : Findings) // in the order of the report
      if (Found.count(&F))
        Result.push_back(&F);
    return Result;
  }

  static StringRef lastPart(StringRef Qualified) {
    size_t At = Qualified.rfind("::");
    return At == StringRef::npos ? Qualified : Qualified.drop_front(At + 2);
  }

  Error unknown() const {
    if (Names.empty())
      return createStringError(
          inconvertibleErrorCode(),
          "nothing to explain: there is no singleton in these units");
    constexpr size_t Most = 3;
    const unsigned Far = std::max<unsigned>(3, Name.size() / 3 + 1);
    std::vector<std::pair<unsigned, std::string>> Near;
    std::vector<std::string> Shown;
    for (const auto &[Known, Findings] : Names) {
      unsigned Whole = StringRef(Known).edit_distance_insensitive(Name);
      unsigned Last = lastPart(Known).edit_distance_insensitive(lastPart(Name));
      if (std::min(Whole, Last) < Far)
        Near.push_back({std::min(Whole, Last), Known});
      if (Shown.size() < Most)
        Shown.push_back(Known);
    }
    std::string More =
        Names.size() > Most
            ? " and " + std::to_string(Names.size() - Most) + " more"
            : "";
    if (Near.empty())
      return createStringError(inconvertibleErrorCode(),
                               "no singleton is called '" + Name +
                                   "'; there are '" + join(Shown, "', '") +
                                   "'" + More);
    llvm::sort(Near);
    Shown.clear();
    for (const auto &[Distance, Known] : Near)
      if (Shown.size() < Most)
        Shown.push_back(Known);
    return createStringError(inconvertibleErrorCode(),
                             "no singleton is called '" + Name +
                                 "'; the nearest names are '" +
                                 join(Shown, "', '") + "'");
  }

  const Program &P;
  const std::vector<Finding> &Findings;
  StringRef Name;
  std::map<std::string, std::set<const Finding *>> Names;
};
} // namespace

Expected<int> runExplain(const CommandLine &Line) {
  if (Error E = checkOutput(Line))
    return std::move(E);
  Expected<Session> S = analyse(Line);
  if (!S)
    return S.takeError();
  // What NOLINT keeps silent can be explained like the rest.
  std::vector<Finding> All = decide(
      *S->Linked, S->Of.Judging,
      [&](StringRef Rule) { return S->Of.enabled(Rule); },
      /*Silenced=*/true);
  erase_if(All, [](const Finding &F) {
    return F.What == Verdict::None || F.Rated != Rating::ByWrite;
  });
  Expected<std::vector<const Finding *>> Shown =
      Lookup(*S->Linked, All, Line.Name).run();
  if (!Shown) {
    // A unit that did not parse may hold what is asked for.
    reportFailedUnits({*S->Linked, S->Of, {}}, errs());
    return Shown.takeError();
  }
  Plan Planned = planWithin(*S);
  ReportInput Input{*S->Linked, S->Of, *Shown, &Planned};
  RequestPaths Paths(*S->Linked, S->Of.Judging);
  std::vector<Dossier> Dossiers;
  for (const Finding *F : *Shown)
    Dossiers.push_back(collect(*S->Linked, Paths, S->Of.Judging, *F));
  std::string Text;
  raw_string_ostream OS(Text);
  OS.enable_colors(colours(Line));
  if (Line.Output == Format::Json)
    OS << formatv("{0:2}", json::Value(explainJson(Input, Dossiers))) << "\n";
  else
    explainText(Input, Dossiers, OS);
  if (Error E = writeOutput(Line, Text))
    return std::move(E);
  reportFailedUnits(Input, errs());
  return failedUnits(*S->Linked) ? Incomplete : NothingToReport;
}

} // namespace unsingleton
