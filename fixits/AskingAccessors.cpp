//===- AskingAccessors.cpp - Accessors that stay as they are -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "fixits/AskingAccessors.h"
#include "fixits/EarlyUse.h"

using namespace unsingleton;

/// What does not matter any more where nobody is given a context. Who keeps the
/// object, or runs before there is a request, gets it wrong all the same.
static bool isAboutForm(const Refusal &R) {
  switch (R.Code) {
  case RefusalCode::DependentCall:
  case RefusalCode::FrontierAddressTaken:
  case RefusalCode::FrontierOperator:
  case RefusalCode::MacroAccessor:
  case RefusalCode::MacroCall:
  case RefusalCode::NotOurs:
  case RefusalCode::UnevaluatedUse:
    return true;
  default:
    return false;
  }
}

bool unsingleton::mayAsk(const Program &P,
                         const std::set<SymbolIndex> &Accessors,
                         const Threads &Threaded,
                         const std::set<SymbolIndex> &Migrated) {
  // A static local that is a name for the object would stay one.
  return Threaded.Plain.empty() &&
         llvm::all_of(Threaded.Refusals, isAboutForm) &&
         llvm::none_of(Accessors, [&](SymbolIndex Accessor) {
           return threadBlocker(P, Accessor, Migrated).has_value();
         });
}
