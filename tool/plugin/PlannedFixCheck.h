//===- PlannedFixCheck.h - A unit's part of the program's fix ---*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One unit does not show what a migration needs of others. With option
// isolation.PlanFile the checks leave fixing to this one, `isolation-plan`: it
// offers each file's part of a plan that was made of the whole program, as one
// warning a unit. run-clang-tidy -fix unites what all units offer.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_TOOL_PLUGIN_PLANNEDFIXCHECK_H
#define UNSINGLETON_TOOL_PLUGIN_PLANNEDFIXCHECK_H

#include "clang-tidy/ClangTidyCheck.h"
#include "fixits/PlanFile.h"

namespace unsingleton {

class PlannedFixCheck : public clang::tidy::ClangTidyCheck {
public:
  PlannedFixCheck(llvm::StringRef Name, clang::tidy::ClangTidyContext *Context);

  void registerMatchers(clang::ast_matchers::MatchFinder *Finder) override;
  void
  check(const clang::ast_matchers::MatchFinder::MatchResult &Match) override;

private:
  std::vector<PlannedFile> Files; ///< empty: there is nothing to offer
};

} // namespace unsingleton

#endif
