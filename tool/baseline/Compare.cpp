//===- Compare.cpp - Findings against what was accepted ---------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "tool/baseline/Compare.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;

namespace unsingleton {

namespace {
/// How bad a verdict is; those that are not reported are all alike.
unsigned gravity(Verdict V) {
  switch (V) {
  case Verdict::SharedMutable:
  case Verdict::None: // such a finding never has another
    return 2;
  case Verdict::ProcessResource:
    return 1;
  case Verdict::ConstAfterInit:
  case Verdict::Stateless:
  case Verdict::ProcessWide:
  case Verdict::PerContext:
    return 0;
  }
  return 0;
}

auto badness(const BaselineEntry &E) {
  return std::tuple(E.Level, gravity(E.What), E.Consumers);
}

std::string functions(size_t Count) {
  return std::to_string(Count) + (Count == 1 ? " function" : " functions");
}

/// What of \p Now is worse than \p Then, and what is better.
struct Difference {
  Worsening Worse;
  std::string Better;
};
Difference difference(const BaselineEntry &Then, const BaselineEntry &Now) {
  Difference Result;
  auto Say = [&](StringRef What, bool Worse, const Twine &Text) {
    std::string &To = Worse ? Result.Worse.Text : Result.Better;
    To += (To.empty() ? "" : ", ") + Text.str();
    if (Worse && Result.Worse.What.empty())
      Result.Worse.What = What.str();
  };
  if (gravity(Now.What) != gravity(Then.What))
    Say("verdict", gravity(Now.What) > gravity(Then.What),
        "verdict " + toString(Now.What) + ", was " + toString(Then.What));
  if (Now.Level != Then.Level)
    Say("severity", Now.Level > Then.Level,
        "severity " + toString(Now.Level) + ", was " + toString(Then.Level));
  if (Now.Consumers != Then.Consumers)
    Say("consumer", Now.Consumers > Then.Consumers,
        "used by " + functions(Now.Consumers) + ", was " +
            std::to_string(Then.Consumers));
  return Result;
}

using Group = std::vector<size_t>; ///< indices, the gravest first

std::map<std::string, Group> grouped(const std::vector<BaselineEntry> &All) {
  std::map<std::string, Group> Result;
  for (size_t I = 0; I < All.size(); ++I)
    Result[All[I].Fingerprint].push_back(I);
  for (auto &[Fingerprint, Members] : Result)
    sort(Members, [&](size_t A, size_t B) {
      return std::tuple(badness(All[B]), A) < std::tuple(badness(All[A]), B);
    });
  return Result;
}

class Comparer {
public:
  Comparer(const std::vector<BaselineEntry> &Accepted,
           const std::vector<BaselineEntry> &Now)
      : Accepted(Accepted), Now(Now) {
    Result.Reported.resize(Now.size());
  }

  Comparison run() {
    std::map<std::string, Group> Known = grouped(Accepted);
    std::map<std::string, Group> Found = grouped(Now);
    for (auto &[Fingerprint, Entries] : Known)
      match(std::move(Entries), std::move(Found[Fingerprint]));
    for (auto &[Fingerprint, Findings] : Found)
      if (!Known.count(Fingerprint))
        match({}, std::move(Findings));
    sort(Result.Stale,
         [](const StaleEntry &A, const StaleEntry &B) { return A.Of < B.Of; });
    sort(Result.Pruned);
    return std::move(Result);
  }

private:
  void match(Group Entries, Group Findings) {
    erase_if(Entries, [&](size_t Entry) {
      auto Same = find_if(Findings, [&](size_t F) {
        return badness(Now[F]) == badness(Accepted[Entry]);
      });
      if (Same == Findings.end())
        return false;
      Findings.erase(Same);
      Result.Pruned.push_back(Accepted[Entry]);
      return true;
    });
    size_t Pairs = std::min(Entries.size(), Findings.size());
    for (size_t I = 0; I < Pairs; ++I)
      judge(Accepted[Entries[I]], Findings[I]);
    for (size_t Entry : ArrayRef<size_t>(Entries).drop_front(Pairs))
      Result.Stale.push_back({Accepted[Entry], "it is gone"});
    for (size_t F : ArrayRef<size_t>(Findings).drop_front(Pairs))
      Result.Reported[F] = Worsening();
  }

  void judge(const BaselineEntry &Entry, size_t F) {
    Difference D = difference(Entry, Now[F]);
    if (!D.Worse.Text.empty()) {
      Result.Reported[F] = D.Worse;
      Result.Pruned.push_back(Entry);
      return;
    }
    Result.Stale.push_back({Entry, D.Better});
    BaselineEntry Tighter = Entry;
    Tighter.Consumers = Now[F].Consumers;
    Tighter.What = Now[F].What;
    Tighter.Level = Now[F].Level;
    Result.Pruned.push_back(std::move(Tighter));
  }

  const std::vector<BaselineEntry> &Accepted;
  const std::vector<BaselineEntry> &Now;
  Comparison Result;
};
} // namespace

Comparison compare(const std::vector<BaselineEntry> &Accepted,
                   const std::vector<BaselineEntry> &Now) {
  return Comparer(Accepted, Now).run();
}

} // namespace unsingleton
