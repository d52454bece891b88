//===- Fact.h - What every fact offers --------------------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A fact is a small value: comparable, without pointers, and it lists its
// symbols and spans, so that linking can renumber them.
// See Facts.h for what holds of all of them.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_FACTS_VOCABULARY_FACT_H
#define UNSINGLETON_CHECKS_FACTS_VOCABULARY_FACT_H

#include "checks/facts/Span.h"
#include <string>

namespace unsingleton {

/// Visits every symbol and span of a fact: `R(SymbolIndex &)`, `R(Span &)`.
#define UNSINGLETON_REFERENCES(...)                                            \
  template <class Visitor> void references(Visitor &&Visit) {                  \
    forEachReference(Visit, __VA_ARGS__);                                      \
  }
template <class Visitor, class... Refs>
void forEachReference(Visitor &&Visit, Refs &...References) {
  (Visit(References), ...);
}

struct FileFact {
  std::string Path;   ///< real path
  std::string Digest; ///< of the bytes that the compiler read
  uint32_t Size = 0;
  bool Ours = false; ///< under the root, not a system header, not generated
  auto operator<=>(const FileFact &) const = default;
};

} // namespace unsingleton

#endif
