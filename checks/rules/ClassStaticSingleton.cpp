//===- ClassStaticSingleton.cpp - isolation-class-static-singleton -*- C++
//-*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Flags a static data member that a function, usually of the same class, gives
// access to:
//
//     class World {
//     public:
//       static World &instance() {
//         if (!instance_) instance_ = new World;
//         return *instance_;
//       }
//     private:
//       static World *instance_;
//     };
//
// Does not flag: static members that are constants, or that nothing hands out;
// objects without state or that nothing changes (with --all only).
//
//===----------------------------------------------------------------------===//
#include "checks/rules/Rules.h"

using namespace unsingleton;

void unsingleton::runClassStaticSingleton(const RuleInput &Input,
                                          llvm::StringRef Name,
                                          std::vector<Finding> &Out) {
  for (const Singleton &S : Input.Singletons)
    if (S.Storage->Kind == StorageKind::ClassStatic &&
        !S.Storage->ThreadLocal && S.Storage->Library.empty())
      Out.push_back(describe(Input, S, Name));
}
