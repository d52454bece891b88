//===- Monostate.cpp - isolation-monostate -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Flags the static data members of a class that has no other state:
//
//     class Settings {
//     public:
//       static void set_locale(std::string l) { locale_ = std::move(l); }
//       static std::string locale() { return locale_; }
//     private:
//       static std::string locale_;
//     };
//
// Such a class is a singleton without an instance: each object of it, and each
// user's request, sees the same.
//
// Does not flag: classes that also have data members of their own (their static
// ones are isolation-mutable-global), constants and tables that nothing
// changes, mutexes, members that a function hands out
// (isolation-class-static-singleton), and counters of objects.
//
//===----------------------------------------------------------------------===//
#include "checks/rules/Rules.h"

using namespace unsingleton;

/// Whether objects of \p Record have state of their own.
static bool hasOwnState(const Program &P, SymbolIndex Record, unsigned Depth) {
  constexpr unsigned Deepest = 16; // a ring of bases does not compile
  for (const FieldFact &Field : P.of<FieldFact>(Record)) {
    if (Field.Const || Field.Synchronisation)
      continue;
    if (!Field.Base)
      return true;
    if (Field.State || (Field.Owned != NoSymbol && Depth < Deepest &&
                        hasOwnState(P, Field.Owned, Depth + 1)))
      return true;
  }
  return false;
}

bool unsingleton::isMonostate(const RuleInput &Input, SymbolIndex Record) {
  return Record != NoSymbol && Input.Linked.one<RecordFact>(Record) &&
         !hasOwnState(Input.Linked, Record, 0);
}

void unsingleton::runMonostate(const RuleInput &Input, llvm::StringRef Name,
                               std::vector<Finding> &Out) {
  for (const Singleton &S : Input.States)
    if (S.Storage->Kind == StorageKind::ClassStatic &&
        isMonostate(Input, S.Storage->Record))
      Out.push_back(describeState(Input, S, Name, "monostate"));
}
