//===- OwnIncludes.h - Whose the headers are --------------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A build may hand the headers of one of its own libraries to the others as
// system headers (`target_include_directories(... SYSTEM ...)`). A parser that
// passes over system headers then misses what their templates and inline
// functions call, in those units alone: a function of the library looks as if
// nobody called it from there.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_TOOL_OWNINCLUDES_H
#define UNSINGLETON_TOOL_OWNINCLUDES_H

#include "checks/facts/Extract.h"

namespace unsingleton {

/// A folder that one unit includes from by -I, and not by -isystem as well, is
/// made so for all that name it by -isystem: it is searched after their other
/// -I, and so before the system folders that remain.
void shareOwnIncludes(std::vector<UnitCommand> &Units);

} // namespace unsingleton

#endif
