//===- RequestEntry.cpp - Where a request enters the program -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/rules/RequestEntry.h"
#include "checks/rules/Globs.h"
#include <map>

using namespace unsingleton;

static constexpr llvm::StringLiteral ByOption =
    "matches isolation.RequestEntry";

static constexpr llvm::StringLiteral ByContext = "has a context";

bool RequestEntry::declared() const { return Why != ByContext; }

static bool named(const RuleOptions &Options, llvm::StringRef Name) {
  return llvm::any_of(Options.RequestEntry, [&](const std::string &Pattern) {
    return globMatches(Pattern, Name);
  });
}

namespace {
class Finder {
public:
  Finder(const Program &P, const RuleOptions &Options)
      : P(P), Options(Options) {}

  std::vector<RequestEntry> run() {
    byOption();
    byAnnotation();
    for (const FunctionFact &F : P.all<FunctionFact>())
      if (F.TakesContext && !F.Test)
        Whole.try_emplace(F.Function, ByContext.str());
    for (const auto &[Function, Why] : Whole)
      Result.push_back({Function, P.place(Function), false, Why, {}});
    byLocalContext();
    llvm::sort(Result, [](const RequestEntry &A, const RequestEntry &B) {
      return std::tie(A.Where, A.Function, A.Lambda) <
             std::tie(B.Where, B.Function, B.Lambda);
    });
    return std::move(Result);
  }

private:
  void byOption() {
    if (Options.RequestEntry.empty())
      return;
    std::vector<SymbolIndex> Found;
    for (const FunctionFact &F : P.all<FunctionFact>())
      if (named(Options, F.QualifiedName) &&
          Whole.try_emplace(F.Function, ByOption.str()).second)
        Found.push_back(F.Function);
    for (const ForeignOverrideFact &F : P.all<ForeignOverrideFact>())
      if (named(Options, F.Overridden) &&
          Whole
              .try_emplace(F.Function, "overrides '" + F.Overridden +
                                           "', which " + ByOption.str())
              .second)
        Found.push_back(F.Function);
    for (SymbolIndex Function : Found)
      overriders(Function, P.name(Function), "which " + ByOption.str());
  }

  void byAnnotation() {
    for (const FunctionFact &F : P.all<FunctionFact>())
      if (F.RequestEntry) {
        Whole.try_emplace(F.Function, "annotated");
        overriders(F.Function, F.QualifiedName, "which is annotated");
      }
  }

  /// All that override \p Function, directly or not, enter for its sake.
  void overriders(SymbolIndex Function, const std::string &Base,
                  const std::string &Why) {
    for (SymbolIndex Overrider : P.overriders(Function))
      if (Whole.try_emplace(Overrider, "overrides '" + Base + "', " + Why)
              .second)
        overriders(Overrider, Base, Why);
  }

  /// The innermost lambda of \p Function around \p Place, or null.
  const LambdaFact *lambdaAt(SymbolIndex Function, const Span &Place) const {
    const LambdaFact *Best = nullptr;
    for (const LambdaFact &L : P.of<LambdaFact>(Function))
      if (L.Whole.contains(Place) && (!Best || Best->Whole.contains(L.Whole)))
        Best = &L;
    return Best;
  }

  /// Entries that have a context from some place on.
  void byLocalContext() {
    std::map<std::pair<SymbolIndex, Span>, RequestEntry> Found;
    for (const ContextSourceFact &Source : P.all<ContextSourceFact>()) {
      const auto *F = P.one<FunctionFact>(Source.Function);
      if (!F || F->Test || Whole.count(Source.Function))
        continue;
      const LambdaFact *L = lambdaAt(Source.Function, Source.Visible);
      Span Where = L ? L->Introducer : P.place(Source.Function);
      RequestEntry &Entry = Found[{Source.Function, Where}];
      Entry.Function = Source.Function;
      Entry.Where = Where;
      Entry.Lambda = L;
      Entry.Why = ByContext.str();
      Entry.Parts.push_back(Source.Visible);
    }
    for (auto &[Key, Entry] : Found)
      Result.push_back(std::move(Entry));
  }

  const Program &P;
  const RuleOptions &Options;
  std::map<SymbolIndex, std::string> Whole; ///< function and why
  std::vector<RequestEntry> Result;
};
} // namespace

std::vector<RequestEntry>
unsingleton::requestEntries(const Program &P, const RuleOptions &Options) {
  return Finder(P, Options).run();
}

std::vector<std::string>
unsingleton::unmatchedEntries(const Program &P, const RuleOptions &Options) {
  std::vector<std::string> Result;
  for (const std::string &Pattern : Options.RequestEntry)
    if (llvm::none_of(P.all<FunctionFact>(),
                      [&](const FunctionFact &F) {
                        return globMatches(Pattern, F.QualifiedName);
                      }) &&
        llvm::none_of(P.all<ForeignOverrideFact>(),
                      [&](const ForeignOverrideFact &F) {
                        return globMatches(Pattern, F.Overridden);
                      }))
      Result.push_back(Pattern);
  return Result;
}
