//===- ContextFlowTest.cpp - Flows joined over calls, from facts -*- C++
//-*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/rules/ContextFlow.h"
#include "checks/rules/ProcessLifetime.h"
#include "test/unit/FactsFixture.h"
#include "gtest/gtest.h"

using namespace unsingleton;

namespace {
class FlowUnit : public UnitUnderTest {
public:
  using UnitUnderTest::UnitUnderTest;

  FlowEnd end(FlowKind Kind, uint32_t Index = 0, llvm::StringRef Symbol = "") {
    FlowEnd End;
    End.Kind = Kind;
    End.Index = Index;
    End.Symbol = symbol(Symbol);
    return End;
  }
  FlowEnd at(FlowKind Kind, uint32_t Offset) {
    FlowEnd End;
    End.Kind = Kind;
    End.Where = span(Offset, 5);
    return End;
  }
  void flow(SymbolIndex Function, const FlowEnd &From, const FlowEnd &To,
            uint32_t Offset, FlowRole Role = FlowRole::Value) {
    FlowFact F;
    F.Function = Function;
    F.From.End = From;
    F.To = To;
    F.Role = Role;
    F.Place = span(Offset, 5);
    Builder.add(F);
  }
  /// \p Caller gives \p From to \p Callee in the call at \p Offset.
  void give(SymbolIndex Caller, SymbolIndex Callee, uint32_t Offset,
            uint32_t Index, const FlowEnd &From) {
    ArgumentFact A;
    A.Function = Caller;
    A.Callee = Callee;
    A.Call = at(FlowKind::Value, Offset);
    A.Index = Index;
    A.From.End = From;
    A.Place = span(Offset + 6, 1);
    Builder.add(A);
  }
  /// A member of \p Whole that is a \p Part.
  void part(const std::string &Whole, const std::string &Part) {
    FieldFact F;
    F.Record = symbol(Whole);
    F.Field = symbol(Whole + "::part");
    F.Owned = symbol(Part);
    Builder.add(F);
  }
};

std::vector<std::string> captured(const Program &P) {
  std::vector<std::string> Result;
  ContextFlow Flow(P);
  for (const Capture &C : Flow.captures())
    Result.push_back(P.name(C.Function) + " into " +
                     (C.Goal.Kind == FlowKind::Storage ? P.name(C.Goal.Symbol)
                      : C.Goal.Kind == FlowKind::This  ? "its object"
                                                       : "a thread") +
                     " by " + P.name(C.keeper()));
  return Result;
}

using Lines = std::vector<std::string>;

TEST(ContextFlow, ACalleeMayKeepItsParameter) {
  FlowUnit A("a.cpp"), B("b.cpp");
  SymbolIndex Handle = A.function("handle", 100);
  A.give(Handle, A.symbol("keep"), 120, 0, A.at(FlowKind::Context, 110));
  SymbolIndex Keep = B.function("keep", 100);
  B.flow(Keep, B.end(FlowKind::Parameter), B.end(FlowKind::Storage, 0, "g"),
         120);
  EXPECT_EQ(captured(linked(A, B)), Lines{"handle into g by keep"});
}

TEST(ContextFlow, WhatAnObjectKeepsIsInWhateverHoldsTheObject) {
  FlowUnit U("a.cpp");
  SymbolIndex Get = U.function("get", 100);
  U.flow(Get, U.end(FlowKind::Storage, 0, "bus"), U.end(FlowKind::Result), 110,
         FlowRole::Target);
  SymbolIndex Add = U.function("Bus::add", 200, FunctionKind::Method);
  U.flow(Add, U.end(FlowKind::Parameter),
         U.end(FlowKind::This, 0, "Bus::callbacks"), 220);
  SymbolIndex Handle = U.function("handle", 300);
  U.give(Handle, Get, 310, ArgumentFact::Nothing, FlowEnd());
  U.give(Handle, Add, 330, ArgumentFact::Object, U.at(FlowKind::Value, 310));
  U.give(Handle, Add, 330, 0, U.at(FlowKind::Context, 305));
  EXPECT_EQ(captured(linked(U)), Lines{"handle into bus by Bus::add"});
}

TEST(ContextFlow, AnotherObjectOfTheClassKeepsNothingForEverybody) {
  FlowUnit U("a.cpp");
  SymbolIndex Add = U.function("Bus::add", 200, FunctionKind::Method);
  U.flow(Add, U.end(FlowKind::Parameter),
         U.end(FlowKind::This, 0, "Bus::callbacks"), 220);
  SymbolIndex Handle = U.function("handle", 300);
  U.give(Handle, Add, 330, ArgumentFact::Object, U.at(FlowKind::Value, 310));
  U.give(Handle, Add, 330, 0, U.at(FlowKind::Context, 305));
  EXPECT_EQ(captured(linked(U)), Lines{});
}

TEST(ContextFlow, AnOverriderMayKeepIt) {
  FlowUnit U("a.cpp");
  SymbolIndex Base = U.function("Sink::put", 100, FunctionKind::Method);
  SymbolIndex Derived = U.function("File::put", 200, FunctionKind::Method);
  U.Builder.add(OverrideFact{Derived, Base});
  U.flow(Derived, U.end(FlowKind::Parameter), U.end(FlowKind::Storage, 0, "g"),
         220);
  SymbolIndex Handle = U.function("handle", 300);
  U.give(Handle, Base, 330, 0, U.at(FlowKind::Context, 305));
  EXPECT_EQ(captured(linked(U)), Lines{"handle into g by File::put"});
}

TEST(ContextFlow, ObjectsOfARequestComeThroughFactories) {
  FlowUnit U("a.cpp");
  SymbolIndex Create = U.function("create", 100);
  U.flow(Create, U.at(FlowKind::PerRequest, 110), U.end(FlowKind::Result), 110,
         FlowRole::Both);
  SymbolIndex Via = U.function("via", 200);
  U.give(Via, Create, 210, ArgumentFact::Nothing, FlowEnd());
  U.flow(Via, U.at(FlowKind::Value, 210), U.end(FlowKind::Result), 210,
         FlowRole::Both);
  SymbolIndex Handle = U.function("handle", 300);
  U.give(Handle, Via, 310, ArgumentFact::Nothing, FlowEnd());
  U.flow(Handle, U.at(FlowKind::Value, 310),
         U.end(FlowKind::Storage, 0, "first"), 320);
  EXPECT_EQ(captured(linked(U)), Lines{"handle into first by handle"});
}

TEST(ContextFlow, RecursionEnds) {
  FlowUnit U("a.cpp");
  SymbolIndex Walk = U.function("walk", 100);
  U.give(Walk, Walk, 120, 0, U.end(FlowKind::Parameter));
  U.give(Walk, Walk, 120, 1, U.at(FlowKind::Value, 120));
  U.flow(Walk, U.end(FlowKind::Parameter, 1), U.end(FlowKind::Result), 140,
         FlowRole::Both);
  U.flow(Walk, U.end(FlowKind::Parameter), U.end(FlowKind::Detached), 150);
  SymbolIndex Handle = U.function("handle", 300);
  U.give(Handle, Walk, 330, 0, U.at(FlowKind::Context, 305));
  EXPECT_EQ(captured(linked(U)), Lines{"handle into a thread by walk"});
}

class ProcessLifetimeTest : public testing::Test {
protected:
  bool ask(bool Whole = true) {
    std::vector<UnitFacts> Units;
    Units.push_back(U.take());
    Program P = Program::link(std::move(Units), Whole);
    for (const RecordFact &R : P.all<RecordFact>())
      if (R.QualifiedName == "X")
        return ProcessLifetime(P, Options).ask(R.Record).Yes;
    return false;
  }

  FlowUnit U{"a.cpp"};
  RuleOptions Options;
};

TEST_F(ProcessLifetimeTest, OnlyInAStaticIsYes) {
  U.meyers("get_x", "X", 100);
  U.record("X");
  EXPECT_TRUE(ask());
}

TEST_F(ProcessLifetimeTest, InNoStaticIsNo) {
  U.record("X");
  EXPECT_FALSE(ask());
}

TEST_F(ProcessLifetimeTest, MadeElsewhereTooIsNo) {
  U.meyers("get_x", "X", 100);
  U.record("X");
  U.Builder.add(LooseInstanceFact{U.symbol("X")});
  EXPECT_FALSE(ask());
}

TEST_F(ProcessLifetimeTest, OneUnitKnowsOnlyWhatNobodyElseCanMake) {
  U.meyers("get_x", "X", 100);
  U.record("X");
  EXPECT_FALSE(ask(/*Whole=*/false));
}

TEST_F(ProcessLifetimeTest, OneUnitKnowsASealedClass) {
  U.meyers("get_x", "X", 100);
  U.record("X");
  U.Builder.add(SealedRecordFact{U.symbol("X")});
  EXPECT_TRUE(ask(/*Whole=*/false));
}

TEST_F(ProcessLifetimeTest, APartOfOneIs) {
  U.meyers("get_y", "Y", 100);
  U.record("Y");
  U.record("X");
  U.part("Y", "X");
  EXPECT_TRUE(ask());
}

TEST_F(ProcessLifetimeTest, APartOfAnythingElseIsNot) {
  U.meyers("get_y", "Y", 100);
  U.record("Y");
  U.record("X");
  U.part("Y", "X");
  U.record("Z");
  U.part("Z", "X");
  EXPECT_FALSE(ask());
}

TEST_F(ProcessLifetimeTest, DeclaredSoIsYes) {
  U.record("X");
  Options.ProcessWide = {"X"};
  EXPECT_TRUE(ask(/*Whole=*/false));
}
} // namespace
