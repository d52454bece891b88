//===- StaticLocalState.cpp - isolation-static-local-state -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Flags a static local variable that its function changes and does not hand
// out:
//
//     int next_id() {
//       static int last = 0;
//       return ++last;
//     }
//
// The function answers one user by what it did for another: a counter, a cache,
// a flag.
//
// Does not flag: constants and tables that nothing changes; what is filled
// once, under a flag that is never taken back; `static bool done = init();`;
// mutexes and once-flags; references to objects of others
// (isolation-frozen-alias where they are a singleton's); variables that a
// function returns access to (isolation-function-local-singleton).
//
//===----------------------------------------------------------------------===//
#include "checks/rules/Rules.h"

using namespace unsingleton;

void unsingleton::runStaticLocalState(const RuleInput &Input,
                                      llvm::StringRef Name,
                                      std::vector<Finding> &Out) {
  for (const Singleton &S : Input.States)
    if (S.Storage->Kind == StorageKind::FunctionLocal)
      Out.push_back(describeState(Input, S, Name, "local-state"));
}
