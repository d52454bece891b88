//===- Blame.h - Whose fault a diagnostic is --------------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A changed program does not compile, or warns: which migrations are behind
// that, and what in them must be done otherwise? An error in a library's
// template is the fault of who instantiates it, which the compiler notes.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_TOOL_BLAME_H
#define UNSINGLETON_TOOL_BLAME_H

#include "fixits/Plan.h"
#include "fixits/Render.h"
#include "tool/Verify.h"

namespace unsingleton {

/// What it is given must outlive it.
class Blame {
public:
  Blame(const Program &P, const Plan &Planned,
        const std::vector<ChangedFile> &Files)
      : P(P), Planned(Planned), Files(Files) {}

  /// The place of \p What that a change can be blamed for; one of a file that
  /// was not changed if none of them was.
  const UnitError &placeOf(const Complaint &What) const;

  /// Whether an edit is on the line of that place: then its group is to blame,
  /// and not one that made the compiler stumble before.
  bool isCertain(const Complaint &What) const;

  /// Migrations by number: those behind the edit that is nearest to that place,
  /// or whose type is spoken of; if nothing is known, the last one planned.
  std::set<unsigned> culprits(const Complaint &What) const;

  /// Constructors that were given a parameter, of classes that an error speaks
  /// of: code that nobody sees, such as a container's, constructs the objects.
  std::vector<SymbolIndex> constructors(const UnitError &Error) const;

  /// Functions that were given a parameter and that a library's template calls,
  /// as hooks. The compiler notes where they are declared.
  std::vector<SymbolIndex> hooks(const Complaint &Error) const;

private:
  struct NearestEdit {
    const Edit *Of = nullptr; ///< null: there is none in that file
    bool SameLine = false;
  };
  NearestEdit nearest(const UnitError &At) const;
  /// Those that get a parameter.
  template <class Predicate>
  std::vector<SymbolIndex> threaded(Predicate Wanted) const;

  const Program &P;
  const Plan &Planned;
  const std::vector<ChangedFile> &Files;
};

} // namespace unsingleton

#endif
