//===- UnseenCode.h - Code that was not analysed -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A fix changes every use of a function that the analysed units show. Others
// would be broken and nobody told: in a file that no unit reads, in a branch of
// an #if that no unit takes, in an argument that every unit's macro drops, in a
// unit that does not parse. Those texts are searched, by tokens, for the names
// of what a plan changes.
//
// By names alone, so with some care: a member counts where a class that has it
// qualifies the name, or where the file names such a class at all.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_TOOL_UNSEENCODE_H
#define UNSINGLETON_TOOL_UNSEENCODE_H

#include "tool/Commands.h"
#include "tool/UnseenText.h"

namespace unsingleton {

class UnseenCode {
public:
  /// \p S must outlive it. \p Ignore: only what would break what is analysed
  /// counts (--ignore-unseen).
  UnseenCode(const Session &S, bool Ignore) : S(S), Ignore(Ignore) {}

  /// What speaks against migrations of \p Planned that are not refused yet, by
  /// finding. Reads files when it is first asked.
  std::map<unsigned, Refusal> objections(const Plan &Planned);

private:
  const Session &S;
  bool Ignore;
  std::optional<std::vector<UnseenText>> Texts;
};

/// plan(), and again until nothing unseen speaks against what is left of it.
/// What did is added to \p Learnt.
Plan planWithin(const Session &S, UnseenCode &Unseen, Lessons &Learnt);
/// The same where nothing is learnt later.
Plan planWithin(const Session &S, bool IgnoreUnseen = false);

} // namespace unsingleton

#endif
