//===- MutableGlobal.cpp - isolation-mutable-global -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Flags a variable of namespace scope, or a static data member, that functions
// change although no function hands it out:
//
//     static int last_error;
//     void fail(int code) { last_error = code; }
//
// Every user's request sees what another one left there.
//
// Does not flag: constants, tables and other objects that nothing changes once
// they are made, even when they are not const; what is filled once by a static
// initialiser, under call_once or under a flag that is never taken back;
// mutexes and once-flags; counters of objects that constructors and destructors
// keep; references to objects of others; classes whose whole state is static
// (isolation-monostate) and variables with an accessor (the -singleton rules).
//
//===----------------------------------------------------------------------===//
#include "checks/rules/Rules.h"

using namespace unsingleton;

void unsingleton::runMutableGlobal(const RuleInput &Input, llvm::StringRef Name,
                                   std::vector<Finding> &Out) {
  for (const Singleton &S : Input.States)
    if (S.Storage->Kind != StorageKind::FunctionLocal &&
        !isMonostate(Input, S.Storage->Record))
      Out.push_back(describeState(Input, S, Name,
                                  S.Storage->Kind == StorageKind::ClassStatic
                                      ? "static-member"
                                      : "global"));
}
