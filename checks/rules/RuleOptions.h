//===- RuleOptions.h - What a project says of its code ----------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_RULES_RULEOPTIONS_H
#define UNSINGLETON_CHECKS_RULES_RULEOPTIONS_H

#include <string>
#include <vector>

namespace unsingleton {

std::vector<std::string> defaultUserDataNames();

/// What the rules read of the options (Options.def says what each means). A
/// plain value.
struct RuleOptions {
  std::vector<std::string> ProcessWide;
  std::vector<std::string> RequestEntry;
  std::vector<std::string> UserDataNames = defaultUserDataNames();
  std::string ContextType = "isolation::UserExecutionContext";
  bool RequireSuppressionReason = false;
};

} // namespace unsingleton

#endif
