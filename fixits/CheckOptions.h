//===- CheckOptions.h - The options of .clang-tidy --------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// From the options of checks/Options.def to the fields that hold them: the
// command line reads them from the project's .clang-tidy, the plugin is handed
// them by clang-tidy.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_FIXITS_CHECKOPTIONS_H
#define UNSINGLETON_FIXITS_CHECKOPTIONS_H

#include "checks/facts/ExtractOptions.h"
#include "checks/rules/RuleOptions.h"
#include "fixits/Policy.h"
#include "llvm/Support/Error.h"
#include <map>

namespace unsingleton {

/// What a project says in its options, for each stage.
struct ProjectOptions {
  ExtractOptions Extracting;
  RuleOptions Judging;
  Policy Fixing;
};

/// Sets what \p Options name; keys of other checks are passed over. The error
/// names an unknown or ill-formed option, and the nearest valid name.
llvm::Error applyCheckOptions(const std::map<std::string, std::string> &Options,
                              ProjectOptions &To);

} // namespace unsingleton

#endif
