//===- PlanTest.cpp - Threading and refusals -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "fixits/Plan.h"
#include "checks/rules/Rules.h"
#include "test/unit/FactsFixture.h"
#include "gtest/gtest.h"

using namespace unsingleton;

namespace {
struct Planned {
  std::unique_ptr<Program> P;
  std::vector<Finding> Findings;
  Plan Result;

  std::string codes() const {
    std::string Text;
    for (const Migration &M : Result.Migrations)
      for (const Refusal &R : M.Refusals)
        Text += codeOf(R).str() + " ";
    return Text;
  }
  /// The literal text inserted or written at an offset of the first file.
  std::string at(uint32_t Offset) const {
    std::string Text;
    for (const Edit &E : Result.Edits)
      if (E.Target.Offset == Offset)
        for (const Piece &Part : E.With)
          Text += Part.Text;
    return Text;
  }
};

Planned planned(UnitUnderTest &U, const Policy &How = {}) {
  Planned Out;
  Out.P = std::make_unique<Program>(linked(U));
  Out.Findings = decide(*Out.P, {}, [](llvm::StringRef) { return true; });
  Out.Result = plan(*Out.P, Out.Findings, How);
  return Out;
}

/// get_x of a mutable X, and a caller.
struct Fixture : ::testing::Test {
  UnitUnderTest U{"a.cpp"};
  SymbolIndex Get = U.meyers("get_x", "X", 100);
  Fixture() { U.record("X", U.function("X::set", 500)); }
};

TEST_F(Fixture, ACallerWithoutContextGetsAParameter) {
  SymbolIndex Caller = U.function("caller", 300);
  U.call(Caller, Get, 320);
  Planned Out = planned(U);
  EXPECT_EQ(Out.codes(), "");
  EXPECT_EQ(Out.at(320), "create_x");
  EXPECT_EQ(Out.at(329), "user_context");
  EXPECT_EQ(Out.at(307), "const isolation::UserExecutionContext& user_context");
}

TEST_F(Fixture, AContextInScopeIsUsed) {
  SymbolIndex Caller = U.function("caller", 300);
  U.call(Caller, Get, 320);
  ContextSourceFact Source;
  Source.Function = Caller;
  Source.Variable = "request";
  Source.Expression = "request.user_context()";
  Source.Visible = U.span(305, 80);
  U.Builder.add(Source);
  Planned Out = planned(U);
  EXPECT_EQ(Out.at(329), "request.user_context()");
  EXPECT_TRUE(Out.Result.Migrations[0].Threaded.empty());
}

TEST_F(Fixture, TwoContextsInScopeAreAmbiguous) {
  SymbolIndex Caller = U.function("caller", 300);
  U.call(Caller, Get, 320);
  for (const char *Name : {"a", "b"}) {
    ContextSourceFact Source;
    Source.Function = Caller;
    Source.Variable = Source.Expression = Name;
    Source.Direct = true;
    Source.Visible = U.span(305, 80);
    U.Builder.add(Source);
  }
  EXPECT_EQ(planned(U).codes(), "ambiguous-context ");
}

TEST_F(Fixture, AnEscapingLambdaCapturesByValue) {
  SymbolIndex Caller = U.function("caller", 300);
  U.call(Caller, Get, 340);
  LambdaFact L;
  L.Function = Caller;
  L.Introducer = U.span(330, 2);
  L.Whole = U.span(330, 40);
  U.Builder.add(L);
  EXPECT_EQ(planned(U).at(331), "user_context");
}

TEST_F(Fixture, FrontiersAreNamed) {
  struct Case {
    FunctionKind Kind;
    const char *Code;
  };
  for (Case C : {Case{FunctionKind::Main, "frontier-main "},
                 Case{FunctionKind::Destructor, "frontier-destructor "},
                 Case{FunctionKind::Operator, "frontier-operator "},
                 Case{FunctionKind::Conversion, "frontier-operator "}}) {
    UnitUnderTest V("a.cpp");
    SymbolIndex G = V.meyers("get_x", "X", 100);
    V.record("X", V.function("X::set", 500));
    V.call(V.function("caller", 300, C.Kind), G, 320);
    EXPECT_EQ(planned(V).codes(), C.Code);
  }
}

TEST_F(Fixture, AnAddressTakenIsAFrontier) {
  U.call(U.function("caller", 300), Get, 320, CallKind::Mention);
  EXPECT_EQ(planned(U).codes(), "frontier-address-taken ");
}

TEST_F(Fixture, NothingIsEditedForARefusedSingleton) {
  U.call(U.function("main", 300, FunctionKind::Main), Get, 320);
  Planned Out = planned(U);
  EXPECT_TRUE(Out.Result.Edits.empty());
  EXPECT_TRUE(Out.Result.Includes.empty());
}

TEST_F(Fixture, ASecondSingletonSharesTheParameter) {
  SymbolIndex Other = U.meyers("get_y", "X", 700);
  SymbolIndex Caller = U.function("caller", 300);
  U.call(Caller, Get, 320);
  U.call(Caller, Other, 340);
  Planned Out = planned(U);
  EXPECT_EQ(Out.codes(), "");
  EXPECT_EQ(Out.at(307), "const isolation::UserExecutionContext& user_context");
  for (const Edit &E : Out.Result.Edits)
    if (E.Target.Offset == 307)
      EXPECT_EQ(E.Groups.size(), 2u);
}

TEST_F(Fixture, AStorageThatStaysSharedMustNotKeepAContext) {
  // get_y makes its object with get_x, and get_y itself is refused.
  SymbolIndex Other = U.meyers("get_y", "X", 700);
  U.call(Other, Get, 730);
  U.call(U.function("main", 300, FunctionKind::Main), Other, 320);
  EXPECT_EQ(planned(U).codes(), "before-any-request frontier-main ");
}

TEST_F(Fixture, OnlySelectsByNameWildcardOrFingerprint) {
  U.meyers("get_y", "X", 700);
  for (std::string Only : {"get_x", "get_x*", "*_x", "X", ""}) {
    UnitUnderTest V("a.cpp");
    V.meyers("get_x", "X", 100);
    V.meyers("get_y", "Y", 700);
    V.record("X", V.function("X::set", 500));
    V.record("Y", V.function("Y::set", 600));
    Policy How;
    if (!Only.empty())
      How.Only = {Only};
    EXPECT_EQ(planned(V, How).Result.Migrations.size(), Only.empty() ? 2u : 1u)
        << Only;
  }
}
} // namespace
