//===- Baseline.h - Findings that a project has accepted --------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A baseline lets a project with many findings stop at once making more: what
// is in the file is not reported, what is new or has got worse is, and what is
// gone must leave the file, so that it only shrinks (the idea is ESLint's bulk
// suppressions). An entry names a finding by its fingerprint, which is made of
// names and neither paths nor lines: moving code changes nothing. Several
// findings may have one fingerprint (entities of one name, each private to its
// file); then there are as many entries, and they are counted.
//
// Plain values and pure functions; only readBaseline and writeBaseline look at
// a disk.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_TOOL_BASELINE_BASELINE_H
#define UNSINGLETON_TOOL_BASELINE_BASELINE_H

#include "checks/rules/Finding.h"
#include "llvm/Support/Error.h"
#include <map>

namespace unsingleton {

struct Project;

/// What decides which findings there are, besides the code.
struct Configuration {
  std::vector<std::string> Rules; ///< that are on
  /// Of each option the value in effect, as .clang-tidy would spell it; in a
  /// file only those that are not the default.
  std::map<std::string, std::string> Options;
  bool All = false; ///< harmless verdicts too
  std::string Digest;
};
Configuration configurationOf(const Project &Of, bool All);
/// Each difference as half a sentence: "'isolation-monostate' is now off".
std::vector<std::string> differences(const Configuration &Before,
                                     const Configuration &Now);

struct BaselineEntry {
  std::string Rule;
  std::string Name; ///< of the accessor or storage, for people
  std::string Fingerprint;
  size_t Consumers = 0;
  Verdict What = Verdict::None;
  Severity Level = Severity::Low;
  auto operator<=>(const BaselineEntry &) const = default;
};
BaselineEntry entryOf(const Program &P, const Finding &F);

struct Baseline {
  std::string Tool; ///< "unsingleton 0.1.0"
  Configuration Of;
  std::vector<BaselineEntry> Entries; ///< sorted
};

/// One entry a line, sorted, so that a change to it is a change of lines.
std::string toText(const Baseline &B);
/// The error says what is wrong and where; \p Text may be anything.
llvm::Expected<Baseline> parseBaseline(llvm::StringRef Text);
/// The error names \p Path.
llvm::Expected<Baseline> readBaseline(const std::string &Path);
/// Replaces \p Path at one stroke.
llvm::Error writeBaseline(const std::string &Path, const Baseline &B);

} // namespace unsingleton

#endif
