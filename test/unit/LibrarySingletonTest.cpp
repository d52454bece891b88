//===- LibrarySingletonTest.cpp - What libraries keep, from facts -*- C++
//-*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/facts/HolderNotes.h"
#include "checks/rules/Rules.h"
#include "test/unit/FactsFixture.h"
#include "gtest/gtest.h"

using namespace unsingleton;

namespace {
std::vector<Finding> findings(const Program &P) {
  return decide(P, {}, [](llvm::StringRef) { return true; });
}

/// An object of class X that `lib::Holder<X>` owns.
SymbolIndex owned(UnitUnderTest &U) {
  StorageFact V;
  V.Storage = U.symbol("library@X");
  V.Name = V.QualifiedName = "lib::Holder<X>";
  V.Library = "lib::Holder";
  V.Kind = StorageKind::Library;
  V.How = Holder::Library;
  U.Builder.add(V);
  StorageObjectFact Object;
  Object.Storage = V.Storage;
  Object.Record = U.symbol("X");
  Object.Type = "X";
  U.Builder.add(Object);
  return V.Storage;
}

void mention(UnitUnderTest &U, SymbolIndex Storage, LibraryMention What,
             uint32_t Offset, SymbolIndex By = NoSymbol) {
  U.Builder.add(LibraryMentionFact{Storage, What, U.span(Offset, 1), By});
}

/// A namespace-scope variable that a library has to do with.
SymbolIndex variable(UnitUnderTest &U, llvm::StringRef Name, uint32_t Offset,
                     Holder How) {
  StorageFact V;
  V.Storage = U.symbol(Name);
  V.Name = V.QualifiedName = Name.str();
  V.Library = "lib";
  V.How = How;
  U.Builder.add(V);
  StorageSiteFact Site;
  Site.Storage = V.Storage;
  Site.Name = U.span(Offset, 1);
  Site.Definition = true;
  U.Builder.add(Site);
  return V.Storage;
}

TEST(LibrarySingleton, IsPlacedWhereAPersonWouldChangeIt) {
  UnitUnderTest A("a.cpp"), B("b.cpp");
  mention(A, owned(A), LibraryMention::Use, 10, A.function("use", 5));
  mention(A, owned(A), LibraryMention::Alias, 700);
  mention(B, owned(B), LibraryMention::Base, 800, B.symbol("X"));
  A.record("X", A.function("X::set", 500));
  std::vector<Finding> F = findings(linked(A, B));
  ASSERT_EQ(F.size(), 1u);
  EXPECT_EQ(F[0].Rule, "isolation-library-singleton");
  EXPECT_EQ(F[0].Idiom, "lib::Holder");
  EXPECT_EQ(F[0].Accessor, NoSymbol);
  EXPECT_EQ(F[0].StoragePlace.Offset, 800u);
  EXPECT_EQ(F[0].Consumers.size(), 1u);
}

TEST(LibrarySingleton, AVariableThatRegistersTheObjectStandsForIt) {
  UnitUnderTest U("a.cpp");
  SymbolIndex Registering = variable(U, "theX", 300, Holder::Library);
  mention(U, owned(U), LibraryMention::Variable, 300, Registering);
  mention(U, owned(U), LibraryMention::Use, 10, U.function("use", 5));
  U.record("X", U.function("X::set", 500));
  Program P = linked(U);
  std::vector<Finding> F = findings(P);
  ASSERT_EQ(F.size(), 1u);
  EXPECT_EQ(P.name(F[0].Storage), "theX");
  EXPECT_EQ(F[0].StoragePlace.Offset, 300u);
}

TEST(LibrarySingleton, OneMacroIsOneFinding) {
  UnitUnderTest U("a.cpp");
  SymbolIndex Guard = variable(U, "guard", 100, Holder::Value);
  SymbolIndex Instance = variable(U, "instance", 100, Holder::RawPointer);
  SymbolIndex Holding = variable(U, "holder", 110, Holder::Library);
  for (SymbolIndex Part : {Guard, Instance, Holding})
    mention(U, Part, LibraryMention::Macro, 100);
  AccessFact Access;
  Access.Function = U.function("inner", 100);
  Access.Storage = Instance;
  U.Builder.add(Access);
  Program P = linked(U);
  std::vector<Finding> F = findings(P);
  ASSERT_EQ(F.size(), 1u);
  EXPECT_EQ(P.name(F[0].Storage), "holder");
}

TEST(LibrarySingleton, WhatALibraryKeepsForItselfIsNotReported) {
  UnitUnderTest U("a.cpp");
  SymbolIndex Inside =
      variable(U, "lib::Holder::instance_", 100, Holder::RawPointer);
  AccessFact Access;
  Access.Function = U.function("lib::Holder::instance", 200);
  Access.Storage = Inside;
  U.Builder.add(Access);
  variable(U, "lib::Holder::destroyed_", 120, Holder::Value);
  EXPECT_TRUE(findings(linked(U)).empty());
}

TEST(HolderEntry, IsAQualifiedNameWithMethods) {
  for (llvm::StringRef Good : {"H", "a::b::H", "H=get", "a::H=get,tryGet_2"})
    EXPECT_TRUE(isHolderEntry(Good)) << Good.str();
  for (llvm::StringRef Bad : {"", "::", "a::", "::H", "2H", "H=", "=get",
                              "H=get,", "H<int>", "a b", "H=get=set"})
    EXPECT_FALSE(isHolderEntry(Bad)) << Bad.str();
}
} // namespace
