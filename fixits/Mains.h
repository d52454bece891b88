//===- Mains.h - Where a program's process begins ---------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Bridged code needs the ProcessContext of the program it runs in. A `main` in
// a file of ours gets one as its first line; before one that a macro makes,
// such as `TEST_MAIN(suite)`, a variable is defined. The tests of a project
// often have none: a test framework brings it from its library. Then each file
// of tests defines one `inline` variable, of which the program has one, however
// many of the files it is linked from.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_FIXITS_MAINS_H
#define UNSINGLETON_FIXITS_MAINS_H

#include "checks/program/Program.h"
#include <vector>

namespace unsingleton {

/// Whether a `main` in \p File has no ProcessContext and is given none: it is
/// in C, or in a file that is not ours.
bool staysBare(const Program &P, FileIndex File);

/// The bodies of all C++ programs' mains that are spelled in files of ours.
std::vector<const BodyFact *> editableMains(const Program &P);

/// The one of them around \p Place that can have a local reference to the
/// ProcessContext's context, of type \p Type, before that; or null.
const BodyFact *mainThatNames(const Program &P, llvm::StringRef Type,
                              const Span &Place);

/// The bodies of those that a macro makes there: the places of its expansions.
std::vector<const BodyFact *> madeMains(const Program &P);

/// The source files of tests whose `main` a test framework brings; empty if
/// one of ours includes the framework, as it may run them.
std::vector<FileIndex> testsOfForeignMain(const Program &P);

} // namespace unsingleton

#endif
