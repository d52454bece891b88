//===- Calls.h - Who calls what, and what is callable -----------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Calls, callables that are kept and called later, lambdas, and where a context
// comes from. Only the unit that reads a body says these.
// See Facts.h for what holds of all of them.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_FACTS_VOCABULARY_CALLS_H
#define UNSINGLETON_CHECKS_FACTS_VOCABULARY_CALLS_H

#include "checks/facts/vocabulary/Fact.h"

namespace unsingleton {

/// Where in the program an expression stands.
enum class Surroundings : uint8_t {
  Body,
  StaticInitialiser, ///< of a namespace-scope or static-member variable
  LocalStatic,       ///< of a function-local static
  DefaultArgument,
  MemberInitialiser, ///< default member initialiser
};

enum class CallKind : uint8_t {
  Call,
  Construct,   ///< `T(a)`, `T x{a}`, `new T(a)`, `: base(a)`
  Forwarded,   ///< `make_unique<T>(a)`, `emplace_back(a)`: arguments go to a T
  Implicit,    ///< construction that no syntax shows
  Mention,     ///< named without being called: address, member pointer
  Declaration, ///< `using ns::f;`
};

/// Where and how the arguments of a construction are spelled.
enum class ArgumentStyle : uint8_t { Listed, NeedsParentheses };

/// A function is called, constructs an object, or is named.
struct CallFact {
  SymbolIndex Caller = NoSymbol; ///< innermost named function, if any
  SymbolIndex Callee = NoSymbol;
  SymbolIndex Variable = NoSymbol; ///< whose initialiser it stands in
  /// The storage whose null test, or `call_once`, lets the callee run for the
  /// first time only, if any: of a private or file-local method, one that is
  /// called on a storage's object, or a function without an object.
  SymbolIndex Guard = NoSymbol;
  Span Whole;
  Span Name;      ///< the callee's name (the type's, for a construction)
  Span Arguments; ///< between the parentheses
  CallKind Kind = CallKind::Call;
  ArgumentStyle Style = ArgumentStyle::Listed;
  Surroundings Where = Surroundings::Body;
  bool HasArguments = false;
  bool Unevaluated = false;
  bool OnThis = false; ///< of the caller's own object, while the caller runs
  bool Later = false;  ///< in a lambda that may run after the caller
  /// Constructs what a parameter of the caller's template names: in another
  /// instantiation it may be anything.
  bool Varies = false;
  Editability State = Editability::Editable;
  std::string Macro;
  auto operator<=>(const CallFact &) const = default;
  UNSINGLETON_REFERENCES(Caller, Callee, Variable, Guard, Whole, Name,
                         Arguments)
};

/// A call in a template whose callee only its instantiations know: one of the
/// candidates that the template sees, or anything of that name.
struct DependentCallFact {
  SymbolIndex Caller = NoSymbol;
  SymbolIndex Candidate = NoSymbol;
  std::string Name;
  bool Member = false; ///< without a candidate: of some class, not free
  /// In an operand that is only asked whether it compiles, or for its type.
  bool Unevaluated = false;
  Span Whole;
  auto operator<=>(const DependentCallFact &) const = default;
  UNSINGLETON_REFERENCES(Caller, Candidate, Whole)
};

/// A place where something callable can be kept until it is called: a member or
/// a static variable (a `std::function`, a function pointer, a container of
/// them), a parameter, or what a function returns (then it is that function).
struct SlotFact {
  SymbolIndex Slot = NoSymbol;
  std::string Name;       ///< of the member or variable, or of the function
  uint32_t Parameter = 0; ///< of that function, from 1; 0: no parameter
  auto operator<=>(const SlotFact &) const = default;
  UNSINGLETON_REFERENCES(Slot)
};

/// `Function` puts something callable into `Slot`:
///
///     on_request_ = &handle;                  Callable is handle
///     on_request_ = [this] { poll(); };       Lambda is where it is written
///     handlers_.push_back(std::move(given));  Callable is a slot itself
///
/// Without a `Slot` it is an object with a call operator that `Function` hands
/// to code which is not ours (`std::thread(Worker{})`).
struct StoredCallableFact {
  SymbolIndex Slot = NoSymbol;
  SymbolIndex Callable = NoSymbol; ///< NoSymbol: a lambda
  SymbolIndex Function = NoSymbol; ///< NoSymbol: an initialiser does it
  Span Lambda;
  Span Place;
  auto operator<=>(const StoredCallableFact &) const = default;
  UNSINGLETON_REFERENCES(Slot, Callable, Function, Lambda, Place)
};

/// `Function` calls what `Slot` holds, or hands it to code that may.
struct SlotCallFact {
  SymbolIndex Function = NoSymbol;
  SymbolIndex Slot = NoSymbol;
  Span Place;
  auto operator<=>(const SlotCallFact &) const = default;
  UNSINGLETON_REFERENCES(Function, Slot, Place)
};

enum class CaptureDefault : uint8_t { None, Copy, Reference };

struct LambdaFact {
  SymbolIndex Function = NoSymbol; ///< the named function it is written in
  Span Introducer;                 ///< `[…]` with its brackets
  Span Whole;
  CaptureDefault Default = CaptureDefault::None;
  bool HasCaptures = false; ///< explicit ones
  bool CapturesThis = false;
  /// It becomes one, or is a coroutine without captures: it can have none.
  bool ToFunctionPointer = false;
  bool Once = false;               ///< given to call_once
  bool AtExit = false;             ///< given to atexit, or to handle a signal
  bool Kept = false;               ///< by a static variable, to be called later
  SymbolIndex StoredIn = NoSymbol; ///< a storage that it is assigned to
  bool Escapes = true;  ///< may live longer than the call it is written in
  std::string Captured; ///< names of explicit captures, each followed by ','
  Editability State = Editability::Editable;
  auto operator<=>(const LambdaFact &) const = default;
  UNSINGLETON_REFERENCES(Function, Introducer, Whole, StoredIn)
};

/// A variable from which a context can be had: one of the context's type, or of
/// a class with a method that yields one.
struct ContextSourceFact {
  SymbolIndex Function = NoSymbol;
  std::string Variable;
  std::string Expression; ///< `user_context`, `request.user_context()`
  bool Direct = false;    ///< the variable itself is a context
  bool Parameter = false;
  Span Visible; ///< from after its declarator to the end of its scope
  auto operator<=>(const ContextSourceFact &) const = default;
  UNSINGLETON_REFERENCES(Function, Visible)
};

/// A data member from which the methods of `Record` can have a context.
struct ContextMemberFact {
  SymbolIndex Record = NoSymbol;
  std::string Expression;
  bool Direct = false;
  auto operator<=>(const ContextMemberFact &) const = default;
  UNSINGLETON_REFERENCES(Record)
};

/// A function body, as parsed.
struct BodyFact {
  SymbolIndex Function = NoSymbol;
  Span Body; ///< with its braces
  bool Coroutine = false;
  bool Try = false;           ///< a function-try-block, and Body what is tried
  bool StaticContext = false; ///< no `this`
  Editability State = Editability::Editable;
  auto operator<=>(const BodyFact &) const = default;
  UNSINGLETON_REFERENCES(Function, Body)
};

} // namespace unsingleton

#endif
