//===- Suppression.cpp - isolation-suppression ----------------------------===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Flags a NOLINT that names one of these rules and gives no reason, and one
// that keeps nothing silent; only with `isolation.RequireSuppressionReason`. A
// suppression is a decision about users' data, and the next reader must be able
// to tell whether it still holds:
//
//     // NOLINTNEXTLINE(isolation-mutable-global)        no reason
//     int connections;
//     int limit(); // NOLINT(isolation-monostate): old   suppresses nothing
//     // NOLINTBEGIN(isolation-*): generated             no end
//
// The reason is text on the same line after the closing parenthesis. A name
// that no rule has, and a beginning without its end, suppress nothing either.
// What is said about a directive cannot be suppressed by that directive; in
// clang-tidy, where `NOLINT(isolation-*)` would do so, it is an error.
//
// Does not flag:
//  - directives that name no rule of ours, such as a bare `NOLINT` or
//    `NOLINT(*)`: they are somebody else's;
//  - a directive over a finding that only `--all` shows: clang-tidy, which sees
//    one unit, may show it without;
//  - a directive for rules that the project has switched off, or for this one;
//  - unused directives while some unit could not be analysed: what they are for
//    may be there;
//  - in clang-tidy, an unused directive whose finding another unit may bring
//    about: where the accessor of a variable is, or what is a singleton's use,
//    one unit cannot tell. It judges only directives of the main file, for
//    rules about a variable in a function's body (LOCAL_RULE in Rules.def),
//    over which no rule finds anything, and only when it runs each rule that
//    the directive names. A block without its end clang-tidy reports by itself.
//
//===----------------------------------------------------------------------===//
#include "checks/rules/Globs.h"
#include "checks/rules/NearestName.h"
#include "checks/rules/Rules.h"
#include "checks/rules/SuppressionFilter.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/Twine.h"
#include <map>
#include <set>

using namespace llvm;
using namespace unsingleton;

/// The directive's globs that are meant for us.
static SmallVector<StringRef, 4> ourGlobs(const SuppressionFact &Directive) {
  SmallVector<StringRef, 4> Globs;
  StringRef(Directive.Checks).split(Globs, ',');
  llvm::erase_if(Globs,
                 [](StringRef Glob) { return !Glob.starts_with("isolation"); });
  return Globs;
}

static StringRef wordOf(SuppressionKind Kind) {
  switch (Kind) {
  case SuppressionKind::Line:
    return "NOLINT";
  case SuppressionKind::NextLine:
    return "NOLINTNEXTLINE";
  case SuppressionKind::Begin:
    return "NOLINTBEGIN";
  case SuppressionKind::End:
    return "NOLINTEND";
  }
  return "";
}

namespace {
class Review {
public:
  Review(const RuleInput &Input, StringRef Name, std::vector<Finding> &Out)
      : Input(Input), P(Input.Linked), Name(Name), Out(Out) {
    Complete = none_of(
        P.units(), [](const LinkedUnit &Unit) { return !Unit.Errors.empty(); });
    for (size_t I = 0; I < Out.size(); ++I)
      forEachCovering(P, Out[I],
                      [&](const SuppressionFact &Directive, Silence) {
                        Covered[Directive.Where].insert(I);
                      });
  }

  void run() {
    for (const SuppressionFact &Directive : P.all<SuppressionFact>()) {
      if (Directive.Entity != NoSymbol) // a directive again, for a macro's use
        continue;
      if (SmallVector<StringRef, 4> Globs = ourGlobs(Directive); !Globs.empty())
        review(Directive, Globs);
    }
  }

private:
  void review(const SuppressionFact &Directive, ArrayRef<StringRef> Globs) {
    std::string Shown =
        (wordOf(Directive.Kind) + "(" + Directive.Checks + ")").str();
    if (!Directive.Covers.valid()) {
      if (P.whole()) // clang-tidy says so by itself
        report(Directive, "unmatched",
               Directive.Kind == SuppressionKind::End
                   ? "'" + Shown +
                         "' ends no block: begin one with the same list"
                   : "'" + Shown +
                         "' suppresses nothing: end its block with a "
                         "'NOLINTEND' of the same list");
      return;
    }
    bool Useful = false;
    for (StringRef Glob : Globs)
      Useful |= reviewGlob(Directive, Glob);
    if (Useful && !Directive.Reason)
      report(Directive, "no-reason",
             "'" + Shown +
                 "' gives no reason: write it after the parenthesis, "
                 "as in '" +
                 Shown + ": set once at start'",
             hiddenBy(Directive));
  }

  /// False: \p Glob has been reported.
  bool reviewGlob(const SuppressionFact &Directive, StringRef Glob) {
    SmallVector<const Rule *, 16> Meant;
    for (const Rule &R : allRules())
      if (globMatches(Glob, R.Name))
        Meant.push_back(&R);
    std::string Begin =
        ("'" + Glob + "' in '" + wordOf(Directive.Kind) + "' ").str();
    if (Meant.empty()) {
      SmallVector<StringRef, 16> Names;
      for (const Rule &R : allRules())
        Names.push_back(R.Name);
      report(Directive, "unknown-rule",
             Begin + "names no rule; " + suggestion(Glob, Names));
      return false;
    }
    llvm::erase_if(Meant, [&](const Rule *R) { return R->Name == Name; });
    if (!judgeable(Directive, Meant) || useful(Directive, Glob))
      return true;
    report(Directive, "unused", Begin + "suppresses nothing: remove it");
    return false;
  }

  bool judgeable(const SuppressionFact &Directive,
                 ArrayRef<const Rule *> Meant) const {
    auto Enabled = [&](const Rule *R) { return Input.Enabled(R->Name); };
    if (!Complete || Meant.empty())
      return false;
    if (P.whole())
      return any_of(Meant, Enabled);
    return P.file(Directive.Where.File).Path == P.units().front().MainFile &&
           all_of(Meant, [&](const Rule *R) { return R->Local && Enabled(R); });
  }

  /// In one unit, whatever is found there may be something else to another.
  bool useful(const SuppressionFact &Directive, StringRef Glob) const {
    auto It = Covered.find(Directive.Where);
    return It != Covered.end() &&
           (!P.whole() || any_of(It->second, [&](size_t I) {
             return globMatches(Glob, Out[I].Rule);
           }));
  }

  /// \p Hidden: what it suppresses, as evidence.
  void report(const SuppressionFact &Directive, StringRef Idiom,
              const std::string &Message, ArrayRef<size_t> Hidden = {}) {
    Finding F;
    F.Rule = Name.str();
    F.Idiom = Idiom.str();
    F.What = Verdict::None;
    F.Level = Severity::Low;
    F.StoragePlace = Directive.Where;
    F.Message = Message;
    F.Migrates = false;
    std::string Fingerprints;
    for (size_t I : Hidden) {
      Fingerprints += Out[I].Fingerprint;
      F.Notes.push_back({Out[I].place(), "it suppresses: " + Out[I].Message +
                                             " [" + Out[I].Rule + "]"});
    }
    F.Fingerprint = fingerprintOf(Name, Message, Fingerprints);
    Out.push_back(std::move(F));
  }

  SmallVector<size_t, 4> hiddenBy(const SuppressionFact &Directive) const {
    SmallVector<size_t, 4> Result;
    if (auto It = Covered.find(Directive.Where); It != Covered.end())
      for (size_t I : It->second)
        if (silences(Directive, Out[I].Rule))
          Result.push_back(I);
    return Result;
  }

  const RuleInput &Input;
  const Program &P;
  StringRef Name;
  std::vector<Finding> &Out;
  bool Complete = true;
  /// Findings under each directive, whichever rule they are of.
  std::map<Span, std::set<size_t>> Covered;
};
} // namespace

void unsingleton::runSuppression(const RuleInput &Input, StringRef Name,
                                 std::vector<Finding> &Out) {
  if (Input.Options.RequireSuppressionReason)
    Review(Input, Name, Out).run();
}
