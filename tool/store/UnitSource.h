//===- UnitSource.h - Where a command's facts come from ---------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_TOOL_STORE_UNITSOURCE_H
#define UNSINGLETON_TOOL_STORE_UNITSOURCE_H

#include "tool/Commands.h"

namespace unsingleton {

/// The facts of all units: those given with --facts, or from the store and the
/// parser. With -v, says which on standard error.
std::vector<UnitFacts> unitFacts(Session &S, const CommandLine &Line);

/// The same for other units and another state of the files; \p What is named
/// in the line of -v.
std::vector<UnitFacts> unitFacts(Session &S, const CommandLine &Line,
                                 const std::vector<UnitCommand> &Units,
                                 const SourceTree &Tree, llvm::StringRef What);

} // namespace unsingleton

#endif
