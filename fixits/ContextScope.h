//===- ContextScope.h - Where code finds its context -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The context is found before it is threaded. At a place in a function, in
// this order:
//
//   1. a parameter or local variable of the context's type in scope;
//   2. a member of the enclosing object;
//   3. an expression that yields one: `request.user_context()`;
//   4. in a test, the root expression;
//   5. a new parameter of the function, or, in a function that can be given
//      none, the context that the thread has.
//
// Between the variable and the place there may be lambdas; each has to capture
// the context, by value where it may outlive the call.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_FIXITS_CONTEXTSCOPE_H
#define UNSINGLETON_FIXITS_CONTEXTSCOPE_H

#include "checks/program/Program.h"
#include "fixits/Policy.h"
#include "fixits/Refusal.h"
#include <optional>

namespace unsingleton {

/// A capture to be added to a lambda.
struct AddedCapture {
  const LambdaFact *Lambda = nullptr;
  std::string Text; ///< `user_context`, `user_context = request.user_context()`
};

struct ContextAnswer {
  enum class Source : uint8_t {
    InScope,
    Root,      ///< of a test: a local made of the root expression
    Parameter, ///< to be added
    Member,    ///< to be added to the object's class
    Ambient,   ///< a local that is given the thread's context
    Inline,    ///< Expression asks the thread itself
    Process,   ///< the ProcessContext, in main, or a local for its context
    None,
  };
  Source From = Source::None;
  std::string Expression;
  std::vector<AddedCapture> Captures;
  std::optional<Refusal> Why; ///< set when From is None
};

/// What stands in for a context where none is in scope.
enum class Otherwise : uint8_t {
  Parameter, ///< the function gets one
  Accessor,  ///< it has one for certain: no search is needed
  Thread,    ///< it can be given none, and is bridged
};

/// Asks the thread for its context.
inline constexpr llvm::StringLiteral AmbientExpression =
    "isolation::current_context()";
inline constexpr llvm::StringLiteral AmbientHeader =
    "isolation/ambient_context.h";
/// The same where the answer stands.
ContextAnswer askInline();
/// The same where the object of \p Function will have it in \p Member.
ContextAnswer contextFromMember(const Program &P, const Policy &How,
                                SymbolIndex Function, Span Place,
                                const std::string &Member);

/// The ProcessContext in the body of \p Main around \p Place: its name, or that
/// which it will be given.
std::string processVariable(const Program &P, SymbolIndex Main, Span Place);

/// Whether \p Place is in a lambda of \p Function, or of namespace scope
/// without one, that a static variable keeps.
bool inKeptLambda(const Program &P, SymbolIndex Function, Span Place);

/// The context at \p Place in \p Function.
ContextAnswer findContext(const Program &P, const Policy &How,
                          SymbolIndex Function, Span Place, Otherwise Else);

} // namespace unsingleton

#endif
