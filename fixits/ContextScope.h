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
//   5. a new parameter of the function.
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
  enum class Source : uint8_t { InScope, Root, Parameter, None };
  Source From = Source::None;
  std::string Expression;
  std::vector<AddedCapture> Captures;
  std::optional<Refusal> Why; ///< set when From is None
};

/// The context at \p Place in \p Function.
///
/// \p HasParameter: the function is, or will be, given the parameter itself
/// (an accessor under migration), so that no further search is needed.
ContextAnswer findContext(const Program &P, const Policy &How,
                          SymbolIndex Function, Span Place, bool HasParameter);

} // namespace unsingleton

#endif
