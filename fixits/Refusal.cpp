//===- Refusal.cpp - Why a singleton is not migrated -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "fixits/Refusal.h"
#include "checks/facts/Compat.h"

using namespace unsingleton;

namespace {
struct Row {
  llvm::StringRef Code;
  const char *Message;
};
constexpr Row Table[] = {
#define REFUSAL(ENUMERATOR, CODE, MESSAGE) {CODE, MESSAGE},
#include "fixits/Refusals.def"
#undef REFUSAL
};
} // namespace

llvm::StringRef unsingleton::codeOf(const Refusal &R) {
  return Table[static_cast<size_t>(R.Code)].Code;
}

std::string unsingleton::messageOf(const Refusal &R) {
  return formatted(Table[static_cast<size_t>(R.Code)].Message, R.Name,
                   R.Detail);
}

bool unsingleton::isAboutBehaviour(const Refusal &R) {
  return R.Code == RefusalCode::ProcessResource ||
         R.Code == RefusalCode::CrossRequestState ||
         R.Code == RefusalCode::PerThread;
}
