//===- Accept.cpp - A run against its baseline ------------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "tool/baseline/Accept.h"
#include "tool/Config.h"
#include "tool/baseline/Compare.h"
#include "tool/report/Printable.h"
#include "tool/since/News.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/WithColor.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace unsingleton {

/// The findings that a baseline is about: of the whole project, new or old.
static std::vector<const Finding *> acceptable(const Session &S,
                                               const CommandLine &Line) {
  std::vector<const Finding *> Result;
  for (const Finding &F : S.Findings)
    if (Line.All || isReported(F.What))
      Result.push_back(&F);
  return Result;
}

Baseline baselineOf(const Session &S, const CommandLine &Line) {
  Baseline B;
  B.Tool = "unsingleton " UNSINGLETON_VERSION;
  B.Of = configurationOf(S.Of, Line.All);
  for (const Finding *F : acceptable(S, Line))
    B.Entries.push_back(entryOf(*S.Linked, *F));
  sort(B.Entries);
  return B;
}

Expected<std::optional<Baseline>> givenBaseline(const CommandLine &Line) {
  if (Line.Baseline.empty())
    return std::nullopt;
  Expected<Baseline> B = readBaseline(Line.Baseline);
  if (!B)
    return B.takeError();
  return std::optional<Baseline>(std::move(*B));
}

/// As a shell takes it.
static std::string quoted(StringRef Word) {
  bool Plain = !Word.empty() && all_of(Word, [](char C) {
    return isAlnum(C) || StringRef("-_./=+:,@%").contains(C);
  });
  if (Plain)
    return Word.str();
  std::string Result = "'";
  for (char C : Word)
    Result += C == '\'' ? "'\\''" : std::string(1, C);
  return Result + "'";
}

/// This run's command with \p Options added.
static std::string command(const CommandLine &Line, StringRef Options) {
  std::string Result = "unsingleton check";
  for (const std::string &Build : Line.Builds)
    Result += " -p " + quoted(Build);
  if (!Line.Facts.empty())
    Result += " --facts " + quoted(Line.Facts);
  if (!Line.Root.empty())
    Result += " --root " + quoted(Line.Root);
  if (Line.All)
    Result += " --all";
  return Result + " --baseline " + quoted(Line.Baseline) + " " + Options.str();
}

namespace {
class Acceptance {
public:
  Acceptance(const Baseline &Known, const Session &S, const CommandLine &Line)
      : Known(Known), S(S), Line(Line) {}

  Expected<BaselineOutcome> run(std::vector<const Finding *> &Shown) {
    std::vector<const Finding *> All = acceptable(S, Line);
    std::vector<BaselineEntry> Now;
    for (const Finding *F : All)
      Now.push_back(entryOf(*S.Linked, *F));
    Comparison Compared = compare(Known.Entries, Now);
    std::map<StringRef, Change> ByFingerprint;
    for (size_t I = 0; I < Now.size(); ++I)
      if (const std::optional<Worsening> &Why = Compared.Reported[I]) {
        bool Worse = !Why->Text.empty();
        Result.Changes[All[I]] = {Worse, Why->Text,
                                  Worse ? Why->What : newsWord(*All[I]).str()};
        ByFingerprint.try_emplace(All[I]->Fingerprint, Result.Changes[All[I]]);
      }
    erase_if(Shown, [&](const Finding *F) {
      if (Result.Changes.count(F))
        return false;
      // --since shows findings of its own, at the places that are new.
      auto Same = ByFingerprint.find(F->Fingerprint);
      if (S.Since && Same != ByFingerprint.end()) {
        Result.Changes[F] = Same->second;
        return false;
      }
      ++Result.Known;
      return true;
    });
    if (Error E = judge(std::move(Compared)))
      return std::move(E);
    return std::move(Result);
  }

private:
  Error judge(Comparison Compared) {
    Baseline New = Known;
    std::vector<std::string> Changed =
        differences(Known.Of, configurationOf(S.Of, Line.All));
    if (!Changed.empty() && Line.AcceptConfiguration)
      acceptConfiguration(Changed, New);
    else if (!Changed.empty())
      configurationChanged(Changed);
    if (Changed.empty() || Line.AcceptConfiguration)
      judgeEntries(std::move(Compared), New);
    bool Same =
        New.Of.Digest == Known.Of.Digest && New.Entries == Known.Entries;
    return Same ? Error::success() : writeBaseline(Line.Baseline, New);
  }

  void judgeEntries(Comparison Compared, Baseline &New) {
    if (Compared.Stale.empty())
      return;
    if (size_t Failed = failedUnits(*S.Linked)) {
      Result.Notes.push_back(
          "entries of '" + Line.Baseline +
          "' that nothing matches are kept: " + counted(Failed, "unit") +
          (Failed == 1 ? " was" : " were") + " not analysed");
      return;
    }
    if (!Line.Paths.empty())
      return; // a look at one folder is no judgement on the whole
    if (!Line.Prune) {
      stale(Compared.Stale);
      return;
    }
    New.Entries = std::move(Compared.Pruned);
    size_t Removed = Known.Entries.size() - New.Entries.size();
    Result.Notes.push_back("pruned '" + Line.Baseline +
                           "': " + std::to_string(Removed) + " removed, " +
                           std::to_string(Compared.Stale.size() - Removed) +
                           " lowered");
  }

  void acceptConfiguration(const std::vector<std::string> &Changed,
                           Baseline &New) {
    New.Of = configurationOf(S.Of, Line.All);
    Result.Notes.push_back("'" + Line.Baseline +
                           "' now says that: " + join(Changed, ", "));
  }

  void configurationChanged(const std::vector<std::string> &Changed) {
    Result.Problems.push_back(
        "the configuration is not that of '" + Line.Baseline +
        "': " + join(Changed, ", ") +
        "; accept it with: " + command(Line, "--accept-configuration"));
  }

  void stale(const std::vector<StaleEntry> &Entries) {
    for (const StaleEntry &E : Entries)
      Result.Entries.push_back({E.Of.Rule, E.Of.Name, E.Of.Fingerprint, E.Why});
    if (!Entries.empty())
      Result.Problems.push_back(
          "'" + Line.Baseline +
          "' accepts more than there is: " + std::to_string(Entries.size()) +
          (Entries.size() == 1 ? " entry is stale" : " entries are stale") +
          "; remove that with: " + command(Line, "--prune"));
  }

  const Baseline &Known;
  const Session &S;
  const CommandLine &Line;
  BaselineOutcome Result;
};
} // namespace

Expected<BaselineOutcome> applyBaseline(const std::optional<Baseline> &Known,
                                        const Session &S,
                                        const CommandLine &Line,
                                        std::vector<const Finding *> &Shown) {
  if (!Known)
    return BaselineOutcome();
  return Acceptance(*Known, S, Line).run(Shown);
}

void reportBaseline(const CommandLine &Line, const BaselineOutcome &Outcome,
                    raw_ostream &OS) {
  for (const BaselineOutcome::Stale &E : Outcome.Entries)
    OS << printable(Line.Baseline) << ": '" << printable(E.Name) << "' ["
       << printable(E.Rule) << "]: " << E.Why << "\n";
  if (!Line.Quiet)
    for (const std::string &Note : Outcome.Notes)
      OS << "note: " << printable(Note) << "\n";
  for (const std::string &Problem : Outcome.Problems) {
    WithColor(OS, HighlightColor::Error) << "error: ";
    OS << printable(Problem) << "\n";
  }
}

} // namespace unsingleton
