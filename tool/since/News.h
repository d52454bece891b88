//===- News.h - What one program says that another does not -----*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Compares the findings of two states of a program and keeps what is new:
//
//   singleton  an object that was not there, or not reported
//   accessor   another function that hands an old one out
//   consumer   another function that uses an old one; told where it does
//   verdict    it was harmless, or a resource of the process
//   severity   it was rated lower
//   use        a context that is captured, taken from the thread, not passed on
//
// Code that moves, is reformatted, or whose file is renamed is not new: things
// are known by name and signature, and where several are called alike, first by
// file and then by number.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_TOOL_SINCE_NEWS_H
#define UNSINGLETON_TOOL_SINCE_NEWS_H

#include "checks/rules/Finding.h"
#include "llvm/ADT/StringMap.h"

namespace unsingleton {

/// One state of a program. References outlive the call.
struct ProgramState {
  const Program &Linked;
  const std::vector<Finding> &Findings; ///< of all verdicts
};

/// Findings about \p Now, each with `New` set to one of the words above. A
/// finding with several news comes several times, one for each place.
/// \p RenamedFrom: by the new path, the old one. \p Since: how to call the old
/// state.
std::vector<Finding> newsOf(const ProgramState &Before, const ProgramState &Now,
                            const llvm::StringMap<std::string> &RenamedFrom,
                            llvm::StringRef Since);

/// The word for \p F where all of it is new: "singleton" or "use".
llvm::StringRef newsWord(const Finding &F);

/// A symbol without what an edit elsewhere in its file would change.
std::string lastingName(llvm::StringRef Symbol);

} // namespace unsingleton

#endif
