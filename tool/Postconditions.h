//===- Postconditions.h - What a fix promises -------------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Read off the facts of the units that see a change, as they would be:
//
//  - the storage of each migrated singleton is gone, or what has its name is a
//    key that cannot be changed, and nothing shared is found there any more;
//  - every call of its factory passes a context, also in templates that nothing
//    instantiates and that the parser so does not check;
//  - no rule finds in a changed file what it did not find before, but the
//    ambient contexts that a bridge announces.
//
// That each call still means the function that it meant, MisledCalls.h is for.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_TOOL_POSTCONDITIONS_H
#define UNSINGLETON_TOOL_POSTCONDITIONS_H

#include "tool/Commands.h"
#include <optional>
#include <set>

namespace unsingleton {

/// A promise that is not kept.
struct Unproved {
  /// Whose, by its number in the plan; none: that of the edit nearest to What.
  std::optional<unsigned> Migration;
  UnitError What;
};

/// \p After: the units that see one of the \p Changed files.
std::vector<Unproved> checkPostconditions(const Session &S, const Plan &Planned,
                                          const Program &After,
                                          const std::set<std::string> &Changed);

} // namespace unsingleton

#endif
