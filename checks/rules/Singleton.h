//===- Singleton.h - Storages paired with their accessors -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The part of detection that the singleton rules share: which storage is
// handed out by which functions, in what idiom, and what the program does to
// the object. A pure function of the Program.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_RULES_SINGLETON_H
#define UNSINGLETON_CHECKS_RULES_SINGLETON_H

#include "checks/rules/Finding.h"

namespace unsingleton {

/// What a project says of its code in CheckOptions `isolation.*`.
struct RuleOptions {
  /// Qualified names of types and accessors that belong to the process.
  std::vector<std::string> ProcessWide;
};

struct Singleton {
  const StorageFact *Storage = nullptr; ///< points into the Program
  std::vector<SymbolIndex> Accessors;   ///< sorted
  std::string Idiom;
  std::string Type;
};

/// Every storage with an accessor, in the order of storage symbols.
std::vector<Singleton> findSingletons(const Program &P);

struct Judgement {
  Verdict What = Verdict::SharedMutable;
  std::vector<Evidence> Reasons;
  SymbolIndex Writer = NoSymbol;
  Span Write;
};

Judgement judge(const Program &P, const Singleton &S,
                const RuleOptions &Options);

/// The finding about \p S under \p Rule.
Finding describe(const Program &P, const Singleton &S, llvm::StringRef Rule,
                 const RuleOptions &Options);

} // namespace unsingleton

#endif
