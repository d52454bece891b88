//===- TextualInclude.h - Files that are several texts ----------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A file that is included in one namespace here and in another there declares
// several functions with the same words. An edit there is an edit of all of
// them; and what it needs included stands before it, not in it.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_FIXITS_TEXTUALINCLUDE_H
#define UNSINGLETON_FIXITS_TEXTUALINCLUDE_H

#include "checks/program/Program.h"
#include "fixits/Refusal.h"
#include <map>
#include <optional>
#include <set>

namespace unsingleton {

class TextualIncludes {
public:
  /// Reads \p P, which must outlive it.
  explicit TextualIncludes(const Program &P);

  /// Whether the words of one of \p Functions, which are to change, are also
  /// those of a function that is not among \p All, which change. Refused at
  /// \p Where.
  std::optional<Refusal> among(const std::set<SymbolIndex> &Functions,
                               const std::set<SymbolIndex> &All,
                               const Span &Where) const;

  /// Moves what such files are to include to the sources of the units that
  /// read them.
  void moveIncludes(std::map<FileIndex, std::set<std::string>> &Includes) const;

private:
  using Place = std::pair<FileIndex, uint32_t>; ///< of a name

  const Program &P;
  /// The functions whose names stand at one place, where they are several.
  std::map<Place, std::set<SymbolIndex>> Shared;
};

} // namespace unsingleton

#endif
