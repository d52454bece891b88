//===- RuleHelp.cpp - A rule's page, for reports ----------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "tool/report/RuleHelp.h"
#include "checks/facts/Compat.h"

llvm::StringRef unsingleton::ruleHelp(llvm::StringRef Rule) {
  return unsingleton::StringSwitch<llvm::StringRef>(Rule)
#define RULE_HELP(NAME, PAGE) .Case(NAME, PAGE)
#include "RuleHelp.inc" // made from docs/checks by cmake/RuleHelp.cmake
#undef RULE_HELP
      .Default("");
}
