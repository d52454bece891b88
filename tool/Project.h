//===- Project.h - Where the project is and what it says of itself -*- C++
//-*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_TOOL_PROJECT_H
#define UNSINGLETON_TOOL_PROJECT_H

#include "checks/facts/Extract.h"
#include "checks/rules/Singleton.h"
#include "fixits/CheckOptions.h"
#include "tool/CommandLine.h"

namespace unsingleton {

/// Everything about the project that is no source code.
struct Project : ProjectOptions {
  std::string Root;                ///< real path
  std::vector<std::string> Checks; ///< globs of .clang-tidy's Checks, in order

  bool enabled(llvm::StringRef Rule) const;
  /// \p RealPath as reports show it: relative to the root where it is below.
  std::string shown(llvm::StringRef RealPath) const;
};

/// A message of LLVM's as part of ours: lower case, no full stop.
std::string inSentence(llvm::StringRef Message);

/// Finds the root (or takes the command line's) and reads its .clang-tidy.
llvm::Expected<Project> openProject(const CommandLine &Line,
                                    const std::vector<UnitCommand> &Units);

} // namespace unsingleton

#endif
