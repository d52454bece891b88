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
// as a whole. Where a function cannot, threading ends: the singleton is
// refused, or the function is bridged and asks the thread.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_FIXITS_THREADING_H
#define UNSINGLETON_FIXITS_THREADING_H

#include "fixits/ContextScope.h"
#include "fixits/Frontier.h"
#include <map>
#include <set>

namespace unsingleton {

/// A call that passes the context on.
struct ThreadedCall {
  const CallFact *Call = nullptr;
  ContextAnswer Answer;
};

/// A call in a macro's body that passes the context on, in every expansion.
struct ThreadedMacroCall {
  const MacroCallFact *Call = nullptr;
  ContextAnswer Answer;
};

/// Everything that one singleton's migration does outside its own family.
struct Threads {
  std::set<SymbolIndex> Functions; ///< that get a new parameter
  std::vector<ThreadedCall> Calls;
  std::vector<ThreadedMacroCall> MacroCalls;
  std::vector<ContextAnswer> MacroUses;  ///< at the expansions
  std::vector<const CallFact *> Renames; ///< mentions that only change a name
  /// Calls in the destructor of the only object, which ask for that.
  std::vector<const CallFact *> Itself;
  std::map<const StorageUseFact *, ContextAnswer> Uses;
  /// Static locals that were names for the object and become plain locals.
  std::set<const StorageSiteFact *> Plain;
  /// Bodies that get a local context where they begin: a test's root one, or
  /// the thread's.
  std::map<Span, ContextAnswer::Source> Locals;
  /// Functions that ask the thread, and why they are given no parameter.
  std::map<SymbolIndex, std::vector<Refusal>> Bridged;
  /// Classes that keep their context, and the member in which they do.
  std::map<SymbolIndex, std::string> Stored;
  /// For which use a function gets its parameter.
  std::map<SymbolIndex, Span> Because;
  std::vector<Refusal> Refusals;
};

/// \p NoParameter: functions that can be given none, as verification found.
Threads thread(const Program &P, const Policy &How, const MigratedSet &Migrated,
               const std::map<SymbolIndex, Refusal> &NoParameter,
               const std::set<SymbolIndex> &Accessors,
               const std::vector<const StorageUseFact *> &Uses);

} // namespace unsingleton

#endif
