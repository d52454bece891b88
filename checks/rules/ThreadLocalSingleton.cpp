//===- ThreadLocalSingleton.cpp - isolation-thread-local-singleton -*- C++
//-*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Flags a thread_local variable that a function gives access to:
//
//     Scratch &scratch() {
//       thread_local Scratch s;
//       return s;
//     }
//
// A pooled thread serves one user after the other: what the first leaves in its
// object, the next one finds.
//
// Does not flag: thread_local variables that nothing hands out (they are
// isolation-static-local-state or isolation-mutable-global), constants, objects
// without state or that nothing changes (with --all only), and what a library
// keeps for each thread (isolation-library-singleton).
//
//===----------------------------------------------------------------------===//
#include "checks/rules/Rules.h"

using namespace unsingleton;

void unsingleton::runThreadLocalSingleton(const RuleInput &Input,
                                          llvm::StringRef Name,
                                          std::vector<Finding> &Out) {
  for (const Singleton &S : Input.Singletons)
    if (shown(S).ThreadLocal && S.Storage->Library.empty())
      Out.push_back(describe(Input, S, Name));
}
