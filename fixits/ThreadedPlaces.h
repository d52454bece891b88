//===- ThreadedPlaces.h - What stands around a use -------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_FIXITS_THREADEDPLACES_H
#define UNSINGLETON_FIXITS_THREADEDPLACES_H

#include "fixits/Frontier.h"

namespace unsingleton {

/// The storage that stays shared and is made by the statement of \p Function
/// at \p Place; null if none is.
const StorageFact *frozenBy(const Program &P, const MigratedSet &Migrated,
                            SymbolIndex Function, const Span &Place);

/// Whether what is at \p Place goes into a factory from another function.
bool isMoved(const MigratedSet &Migrated, const Span &Place);

/// Code in a call_once lambda or null check moves out of its lambdas.
bool inMovedCreation(const Program &P, SymbolIndex Function, const Span &Place);

/// The innermost class whose body has \p Place; NoSymbol if none has.
SymbolIndex classAround(const Program &P, const Span &Place);

/// Whether \p Place stands in a lambda of \p Function, which is NoSymbol for an
/// initialiser.
bool inLambda(const Program &P, SymbolIndex Function, const Span &Place);

} // namespace unsingleton

#endif
