//===- CallReach.cpp - What calls lead to ---------------------------------===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "fixits/CallReach.h"
#include <set>

bool unsingleton::reaches(const Program &P, std::vector<SymbolIndex> Functions,
                          Dispatch How,
                          llvm::function_ref<bool(SymbolIndex)> Wanted) {
  std::set<SymbolIndex> Seen(Functions.begin(), Functions.end());
  while (!Functions.empty()) {
    SymbolIndex At = Functions.back();
    Functions.pop_back();
    if (Wanted(At))
      return true;
    auto Visit = [&](SymbolIndex Next) {
      if (Seen.insert(Next).second)
        Functions.push_back(Next);
    };
    for (const CallFact &Call : P.of<CallFact>(At))
      Visit(Call.Callee);
    if (How == Dispatch::Overriders)
      for (SymbolIndex Overrider : P.overriders(At))
        Visit(Overrider);
  }
  return false;
}
