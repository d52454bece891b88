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
  return Findings;
}
