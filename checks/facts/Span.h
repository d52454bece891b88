//===- Span.h - A piece of a file, without a compiler -----------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Facts never hold AST pointers or SourceLocations. What they say about source
// text, they say with a Span: a file (an index into the table of the UnitFacts
// or Program that holds the fact), a byte range, and the line and column where
// it begins, so that a report needs no second look at the file.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_FACTS_SPAN_H
#define UNSINGLETON_CHECKS_FACTS_SPAN_H

#include <compare>
#include <cstdint>

namespace unsingleton {

using FileIndex = uint32_t;
using SymbolIndex = uint32_t;

inline constexpr FileIndex NoFile = ~0u;
inline constexpr SymbolIndex NoSymbol = ~0u;

struct Span {
  FileIndex File = NoFile;
  uint32_t Offset = 0;
  uint32_t Length = 0;
  uint32_t Line = 0;
  uint32_t Column = 0;

  auto operator<=>(const Span &) const = default;

  bool valid() const { return File != NoFile; }
  uint32_t end() const { return Offset + Length; }
  bool contains(const Span &Inner) const {
    return File == Inner.File && Offset <= Inner.Offset && Inner.end() <= end();
  }
};

/// Whether the text behind a span can be changed by an edit, and if not, why.
/// Whether the file itself may be written is a question to the FileFact.
enum class Editability : uint8_t {
  Editable,      ///< spelled in a file, or in the argument of a macro
  MacroBody,     ///< spelled in the body of a macro
  NotContiguous, ///< begins and ends in different expansions
};

} // namespace unsingleton

#endif
