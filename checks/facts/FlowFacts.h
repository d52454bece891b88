//===- FlowFacts.h - Where values that a request owns may go ----*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The vocabulary of the rules that keep migrated code right: what a function
// does with contexts, with objects made for one request, and with whatever
// may hold or point to one. Local variables are resolved where they are
// written, so that these facts speak only of what a function shares with
// others: its parameters, its object, storages, and the calls it makes.
//
//     void Bus::keep(Callback c) { callbacks_.push_back(std::move(c)); }
//         FlowFact: parameter 0 into This (callbacks_)
//     void handle(const UserExecutionContext &user_context) {
//       bus().keep([user_context] { … });
//     }
//         ArgumentFacts of the call of Bus::keep: a Context as its argument,
//         the value of the call of bus() as its object
//
// That the context ends up in what bus() returns is for linking to find out
// (rules/ContextFlow.h). What cannot keep anything (numbers, strings) is left
// out, and so is what nobody could have put anything into.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_FACTS_FLOWFACTS_H
#define UNSINGLETON_CHECKS_FACTS_FLOWFACTS_H

#include "checks/facts/Facts.h"

namespace unsingleton {

enum class FlowKind : uint8_t {
  Parameter,  ///< Index: of the function
  This,       ///< the method's object; Symbol: the member of it, if one
  Member,     ///< what the member Symbol points to
  Storage,    ///< Symbol
  Value,      ///< Where: an object, or what a call there returned
  Context,    ///< a request's context, as spelled there
  PerRequest, ///< the object that a slot gave there
  Ambient,    ///< what current_context() returned there
  Result,     ///< only as a goal: what the function returns
  Detached,   ///< only as a goal: a thread that nobody joins
};

/// Where a flow begins or ends.
struct FlowEnd {
  FlowKind Kind = FlowKind::Value;
  uint32_t Index = 0; ///< also tells values of one macro expansion apart
  SymbolIndex Symbol = NoSymbol;
  Span Where;
  auto operator<=>(const FlowEnd &) const = default;
};

/// What of an expression flows: its value (which may hold or point to things),
/// the identity of the object that it denotes or points to (so that what is
/// put into it lands there), or both.
enum class FlowRole : uint8_t { Value = 1, Target = 2, Both = 3 };

inline bool has(FlowRole Role, FlowRole Part) {
  return (static_cast<unsigned>(Role) & static_cast<unsigned>(Part)) != 0;
}

/// A value with what a report says of it.
struct FlowSource {
  FlowEnd End;
  std::string Text;              ///< as spelled: `user_context`
  SymbolIndex Record = NoSymbol; ///< of a parameter: its class, if ours
  bool Callback = false;         ///< captured or bound
  auto operator<=>(const FlowSource &) const = default;
};

/// In the body of `Function`, `From` gets into `To`. NoSymbol: in the
/// initialiser of a variable at namespace scope.
struct FlowFact {
  SymbolIndex Function = NoSymbol;
  FlowSource From;
  FlowEnd To;
  FlowRole Role = FlowRole::Value;
  /// A copy of an object that can hold nothing: of interest only if it is the
  /// object of a request itself.
  bool Copy = false;
  Span Place;
  auto operator<=>(const FlowFact &) const = default;
  UNSINGLETON_REFERENCES(Function, From.End.Symbol, From.End.Where, From.Record,
                         To.Symbol, To.Where, Place)
};

/// `Function` calls `Callee` at `Call` and gives it `From`, as the parameter
/// `Index`, or as the object of the method. A call whose value matters but that
/// is given nothing of interest has one fact all the same.
struct ArgumentFact {
  SymbolIndex Function = NoSymbol;
  SymbolIndex Callee = NoSymbol;
  FlowEnd Call; ///< the value of the call
  uint32_t Index = 0;
  FlowSource From;
  FlowRole Role = FlowRole::Both;
  Span Place;
  static constexpr uint32_t Object = ~0u;  ///< Index of the method's object
  static constexpr uint32_t Nothing = ~1u; ///< Index where From is empty
  auto operator<=>(const ArgumentFact &) const = default;
  UNSINGLETON_REFERENCES(Function, Callee, Call.Symbol, Call.Where,
                         From.End.Symbol, From.End.Where, From.Record, Place)
};

/// `Function` takes elements out of the container `From`.
struct RemovalFact {
  SymbolIndex Function = NoSymbol;
  FlowEnd From;
  bool Drains = false; ///< as from a queue: what goes in comes out
  Span Place;
  auto operator<=>(const RemovalFact &) const = default;
  UNSINGLETON_REFERENCES(Function, From.Symbol, From.Where, Place)
};

/// `Function` asks a slot for its object, which is of type `Type`.
struct PerRequestFact {
  SymbolIndex Function = NoSymbol;
  SymbolIndex Record = NoSymbol;  ///< the object's class, if ours
  SymbolIndex Element = NoSymbol; ///< as a StorageObjectFact's
  std::string Type;
  Span Where;
  auto operator<=>(const PerRequestFact &) const = default;
  UNSINGLETON_REFERENCES(Function, Record, Element, Where)
};

/// An object of the class is made where no static storage is to hold it.
struct LooseInstanceFact {
  SymbolIndex Record = NoSymbol;
  auto operator<=>(const LooseInstanceFact &) const = default;
  UNSINGLETON_REFERENCES(Record)
};

/// No code outside the class, or outside its file, can make an object of it.
struct SealedRecordFact {
  SymbolIndex Record = NoSymbol;
  auto operator<=>(const SealedRecordFact &) const = default;
  UNSINGLETON_REFERENCES(Record)
};

/// `Function` takes the context from the thread.
struct AmbientContextFact {
  SymbolIndex Function = NoSymbol;
  SymbolIndex Variable = NoSymbol; ///< at namespace scope: whose initialiser
  Span Place;
  auto operator<=>(const AmbientContextFact &) const = default;
  UNSINGLETON_REFERENCES(Function, Variable, Place)
};

/// A context that a function has not been given.
enum class OtherContext : uint8_t {
  None,
  Made,     ///< UserExecutionContext::create(…)
  Storage,  ///< a static or global one
  Ambient,  ///< current_context()
  Process,  ///< the ProcessContext's
  Returned, ///< by the function Source
};

/// `Function` hands such a context to `Callee`, or returns it (NoSymbol).
struct OtherContextFact {
  SymbolIndex Function = NoSymbol;
  SymbolIndex Callee = NoSymbol;
  OtherContext What = OtherContext::None; ///< None: returns one of its own
  SymbolIndex Source = NoSymbol;          ///< the storage or function
  std::string CalleeName;
  bool UsesParameters = false; ///< it is made of the function's parameters
  Span Place;
  auto operator<=>(const OtherContextFact &) const = default;
  UNSINGLETON_REFERENCES(Function, Callee, Source, Place)
};

/// The local `Variable` holds such a context.
struct OtherContextVariableFact {
  SymbolIndex Function = NoSymbol;
  std::string Variable;
  auto operator<=>(const OtherContextVariableFact &) const = default;
  UNSINGLETON_REFERENCES(Function)
};

} // namespace unsingleton

#endif
