//===- MigrationFacts.h - What only the fix wants to know -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Where a class could be given a member and its constructors an initialiser,
// where a macro's body spells a call, and what else the rules have no use for.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_FACTS_MIGRATIONFACTS_H
#define UNSINGLETON_CHECKS_FACTS_MIGRATIONFACTS_H

#include "checks/facts/Facts.h"

namespace unsingleton {

/// A variable that holds an isolation::ProcessContext, in the body of
/// `Function`, or at namespace scope.
struct ProcessContextFact {
  SymbolIndex Function = NoSymbol;
  std::string Variable;
  Span Place;
  auto operator<=>(const ProcessContextFact &) const = default;
  UNSINGLETON_REFERENCES(Function, Place)
};

/// A call whose callee is named in a macro's body: the CallFact with the same
/// `Caller`, `Callee` and `Expansion` (its Name) cannot be edited, but the
/// macro can be.
struct MacroCallFact {
  SymbolIndex Callee = NoSymbol;
  SymbolIndex Caller = NoSymbol;
  std::string Macro;
  Span Expansion;
  Span Name;      ///< as the macro's body spells it
  Span Arguments; ///< between the parentheses, in the body or at the expansion
  bool HasArguments = false;
  bool ArgumentsInBody = true;
  auto operator<=>(const MacroCallFact &) const = default;
  UNSINGLETON_REFERENCES(Callee, Caller, Expansion, Name, Arguments)
};

/// `Callee` is handed to a function that calls it with the arguments that
/// follow: `std::thread(callee, a)`, `std::async(policy, callee, a)`,
/// `std::thread(&T::callee, this, a)`.
struct InvocationFact {
  SymbolIndex Callee = NoSymbol;
  SymbolIndex Caller = NoSymbol;
  Span Name;  ///< of the Mention
  Span After; ///< of length 0: where a first argument of the callee would go
  auto operator<=>(const InvocationFact &) const = default;
  UNSINGLETON_REFERENCES(Callee, Caller, Name, After)
};

/// `Function` is registered to run after main, or in a signal handler.
struct ExitHandlerFact {
  SymbolIndex Function = NoSymbol;
  Span Place;
  auto operator<=>(const ExitHandlerFact &) const = default;
  UNSINGLETON_REFERENCES(Function, Place)
};

/// `Entity` (a storage, an accessor, the object's class) is annotated with the
/// scope that it wants: "request", "conversation" or "user".
struct ScopeFact {
  SymbolIndex Entity = NoSymbol;
  std::string Scope;
  auto operator<=>(const ScopeFact &) const = default;
  UNSINGLETON_REFERENCES(Entity)
};

/// The definition of a class, as spelled. None for a template's instance.
struct RecordSiteFact {
  SymbolIndex Record = NoSymbol;
  Span Body; ///< from its `{` to its `}`
  /// Of length 0: where a data member may come first, before the first one and
  /// its comment; invalid: there is none.
  Span Member;
  bool OwnLine = false; ///< nothing stands before it on its line
  bool Aggregate = false;
  bool Constructors = false;      ///< written ones, copy and move apart
  bool PrivateDestructor = false; ///< or a protected one
  Editability State = Editability::Editable;
  auto operator<=>(const RecordSiteFact &) const = default;
  UNSINGLETON_REFERENCES(Record, Body, Member)
};

/// Where a constructor initialises, or would initialise, a first member.
enum class InitialiserPlace : uint8_t {
  Alone,     ///< it has no initialisers: `: x(a) ` goes there
  Before,    ///< another one: `x(a), `
  After,     ///< the last base: `, x(a)`
  Delegates, ///< to another constructor, which does
  Copies,    ///< what the object it copies or moves has, or is deleted
};
struct ConstructorSiteFact {
  SymbolIndex Function = NoSymbol;
  InitialiserPlace Where = InitialiserPlace::Alone;
  Span Place; ///< of length 0
  Editability State = Editability::Editable;
  auto operator<=>(const ConstructorSiteFact &) const = default;
  UNSINGLETON_REFERENCES(Function, Place)
};

} // namespace unsingleton

#endif
