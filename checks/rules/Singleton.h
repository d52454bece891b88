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
#include "checks/rules/RuleOptions.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace unsingleton {

/// A storage or member that keeps what an accessor returned.
struct Alias {
  const AliasFact *Fact = nullptr;
  const StorageFact *Storage = nullptr; ///< null: a member
  SymbolIndex Of = NoSymbol;            ///< the storage behind the accessor
};

/// A storage and the functions that give access to it, if there are any.
struct Singleton {
  const StorageFact *Storage = nullptr; ///< points into the Program
  Span Place;                           ///< of the storage's definition
  /// The variable that stands for it in the source, if not Storage.
  const StorageFact *Shown = nullptr;
  /// The template's member that Storage specialises: what the template's own
  /// functions do, they do to that.
  const StorageFact *General = nullptr;
  std::vector<SymbolIndex> Accessors; ///< sorted
  /// Functions that hand out parts of it, where Accessors hand out the whole.
  std::vector<SymbolIndex> PartAccessors;
  std::string Idiom;
  std::string Type;
  /// Those of the storage's objects that it is about: one a type.
  std::vector<const StorageObjectFact *> Objects;
  bool Plain = false; ///< no singleton: state that is reached by its name only
};

/// The variable that \p S is shown as.
inline const StorageFact &shown(const Singleton &S) {
  return S.Shown ? *S.Shown : *S.Storage;
}

class Changes;

/// What every rule is given. All of it outlives the rule.
struct RuleInput {
  const Program &Linked;
  const Changes &Known;
  const RuleOptions &Options;
  /// Which rules run: a rule's name.
  llvm::function_ref<bool(llvm::StringRef)> Enabled;
  std::vector<Singleton> Singletons; ///< with accessors
  std::vector<Singleton> States;     ///< without
  std::vector<Alias> Aliases;
};

/// Sorts the program's storages into singletons, plain state and aliases, each
/// in the order of storage symbols.
void findStorages(RuleInput &Input);

/// Of the library's macro that declares \p Storage, if one does.
Span expansionOf(const Program &P, const StorageFact &Storage);
/// Whether \p Function is part of what the macro at \p Expansion declares.
bool isMadeBy(const Program &P, const Span &Expansion, SymbolIndex Function);

struct Judgement {
  Verdict What = Verdict::SharedMutable;
  std::vector<Evidence> Reasons;
  SymbolIndex Writer = NoSymbol;
  Span Write;
  std::vector<SymbolIndex> Classes; ///< of the object and what it owns
  std::vector<StateWrite> Writes;   ///< every change, sorted
};

Judgement judge(const RuleInput &Input, const Singleton &S);

/// The finding about \p S under \p Rule.
Finding describe(const RuleInput &Input, const Singleton &S,
                 llvm::StringRef Rule);

/// The finding about plain state, worded by \p Idiom: "global",
/// "static-member", "monostate" or "local-state".
Finding describeState(const RuleInput &Input, const Singleton &S,
                      llvm::StringRef Rule, llvm::StringRef Idiom);

/// Whether all state of \p Record, if it is a class, is static.
bool isMonostate(const RuleInput &Input, SymbolIndex Record);

/// Made of names only, so that moving code keeps it.
std::string fingerprintOf(llvm::StringRef Rule, llvm::StringRef Storage,
                          llvm::StringRef Accessor);

/// Where \p Storage is defined, else where it is declared first.
Span definitionOf(const Program &P, const StorageFact &Storage);

} // namespace unsingleton

#endif
