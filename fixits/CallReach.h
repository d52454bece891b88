//===- CallReach.h - What calls lead to ------------------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_FIXITS_CALLREACH_H
#define UNSINGLETON_FIXITS_CALLREACH_H

#include "checks/program/Program.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace unsingleton {

/// What a call of a virtual function counts for.
enum class Dispatch : uint8_t {
  Named,      ///< the function that it names: what is sure to be called
  Overriders, ///< those that override it as well: whatever may be
};

/// Whether one of \p Functions, or what they call or name, is \p Wanted.
bool reaches(const Program &P, std::vector<SymbolIndex> Functions, Dispatch How,
             llvm::function_ref<bool(SymbolIndex)> Wanted);

} // namespace unsingleton

#endif
