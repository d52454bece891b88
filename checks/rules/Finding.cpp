//===- Finding.cpp - What a rule reports, with its evidence -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/rules/Finding.h"

using namespace unsingleton;

llvm::StringRef unsingleton::toString(Verdict V) {
  switch (V) {
  case Verdict::SharedMutable:
    return "shared-mutable";
  case Verdict::ProcessResource:
    return "process-resource";
  case Verdict::ConstAfterInit:
    return "const-after-init";
  case Verdict::Stateless:
    return "stateless";
  case Verdict::ProcessWide:
    return "process-wide";
  case Verdict::PerContext:
    return "per-context";
  case Verdict::None:
    break;
  }
  return "";
}

llvm::StringRef unsingleton::toString(Severity S) {
  return S == Severity::High     ? "high"
         : S == Severity::Medium ? "medium"
                                 : "low";
}

bool unsingleton::isReported(Verdict V) {
  return V == Verdict::SharedMutable || V == Verdict::ProcessResource ||
         V == Verdict::None;
}
