//===- Excerpts.h - Source lines for a report -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A report that is read far from the sources carries the lines around the
// places that it names. How many is bounded: lines are asked for in the order
// of their importance, and what comes after the bound is counted, not shown.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_TOOL_HTML_EXCERPTS_H
#define UNSINGLETON_TOOL_HTML_EXCERPTS_H

#include "tool/Report.h"
#include <map>
#include <set>

namespace unsingleton {

class Excerpts {
public:
  /// \p Input outlives this. \p MostBytes of source text at most.
  Excerpts(const ReportInput &Input, size_t MostBytes)
      : Input(Input), Left(MostBytes) {}

  /// The line of \p Where with those around it. Nothing for an invalid span.
  void add(const Span &Where);

  /// {"src/a.cpp": [{"line": 12, "text": ["…", "…"]}, …]}
  llvm::json::Object json() const;

  size_t leftOut() const { return LeftOut; } ///< places, for want of room
  /// Files, as shown, whose text is not the one that was analysed.
  const std::set<std::string> &changed() const { return Changed; }

private:
  struct Source {
    std::string Text;
    std::vector<llvm::StringRef> Lines; ///< of Text
    std::set<size_t> Wanted;            ///< counted from 0
  };

  Source *load(FileIndex File);

  const ReportInput &Input;
  size_t Left;
  size_t LeftOut = 0;
  std::map<FileIndex, Source> Sources;
  std::set<std::string> Changed;
};

} // namespace unsingleton

#endif
