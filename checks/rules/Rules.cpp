//===- Rules.cpp - All rules, and how to run them -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/rules/Rules.h"
#include "checks/rules/Changes.h"
#include "checks/rules/Severity.h"
#include "checks/rules/SuppressionFilter.h"
#include <map>

using namespace unsingleton;

llvm::ArrayRef<Rule> unsingleton::allRules() {
  static constexpr Rule Rules[] = {
#define RULE(NAME, FUNCTION, SUMMARY) {NAME, SUMMARY, FUNCTION, false},
#define LOCAL_RULE(NAME, FUNCTION, SUMMARY) {NAME, SUMMARY, FUNCTION, true},
#include "checks/Rules.def"
#undef RULE
  };
  return Rules;
}

/// A file that is included with other macros around it declares something else
/// each time, but a person sees, and changes, one piece of text:
///
///     FLAVOUR const char *get_dir() { static std::string dir; … }
///
static void joinTwins(std::vector<Finding> &Findings) {
  using Key = std::tuple<Span, Span, std::string, std::string>;
  std::map<Key, size_t> First;
  std::vector<Finding> Result;
  for (Finding &F : Findings) {
    auto [It, New] = First.try_emplace(
        {F.place(), F.StoragePlace, F.Rule, F.Fingerprint}, Result.size());
    if (New) {
      Result.push_back(std::move(F));
      continue;
    }
    Finding &Kept = Result[It->second];
    std::vector<SymbolIndex> Consumers = std::move(Kept.Consumers);
    Consumers.insert(Consumers.end(), F.Consumers.begin(), F.Consumers.end());
    // The worst of them is what is said.
    if (std::tie(F.What, Kept.Level) < std::tie(Kept.What, F.Level))
      Kept = std::move(F);
    llvm::sort(Consumers);
    Consumers.erase(llvm::unique(Consumers), Consumers.end());
    Kept.Consumers = std::move(Consumers);
  }
  Findings = std::move(Result);
}

std::vector<Finding>
unsingleton::decide(const Program &P, const RuleOptions &Options,
                    llvm::function_ref<bool(llvm::StringRef)> Enabled,
                    bool Silenced) {
  Changes Known(P);
  RuleInput Input{P, Known, Options, Enabled, {}, {}, {}};
  findStorages(Input);
  std::vector<Finding> Findings;
  for (const Rule &R : allRules())
    if (Enabled(R.Name))
      R.Run(Input, R.Name, Findings);
  // Only what people of this project could change is worth telling them.
  llvm::erase_if(Findings, [&](const Finding &F) {
    const Span &Where =
        F.Migrates && F.StoragePlace.valid() ? F.StoragePlace : F.place();
    return !Where.valid() || !P.file(Where.File).Ours;
  });
  llvm::erase_if(Findings, [&](const Finding &F) {
    Silence S = Silenced ? Silence::None : silenceOf(P, F);
    return S == Silence::Elsewhere || (S == Silence::AtPlace && P.whole());
  });
  llvm::sort(Findings, [](const Finding &A, const Finding &B) {
    return std::tie(A.place(), A.StoragePlace, A.Rule, A.Fingerprint) <
           std::tie(B.place(), B.StoragePlace, B.Rule, B.Fingerprint);
  });
  rank(P, Options, Findings);
  joinTwins(Findings);
  return Findings;
}
