//===- Rules.h - All rules, and how to run them -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_RULES_RULES_H
#define UNSINGLETON_CHECKS_RULES_RULES_H

#include "checks/rules/Singleton.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace unsingleton {

struct Rule {
  llvm::StringRef Name;
  llvm::StringRef Summary;
  /// Adds to \p Out, which holds what the rules before it have found.
  void (*Run)(const RuleInput &Input, llvm::StringRef Name,
              std::vector<Finding> &Out);
  bool Local; ///< one unit shows the shape whole: LOCAL_RULE of Rules.def
};

#define RULE(NAME, FUNCTION, SUMMARY)                                          \
  void FUNCTION(const RuleInput &Input, llvm::StringRef Name,                  \
                std::vector<Finding> &Out);
#include "checks/Rules.def"
#undef RULE

/// In the order of Rules.def.
llvm::ArrayRef<Rule> allRules();

/// Runs the rules whose names satisfy \p Enabled, leaves out what NOLINT keeps
/// silent, and sorts the findings by place. In one unit it leaves to clang-tidy
/// what clang-tidy suppresses and counts by itself. \p Silenced: nothing is
/// left out.
std::vector<Finding> decide(const Program &P, const RuleOptions &Options,
                            llvm::function_ref<bool(llvm::StringRef)> Enabled,
                            bool Silenced = false);

} // namespace unsingleton

#endif
