//===- EarlyUse.h - What runs outside main ---------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A bridged function asks the thread for its context, which the ProcessContext
// answers for as long as main runs. What the initialiser of a namespace-scope
// variable calls, or the destructor of an object of static storage duration,
// would ask too early or too late and end the program, and a handler of signals
// would ask whatever thread it interrupts: they must not be bridged.
// Nor may what runs while a request's own objects are destroyed ask anybody for
// what the request need not have.
//
// Does not see calls through function pointers.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_FIXITS_EARLYUSE_H
#define UNSINGLETON_FIXITS_EARLYUSE_H

#include "checks/program/Program.h"
#include "fixits/Refusal.h"
#include <optional>
#include <set>
#include <vector>

namespace unsingleton {

/// Where something outside main leads to \p Function, if anything does.
/// \p Migrated: storages whose objects live and die with a request.
std::optional<Span> usedOutsideMain(const Program &P, SymbolIndex Function,
                                    const std::set<SymbolIndex> &Migrated);

/// What keeps \p Function from asking its thread for a context: it also runs
/// outside main, in a program whose main will have no ProcessContext, or while
/// an object is destroyed that one of \p Migrated holds, or a key of the
/// runtime's. A request may end on any thread.
std::optional<Refusal> threadBlocker(const Program &P, SymbolIndex Function,
                                     const std::set<SymbolIndex> &Migrated);

/// What keeps \p Destructor from calling \p Callee, or from naming a storage if
/// that is NoSymbol: it destroys what a request owns, and a constructor of its
/// class, of \p Constructors, does not call that. What is asked for may then
/// not be there any more, and cannot be made.
std::optional<Refusal>
requestEndBlocker(const Program &P, SymbolIndex Destructor, SymbolIndex Callee,
                  const std::vector<SymbolIndex> &Constructors,
                  const std::set<SymbolIndex> &Migrated);

} // namespace unsingleton

#endif
