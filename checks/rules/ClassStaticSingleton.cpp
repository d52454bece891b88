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
// The member of a template that serves several classes is one finding, at the
// template, which names them; but a class that alone asks the template for its
// object has a finding of its own, at its accessor:
//
//     Registry *Registry::get() { return Singleton<Registry>::get(); }
//
// The same holds for static locals and variables of templates.
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
    if (shown(S).Kind == StorageKind::ClassStatic && !shown(S).ThreadLocal &&
        S.Storage->Library.empty())
      Out.push_back(describe(Input, S, Name));
}
