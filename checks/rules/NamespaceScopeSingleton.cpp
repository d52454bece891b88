//===- NamespaceScopeSingleton.cpp - isolation-namespace-scope-singleton -*- C++
//-*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Flags a namespace-scope variable, `static` or not, that a function of the
// same or another file gives access to:
//
//     static std::unique_ptr<Factory> _factory_instance;
//     Factory &get_factory() {
//       if (!_factory_instance)
//         _factory_instance = std::make_unique<Factory>();
//       return *_factory_instance;
//     }
//
// Eager objects, lazy null checks, call_once and double-checked locking alike.
//
// Does not flag: variables that no function gives access to, constants,
// objects without state or that nothing changes (with --all only).
//
//===----------------------------------------------------------------------===//
#include "checks/rules/Rules.h"

using namespace unsingleton;

void unsingleton::runNamespaceScopeSingleton(const RuleInput &Input,
                                             llvm::StringRef Name,
                                             std::vector<Finding> &Out) {
  for (const Singleton &S : Input.Singletons)
    if (shown(S).Kind == StorageKind::Namespace && !shown(S).ThreadLocal &&
        S.Storage->Library.empty())
      Out.push_back(describe(Input, S, Name));
}
