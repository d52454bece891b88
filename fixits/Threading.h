//===- Threading.h - Which functions take the context -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// From a set of functions that take the context (a singleton's factories), the
// least set that has to: each call finds its context in scope or makes its
// caller take one, whose callers are asked in turn. A virtual family takes it
// as a whole. What cannot take it is a refusal.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_FIXITS_THREADING_H
#define UNSINGLETON_FIXITS_THREADING_H

#include "fixits/ContextScope.h"
#include <map>
#include <set>

namespace unsingleton {

/// What threading has to know of the singletons that are to be migrated.
struct MigratedSet {
  std::set<SymbolIndex> Accessors;
  std::set<SymbolIndex> Storages;
};

/// A call that passes the context on.
struct ThreadedCall {
  const CallFact *Call = nullptr;
  ContextAnswer Answer;
};

/// Everything that one singleton's migration does outside its own family.
struct Threads {
  std::set<SymbolIndex> Functions; ///< that get a new parameter
  std::vector<ThreadedCall> Calls;
  std::vector<const CallFact *> Renames; ///< mentions that only change a name
  std::map<const StorageUseFact *, ContextAnswer> Uses;
  std::set<SymbolIndex> Tests; ///< that get a root context
  std::vector<Refusal> Refusals;
};

Threads thread(const Program &P, const Policy &How, const MigratedSet &Migrated,
               const std::set<SymbolIndex> &Accessors,
               const std::vector<const StorageUseFact *> &Uses);

} // namespace unsingleton

#endif
