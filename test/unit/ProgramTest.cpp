//===- ProgramTest.cpp - Linking is a set union -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "test/unit/FactsFixture.h"
#include "gtest/gtest.h"

using namespace unsingleton;

namespace {
/// Units that share a header's function and each have one of their own.
UnitFacts unit(const std::string &Name, bool Shared) {
  UnitUnderTest U(Name + ".cpp");
  SymbolIndex Own = U.function(Name, 10);
  if (Shared) {
    FunctionFact F;
    F.Function = U.symbol("shared");
    F.Name = F.QualifiedName = "shared";
    U.Builder.add(F);
    BodyFact Body;
    Body.Function = F.Function;
    Body.Body = U.span(5, 20, "shared.h");
    U.Builder.add(Body);
    U.call(Own, F.Function, 60);
  }
  return U.take();
}

std::string dump(const Program &P) {
  std::string Out;
  for (const FileFact &F : P.files())
    Out += F.Path + "\n";
  for (const FunctionFact &F : P.all<FunctionFact>())
    Out += std::to_string(F.Function) + " " + F.QualifiedName + "\n";
  for (const CallFact &C : P.all<CallFact>())
    Out += P.name(C.Caller) + "->" + P.name(C.Callee) + "@" +
           P.file(C.Name.File).Path + std::to_string(C.Name.Offset) + "\n";
  for (const BodyFact &B : P.all<BodyFact>())
    Out += P.name(B.Function) + P.file(B.Body.File).Path + "\n";
  for (const LinkedUnit &U : P.units())
    Out += U.MainFile + std::to_string(U.Reads.size()) + "\n";
  return Out;
}

TEST(Program, OrderOfUnitsLeavesNoTrace) {
  std::vector<std::string> Names{"a", "b", "c"};
  std::string First;
  do {
    std::vector<UnitFacts> Units;
    for (const std::string &Name : Names)
      Units.push_back(unit(Name, true));
    std::string Text = dump(Program::link(std::move(Units), true));
    if (First.empty())
      First = Text;
    EXPECT_EQ(First, Text);
  } while (std::next_permutation(Names.begin(), Names.end()));
  EXPECT_NE(First.find("a->shared@a.cpp60"), std::string::npos);
}

TEST(Program, SameFactFromTwoUnitsIsOneFact) {
  std::vector<UnitFacts> Units;
  Units.push_back(unit("a", true));
  Units.push_back(unit("b", true));
  Program P = Program::link(std::move(Units), true);
  EXPECT_EQ(P.all<BodyFact>().size(), 1u);
  EXPECT_EQ(P.all<FunctionFact>().size(), 3u);
}

TEST(Program, FlagsOfOneEntityAreMerged) {
  UnitUnderTest A("a.cpp"), B("b.cpp");
  A.function("f", 1);
  FunctionFact F;
  F.Function = B.symbol("f");
  F.Name = F.QualifiedName = "f";
  F.ProcessWide = true;
  B.Builder.add(F);
  SymbolIndex Callee = B.symbol("f");
  B.call(NoSymbol, Callee, 5);
  Program P = linked(A, B);
  ASSERT_EQ(P.all<FunctionFact>().size(), 1u);
  EXPECT_TRUE(P.all<FunctionFact>()[0].ProcessWide);
  EXPECT_EQ(P.callsTo(P.all<FunctionFact>()[0].Function).size(), 1u);
}

TEST(Program, FailedUnitKeepsItsErrors) {
  UnitUnderTest A("a.cpp");
  A.Facts.Errors.push_back({"a.cpp", 3, 1, "expected ';'"});
  Program P = linked(A);
  ASSERT_EQ(P.units().size(), 1u);
  EXPECT_EQ(P.units()[0].Errors[0].Message, "expected ';'");
}
} // namespace
