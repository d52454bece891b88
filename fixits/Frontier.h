//===- Frontier.h - What keeps a function from taking the context -*- C++
//-*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A function takes the context as a new parameter unless its signature is not
// ours to change, or one of the places that name it cannot pass an argument. A
// virtual family takes it as a whole, or not at all.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_FIXITS_FRONTIER_H
#define UNSINGLETON_FIXITS_FRONTIER_H

#include "checks/program/Program.h"
#include "fixits/Refusal.h"
#include <set>

namespace unsingleton {

/// What is to be migrated together.
struct MigratedSet {
  std::set<SymbolIndex> Accessors;
  std::set<SymbolIndex> Storages;
  std::vector<Span> Moved; ///< expressions that go into factories
};

/// \p Function and what overrides it or is overridden by it.
std::set<SymbolIndex> familyOf(const Program &P, SymbolIndex Function);

/// What keeps \p Function itself from a new parameter; empty: nothing does.
/// \p Because: the use for which it would need one.
std::vector<Refusal> signatureBlockers(const Program &P, SymbolIndex Function,
                                       Span Because);

/// The calls that the body of a macro makes at one place of it, one for each
/// expansion.
using Expansions = std::vector<const MacroCallFact *>;

/// Those at each place of the macro's body that \p Call may stand at, since an
/// expansion is one place; empty: the macro cannot be edited for it.
std::vector<Expansions> expansionsOf(const Program &P, const CallFact &Call);

/// Where \p Mention, of a function that is handed to `std::thread` and the
/// like, can be given an argument for it; or null.
const InvocationFact *invocationOf(const Program &P, const CallFact &Mention);

/// The declaration of a static local that is only a name for what \p Call, of
/// an accessor, returns, and as well can be a plain local; or null.
const StorageSiteFact *plainAliasOf(const Program &P, const CallFact &Call,
                                    const MigratedSet &Migrated);

/// Why \p Call cannot pass one more argument, if so. Calls in the bodies of
/// macros are judged by their expansions.
std::optional<Refusal> callBlocker(const Program &P, const CallFact &Call,
                                   const MigratedSet &Migrated);

/// Calls of \p Function, or of what may be it, that only instantiations of a
/// template resolve, and not all of them to it.
std::vector<Refusal> dependentBlockers(const Program &P, SymbolIndex Function);

/// Whether the function may ask the thread instead: its object is not one that
/// outlives the request.
bool canBridge(const Refusal &R);

} // namespace unsingleton

#endif
