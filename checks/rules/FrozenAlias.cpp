//===- FrozenAlias.cpp - isolation-frozen-alias -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Flags a variable of static duration, or a member of an object that lives as
// long, that is initialised with what an accessor returned:
//
//     void handle() {
//       static auto &log = Log::instance();
//       log.add("handled");
//     }
//
// It keeps the first caller's object: today across a reset or a new
// configuration, after migration across users. `static` has to go: the accessor
// is called where its object is used.
//
// Does not flag: local references and pointers, members of objects that are
// made for each request, numbers and enumerators that were read from the object
// once, aliases of objects that nothing changes (with --all only), and
// variables initialised by a function that makes a new object each time.
//
//===----------------------------------------------------------------------===//
#include "checks/rules/Rules.h"
#include <set>

using namespace unsingleton;

/// The classes whose objects live as long as the process.
static std::set<SymbolIndex> processWideClasses(const Program &P) {
  std::set<SymbolIndex> Result;
  std::vector<SymbolIndex> Work;
  for (const StorageObjectFact &Object : P.all<StorageObjectFact>())
    if (Object.Record != NoSymbol && Result.insert(Object.Record).second)
      Work.push_back(Object.Record);
  while (!Work.empty()) {
    SymbolIndex Class = Work.back();
    Work.pop_back();
    for (const FieldFact &Field : P.of<FieldFact>(Class))
      if (Field.Owned != NoSymbol && Result.insert(Field.Owned).second)
        Work.push_back(Field.Owned);
  }
  return Result;
}

static const Singleton *behind(const RuleInput &Input, SymbolIndex Storage) {
  for (const Singleton &S : Input.Singletons)
    if (S.Storage->Storage == Storage)
      return &S;
  return nullptr;
}

static std::string nameOf(const Program &P, const Alias &A) {
  if (A.Storage)
    return A.Storage->QualifiedName;
  for (const FieldFact &Field : P.of<FieldFact>(A.Fact->Record))
    if (Field.Field == A.Fact->Alias)
      return P.name(A.Fact->Record) + "::" + Field.Name;
  return P.name(A.Fact->Alias);
}

static Finding aliasFinding(const RuleInput &Input, llvm::StringRef Rule,
                            const Alias &A, const Singleton &Of) {
  const Program &P = Input.Linked;
  Finding F = describe(Input, Of, Rule);
  std::string Name = nameOf(P, A);
  std::string Accessor = P.name(A.Fact->Accessor);
  F.Idiom = A.Fact->Copy ? "frozen-copy" : "frozen-alias";
  F.Migrates = false; // its singleton's migration says what becomes of it
  F.Writes.clear();   // they are the singleton's, and so is the path to them
  F.AccessorPlace = A.Fact->Place;
  F.Accessor = A.Fact->Accessor;
  F.Accessors = {A.Fact->Accessor};
  F.Storage = A.Fact->Alias;
  F.StoragePlace = A.Fact->Place;
  if (A.Storage)
    F.StoragePlace = definitionOf(P, *A.Storage);
  F.AccessorPlace = F.StoragePlace;
  F.Fingerprint = fingerprintOf(Rule, Name, Accessor);
  F.Consumers.clear();
  F.Notes = {{A.Fact->Place, "initialised by '" + Accessor + "' here"}};
  if (Of.Place.valid())
    F.Notes.push_back({Of.Place, "the object is stored in '" +
                                     Of.Storage->QualifiedName + "'"});
  F.Message = "'" + Name + "' keeps " +
              (A.Fact->Copy ? "a copy of what '" : "what '") + Accessor +
              "' returned to its first caller; call '" + Accessor +
              "' where the object is used";
  return F;
}

void unsingleton::runFrozenAlias(const RuleInput &Input, llvm::StringRef Name,
                                 std::vector<Finding> &Out) {
  std::set<SymbolIndex> Lasting = processWideClasses(Input.Linked);
  std::set<SymbolIndex> Said;
  for (const Alias &A : Input.Aliases) {
    if (!A.Storage && !Lasting.count(A.Fact->Record))
      continue;
    // Of several accessors in one initialiser the nearest singleton counts.
    const Singleton *Of = behind(Input, A.Of);
    if (Of && Said.insert(A.Fact->Alias).second)
      Out.push_back(aliasFinding(Input, Name, A, *Of));
  }
}
