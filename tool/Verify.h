//===- Verify.h - Does the changed program still compile? -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Every unit that read a changed file is parsed again, in full, with the
// changed files laid over the real ones in memory. Nothing is written.
//
// The project's own warning flags hold: a unit that warns is parsed once more
// as it was before, and what it warns of more often than then is new. Kinds of
// warnings are counted, since names change. Most units are parsed once.
//
// A unit of which the parser, in full, says an error in a file that stays as it
// is, and said it before the change, is compared in the same way: only what is
// new counts.
//
// A fix is verified again whenever something was taken back. A unit whose files
// all have the texts that it was last parsed with is known, and not parsed.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_TOOL_VERIFY_H
#define UNSINGLETON_TOOL_VERIFY_H

#include "fixits/Render.h"
#include "tool/Project.h"
#include "llvm/ADT/StringMap.h"
#include <memory>
#include <optional>
#include <set>

namespace unsingleton {

/// What a changed program brings that it did not have.
struct Complaint {
  UnitError What;
  std::vector<UnitError> Notes; ///< of an error
};

struct VerifyResult {
  size_t Units = 0; ///< that see a change, and so were parsed, now or before
  /// The first that broke each failed unit (in order); none twice. Empty: it
  /// compiles.
  std::vector<Complaint> Errors;
  /// New ones, the first of each unit (in order) that has any; none twice.
  std::vector<Complaint> Warnings;
};

/// Keeps the facts of each unit that it has parsed. One thread at a time.
class Verifier {
public:
  /// What it is given must outlive it, and the files on disk are to be those
  /// of \p Before whenever it is asked.
  Verifier(const Program &Before, const std::vector<UnitCommand> &Units,
           const Project &Project, unsigned Jobs, bool ShowProgress);

  VerifyResult verify(const std::vector<ChangedFile> &Files);

  /// The facts of the units that verify() was last about, as changed.
  std::vector<UnitFacts> facts() const;

private:
  /// Digests of changed files' texts, by path.
  using Digests = llvm::StringMap<uint64_t>;
  struct Outcome {
    std::shared_ptr<const Digests> Of; ///< all files that were changed then
    UnitFacts Facts;
    std::vector<UnitError> Notes; ///< of its first error
    std::vector<UnitError> NewWarnings;
  };
  struct Unit {
    UnitCommand Command;
    std::set<FileIndex> Reads; ///< files of Before
    std::optional<Outcome> Last;
    std::optional<std::vector<UnitWarning>> WarnedBefore;
    std::optional<std::vector<UnitError>> FailedBefore; ///< parsed in full
  };

  bool knows(const Unit &U, const Digests &Now) const;
  void parse(Unit &U, const llvm::StringMap<const std::string *> &New,
             std::shared_ptr<const Digests> Of) const;
  void leaveOutOld(Unit &U,
                   const llvm::StringMap<const std::string *> &New) const;

  const Program &Before;
  const Project &Of;
  unsigned Jobs;
  bool ShowProgress;
  std::vector<Unit> Units;    ///< in the order given
  std::vector<size_t> Latest; ///< those that verify() was last about
};

} // namespace unsingleton

#endif
