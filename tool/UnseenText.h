//===- UnseenText.h - Text that no unit compiles -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One file, or the parts of one that every unit skips or drops, as tokens.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_TOOL_UNSEENTEXT_H
#define UNSINGLETON_TOOL_UNSEENTEXT_H

#include "checks/program/Program.h"
#include "llvm/Support/MemoryBuffer.h"
#include <functional>
#include <memory>
#include <vector>

namespace unsingleton {

class UnseenText {
public:
  enum class Why : uint8_t {
    NoUnit,     ///< no unit reads the file
    Skipped,    ///< units read the file, but skip or drop the ranges
    FailedUnit, ///< the source of a unit that does not parse
    Missing,    ///< such a source is not even there
  };
  struct Range {
    unsigned Begin, End;
    bool Branch = true; ///< of an #if, not an argument that a macro drops
  };
  struct Token {
    llvm::StringRef Text;
    unsigned Offset;
    bool Word; ///< an identifier or a keyword
  };
  /// The whole file, as long as it is looked at.
  struct Content {
    std::unique_ptr<llvm::MemoryBuffer> Bytes; ///< null: it cannot be read
    std::vector<Token> Tokens;
  };

  /// Reads the file once, for its words; none is kept open.
  UnseenText(Why Reason, std::string Path, FileIndex File = NoFile,
             std::vector<Range> Ranges = {});

  /// Whether a word is in the file, and so may be in the ranges; with some luck
  /// also if not.
  bool names(llvm::StringRef Word) const;
  Content content() const;
  bool covers(unsigned Offset) const;
  /// The line of an offset, from 1.
  unsigned line(unsigned Offset) const;

  Why Reason;
  std::string Path;          ///< absolute
  FileIndex File;            ///< in the Program, or NoFile
  std::vector<Range> Ranges; ///< sorted; empty: all of it

private:
  std::vector<uint64_t> Words; ///< their hashes, sorted
};

/// All such text of a program whose files are below \p Root: files that git
/// knows or would take, or, without git, all outside of hidden folders.
/// \p Ours: whether a path is of the project, not generated. Sorted by path.
std::vector<UnseenText>
unseenTexts(const Program &P, const std::string &Root,
            const std::function<bool(const std::string &)> &Ours);

} // namespace unsingleton

#endif
