//===- Occasion.h - When the current statement runs -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Whether a write is part of making the state rather than a change to it:
//
//     static once_token filled([] { table[0] = 'a'; });   static initialiser
//     if (!ready) { table[0] = 'a'; ready = true; }        guarded by `ready`
//     if (ready) return; table[0] = 'a'; ready = true;     the same
//     std::call_once(flag, [] { table[0] = 'a'; });        guarded by `flag`
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_FACTS_OCCASION_H
#define UNSINGLETON_CHECKS_FACTS_OCCASION_H

#include "checks/facts/WalkState.h"

namespace unsingleton {

/// The storage whose null test, or `call_once`, lets the current statement run
/// for the first time only; null if there is none.
const clang::VarDecl *guardOf(const WalkState &State);

} // namespace unsingleton

#endif
