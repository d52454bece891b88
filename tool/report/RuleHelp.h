//===- RuleHelp.h - A rule's page, for reports ------------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_TOOL_REPORT_RULEHELP_H
#define UNSINGLETON_TOOL_REPORT_RULEHELP_H

#include "llvm/ADT/StringRef.h"

namespace unsingleton {

/// The page docs/checks/NAME.md as it was when the tool was built: what the
/// rule flags and what it does not, in Markdown without relative links.
llvm::StringRef ruleHelp(llvm::StringRef Rule);

} // namespace unsingleton

#endif
