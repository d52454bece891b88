//===- UnseenText.h - Text that no unit compiles -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One file, or the parts of one that every unit skips, as tokens.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_TOOL_UNSEENTEXT_H
#define UNSINGLETON_TOOL_UNSEENTEXT_H

#include "checks/program/Program.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/MemoryBuffer.h"
#include <functional>
#include <memory>
#include <optional>

namespace unsingleton {

/// Owns its text. Not thread-safe: tokens are made when they are first asked
/// for.
class UnseenText {
public:
  enum class Why : uint8_t {
    NoUnit,     ///< no unit reads the file
    Skipped,    ///< units read the file, but skip the ranges
    FailedUnit, ///< the source of a unit that does not parse
    Missing,    ///< such a source is not even there
  };
  struct Range {
    unsigned Begin, End;
  };
  struct Token {
    llvm::StringRef Text;
    unsigned Offset;
    bool Word; ///< an identifier or a keyword
  };

  UnseenText(Why Reason, std::string Path,
             std::unique_ptr<llvm::MemoryBuffer> Bytes, FileIndex File = NoFile,
             std::vector<Range> Ranges = {})
      : Reason(Reason), Path(std::move(Path)), File(File),
        Ranges(std::move(Ranges)), Bytes(std::move(Bytes)) {}

  /// Whether a word is in the file, and so may be in the ranges.
  bool names(llvm::StringRef Word);
  /// Of the whole file.
  llvm::ArrayRef<Token> tokens();
  bool covers(unsigned Offset) const;
  /// Line and column of an offset, from 1.
  std::pair<unsigned, unsigned> place(unsigned Offset) const;

  Why Reason;
  std::string Path;          ///< absolute
  FileIndex File;            ///< in the Program, or NoFile
  std::vector<Range> Ranges; ///< sorted; empty: all of it

private:
  void lex();

  std::unique_ptr<llvm::MemoryBuffer> Bytes; ///< null if it is missing
  bool Lexed = false;
  std::vector<Token> Tokens;
  llvm::StringSet<> Words;
};

/// All such text of a program whose files are below \p Root: files that git
/// knows or would take, or, without git, all outside of hidden folders.
/// \p Ours: whether a path is of the project, not generated. Sorted by path.
std::vector<UnseenText>
unseenTexts(const Program &P, const std::string &Root,
            const std::function<bool(const std::string &)> &Ours);

} // namespace unsingleton

#endif
