//===- ExitHandlers.h - What runs when nobody may be asked ------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_FACTS_EXITHANDLERS_H
#define UNSINGLETON_CHECKS_FACTS_EXITHANDLERS_H

#include "checks/facts/WalkState.h"

namespace unsingleton {

/// The current expression, a function or a lambda, is to run after main, or on
/// whatever thread a signal finds:
///
///     atexit(f)    signal(SIGTERM, (handler_t)f)    action.sa_handler = f
///
/// Does not see one that is kept in a variable first.
bool isGivenToExit(const WalkState &State);

} // namespace unsingleton

#endif
