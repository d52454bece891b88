//===- ReadText.h - Which text a unit's preprocessor lets through -*- C++
//-*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What stands in a branch of an #if that no unit takes is code that nobody has
// looked at. So is an argument that a macro drops:
//
//     assert(Registry::instance().ok());     with -DNDEBUG
//
// Which text that is, only the union over all units tells; a unit says what it
// took. An argument of which only a string or a longer name is made is taken.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_FACTS_READTEXT_H
#define UNSINGLETON_CHECKS_FACTS_READTEXT_H

#include "checks/facts/SourceSpans.h"
#include "llvm/ADT/DenseSet.h"
#include <map>
#include <memory>

namespace clang {
class Preprocessor;
} // namespace clang

namespace unsingleton {

/// Watches one unit's preprocessor.
class ReadText {
public:
  explicit ReadText(clang::Preprocessor &PP);

  /// Once the unit is read: adds a ReadTextFact for each piece.
  void add(SourceSpans &Spans, UnitFactsBuilder &Facts) const;

private:
  class Watcher;
  /// Of one inclusion of a file, where the preprocessor skipped: from, to.
  using Gaps = llvm::SmallVector<std::pair<unsigned, unsigned>, 0>;
  struct Inclusions {
    std::vector<clang::FileID> Entered;
    llvm::DenseMap<clang::FileID, Gaps> Skipped;
    /// Tokens of arguments that some macro does not use, and their lengths.
    std::map<clang::SourceLocation, unsigned> Unused;
    /// Of the tokens that macros gave to the parser, where they are spelled.
    llvm::DenseSet<clang::SourceLocation> Given;
  };
  Gaps gaps(clang::FileID Of, const clang::SourceManager &SM) const;
  std::shared_ptr<Inclusions> Seen; ///< shared with the preprocessor's watcher
};

} // namespace unsingleton

#endif
