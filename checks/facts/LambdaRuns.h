//===- LambdaRuns.h - When the body of a lambda runs ------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_FACTS_LAMBDARUNS_H
#define UNSINGLETON_CHECKS_FACTS_LAMBDARUNS_H

#include "checks/facts/SourceSpans.h"
#include "checks/facts/WalkState.h"

namespace unsingleton {

/// The current statement belongs to the initialiser of a static variable, and
/// runs with it: not in a function object that the variable keeps.
bool initialises(const WalkState &State);

/// The current statement stands in the body of a lambda.
bool inLambda(const WalkState &State);

/// The current statement stands in a function object that may run when the
/// function around has returned: it is kept, or handed to code that may keep
/// it.
bool runsLater(const WalkState &State);

/// The current expression, a lambda, stands in the initialiser of a static
/// variable that keeps it, as in a table of handlers: its body runs when
/// somebody calls it. One that is given to a function of the project's does
/// not count, since that may call it at once.
bool isKeptByStatic(const WalkState &State, const SourceSpans &Spans);

} // namespace unsingleton

#endif
