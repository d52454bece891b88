//===- Render.h - From edits to new text -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Renders the edits of a plan over the texts that were analysed: copies are
// copied as edited, includes are added where they belong, new lines end as the
// file's lines do, and changed lines are formatted if the project has a
// clang-format style. Everything else stays byte for byte.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_FIXITS_RENDER_H
#define UNSINGLETON_FIXITS_RENDER_H

#include "fixits/Plan.h"
#include "llvm/Support/Error.h"

namespace unsingleton {

/// One replacement in a file's text, before formatting.
struct TextChange {
  unsigned Offset = 0;
  unsigned Length = 0;
  std::string Text;
};

/// A file as it was and as it will be.
struct ChangedFile {
  std::string Path;
  std::string Before;
  std::string After;
  std::vector<TextChange> Changes; ///< sorted, disjoint
  unsigned Edits = 0;

  /// The offset in Before of what stands at a place of After; in new text, of
  /// the change that brought it.
  uint32_t offsetBefore(unsigned Line, unsigned Column) const;
  /// The same of each byte of After; empty where formatting has changed more
  /// than white space.
  std::vector<uint32_t> offsetsBefore() const;
};

/// Two edits that overlap without one copying the other.
struct EditConflict {
  FileIndex File = NoFile;
  std::set<unsigned> First, Second; ///< the groups behind them
};

struct Rendering {
  std::vector<ChangedFile> Files; ///< sorted by path
  std::vector<EditConflict> Conflicts;
};

/// \p TextOf: the text of a file as it was analysed, or an error.
llvm::Expected<Rendering>
render(const Program &P, const Plan &Planned,
       llvm::function_ref<llvm::Expected<std::string>(FileIndex)> TextOf);

} // namespace unsingleton

#endif
