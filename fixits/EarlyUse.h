//===- EarlyUse.h - What runs before main or after it -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A bridged function asks the thread for its context, which the ProcessContext
// answers for as long as main runs. What the initialiser of a namespace-scope
// variable calls, or the destructor of an object of static storage duration,
// would ask too early or too late and end the program: it must not be bridged.
//
// Does not see calls through function pointers.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_FIXITS_EARLYUSE_H
#define UNSINGLETON_FIXITS_EARLYUSE_H

#include "checks/program/Program.h"
#include <optional>
#include <set>

namespace unsingleton {

/// Where something outside main leads to \p Function, if anything does.
/// \p Migrated: storages whose objects live and die with a request.
std::optional<Span> usedOutsideMain(const Program &P, SymbolIndex Function,
                                    const std::set<SymbolIndex> &Migrated);

/// Where a `main` that will have no ProcessContext leads to \p Function, if one
/// does.
std::optional<Span> usedFromBareMain(const Program &P, SymbolIndex Function);

/// Where the destruction of an object that one of \p Migrated holds, or a key
/// of the runtime's, leads to \p Function, if it does. A request may end on any
/// thread, and what is asked for then cannot be made any more.
std::optional<Span> usedAtRequestEnd(const Program &P, SymbolIndex Function,
                                     const std::set<SymbolIndex> &Migrated);

} // namespace unsingleton

#endif
