//===- SourceText.h - The lines that findings point at ----------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Facts hold places, not text: a report that shows or hashes a line reads the
// file again. One that cannot be read any more, or is not what was analysed,
// has no lines, and the report goes without.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_TOOL_REPORT_SOURCETEXT_H
#define UNSINGLETON_TOOL_REPORT_SOURCETEXT_H

#include "checks/program/Program.h"
#include "llvm/Support/MemoryBuffer.h"
#include <map>
#include <memory>

namespace unsingleton {

/// Keeps each file that was asked for until it dies. Not thread-safe.
class SourceText {
public:
  explicit SourceText(const Program &P) : P(P) {}

  /// The line where \p Where begins, without its end; nothing where the file
  /// has no such line.
  std::optional<llvm::StringRef> line(const Span &Where);

  /// Columns from 1, of UTF-16 code units, as SARIF's columnKind says.
  struct Columns {
    unsigned Begin = 0;
    unsigned End = 0; ///< one past the last; at most the line's end
  };
  /// Those of \p Where in its first line; nothing where there is no text.
  std::optional<Columns> columns(const Span &Where);

  /// GitHub's primaryLocationLineHash; empty where there is no text.
  std::string lineHash(const Span &Where);

private:
  struct File {
    std::unique_ptr<llvm::MemoryBuffer> Text; ///< null: could not be read
    std::vector<llvm::StringRef> Lines;
    std::vector<std::string> Hashes; ///< made when first asked for
  };
  File &file(FileIndex Index);

  const Program &P;
  std::map<FileIndex, File> Files;
};

} // namespace unsingleton

#endif
