//===- GivenAnew.h - What a local no longer stands for ----------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A pointer that was given another value leads to that, and no longer to what
// it led to before:
//
//     char *p = table;
//     p = buffer;
//     *p = 'x';          changes the buffer
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_FACTS_GIVENANEW_H
#define UNSINGLETON_CHECKS_FACTS_GIVENANEW_H

#include "checks/facts/WalkState.h"

namespace unsingleton {

/// Whether \p V is assigned on every way to the current statement, and \p By,
/// which gave it what is asked about, is on none from there; without \p By it
/// had that from its declaration on.
bool isGivenAnew(const WalkState &State, const clang::VarDecl *V,
                 const clang::Stmt *By);

} // namespace unsingleton

#endif
