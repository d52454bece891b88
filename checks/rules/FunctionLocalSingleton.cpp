//===- FunctionLocalSingleton.cpp - isolation-function-local-singleton -*- C++
//-*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Flags a function that returns access to its own static local: the first
// caller makes the object, and every later caller of any user shares it.
//
//     Registry &registry() {
//       static Registry r;          // also: static Registry *r = new Registry;
//       return r;                   //       static auto p = make_unique<…>();
//     }
//
// Does not flag: a static local that is returned by value (a copy gives no
// access), one that is const and has no mutable members, an object without
// state or one that nothing changes (reported with --all only), thread_local
// objects (a rule of their own).
//
//===----------------------------------------------------------------------===//
#include "checks/rules/Rules.h"

using namespace unsingleton;

void unsingleton::runFunctionLocalSingleton(const RuleInput &Input,
                                            llvm::StringRef Name,
                                            std::vector<Finding> &Out) {
  for (const Singleton &S : Input.Singletons)
    if (shown(S).Kind == StorageKind::FunctionLocal && !shown(S).ThreadLocal &&
        S.Storage->Library.empty())
      Out.push_back(describe(Input, S, Name));
}
