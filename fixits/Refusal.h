//===- Refusal.h - Why a singleton is not migrated -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_FIXITS_REFUSAL_H
#define UNSINGLETON_FIXITS_REFUSAL_H

#include "checks/facts/Span.h"
#include "llvm/ADT/StringRef.h"
#include <string>

namespace unsingleton {

enum class RefusalCode : uint8_t {
#define REFUSAL(ENUMERATOR, CODE, MESSAGE) ENUMERATOR,
#include "fixits/Refusals.def"
#undef REFUSAL
};

struct Refusal {
  RefusalCode Code = RefusalCode::ComplexAccessor;
  std::string Name;   ///< the function or variable in the way
  std::string Detail; ///< a macro, a file, a diagnostic
  Span Where;
  Span Also = {}; ///< a second place that the message speaks of
  auto operator<=>(const Refusal &) const = default;
};

/// Whether --unsafe-fixes sets it aside: the program would still compile, but
/// might behave differently.
bool isAboutBehaviour(const Refusal &R);

llvm::StringRef codeOf(const Refusal &R);
std::string messageOf(const Refusal &R);

} // namespace unsingleton

#endif
