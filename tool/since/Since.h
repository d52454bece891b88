//===- Since.h - What is new since a revision -------------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// `check --since REV`: the program as it is and as it was in REV, both whole,
// and the difference of what there is to say. As it was is analysed in memory:
// units that see no changed file share their facts with today's.
//
// Both states are compiled with today's commands and judged by today's options:
// what is compared is the code.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_TOOL_SINCE_SINCE_H
#define UNSINGLETON_TOOL_SINCE_SINCE_H

#include "tool/Commands.h"
#include "tool/since/TreeChanges.h"
#include "llvm/Support/JSON.h"

namespace unsingleton {

struct SinceResult {
  std::string Revision; ///< as the user named it
  std::string Base;     ///< the commit
  std::vector<Finding> News;
  /// C++ files that changed and that no unit reads, and other changes that
  /// could not be compared: real paths, sorted.
  std::vector<std::string> NotCovered;
  /// Sources that did not parse as they were: what they held may look new.
  std::vector<std::string> BaseFailed;

  bool complete() const { return NotCovered.empty(); }
};

/// \p S: with its findings.
llvm::Expected<SinceResult> studySince(Session &S, const CommandLine &Line);

/// Of one of NotCovered: "has changed since main, and no unit …".
std::string whyNotCovered(const SinceResult &Since, llvm::StringRef Path);
/// What is missing, for people.
void reportSince(const SinceResult &Since, const Project &Of,
                 llvm::raw_ostream &OS);
/// The same in the report of `check`.
void addSince(const SinceResult &Since, const Project &Of,
              llvm::json::Object &Report);

} // namespace unsingleton

#endif
