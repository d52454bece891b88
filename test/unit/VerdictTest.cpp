//===- VerdictTest.cpp - Verdicts from facts -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/rules/Rules.h"
#include "test/unit/FactsFixture.h"
#include "gtest/gtest.h"

using namespace unsingleton;

namespace {
std::vector<Finding> findings(const Program &P, const RuleOptions &O = {}) {
  return decide(P, O, [](llvm::StringRef) { return true; });
}

TEST(Verdict, WrittenOutsideConstructionIsSharedMutable) {
  UnitUnderTest U("a.cpp");
  U.meyers("get_x", "X", 100);
  U.record("X", U.function("X::set", 500));
  std::vector<Finding> F = findings(linked(U));
  ASSERT_EQ(F.size(), 1u);
  EXPECT_EQ(F[0].What, Verdict::SharedMutable);
  EXPECT_EQ(F[0].Rule, "isolation-function-local-singleton");
  EXPECT_EQ(F[0].Idiom, "meyers");
  EXPECT_EQ(F[0].Level, Severity::Medium);
}

TEST(Verdict, NeverWrittenIsConstAfterInit) {
  UnitUnderTest U("a.cpp");
  U.meyers("get_x", "X", 100);
  U.record("X");
  std::vector<Finding> F = findings(linked(U));
  ASSERT_EQ(F.size(), 1u);
  EXPECT_EQ(F[0].What, Verdict::ConstAfterInit);
  EXPECT_FALSE(isReported(F[0].What));
}

TEST(Verdict, OneUnitCannotSayThatNothingWrites) {
  UnitUnderTest U("a.cpp");
  U.meyers("get_x", "X", 100);
  U.record("X");
  std::vector<UnitFacts> Units;
  Units.push_back(U.take());
  Program P = Program::link(std::move(Units), /*Whole=*/false);
  ASSERT_EQ(findings(P).size(), 1u);
  EXPECT_EQ(findings(P)[0].What, Verdict::SharedMutable);
}

TEST(Verdict, AWriteInAnotherUnitCounts) {
  UnitUnderTest A("a.cpp"), B("b.cpp");
  A.meyers("get_x", "X", 100);
  A.record("X");
  B.record("X", B.function("poke", 40));
  EXPECT_EQ(findings(linked(A, B))[0].What, Verdict::SharedMutable);
}

TEST(Verdict, NoFieldsIsStateless) {
  UnitUnderTest U("a.cpp");
  U.meyers("get_x", "X", 100);
  RecordFact R;
  R.Record = U.symbol("X");
  R.QualifiedName = "X";
  U.Builder.add(R);
  EXPECT_EQ(findings(linked(U))[0].What, Verdict::Stateless);
}

TEST(Verdict, AnUnseenClassIsTakenForMutable) {
  UnitUnderTest U("a.cpp");
  U.meyers("get_x", "X", 100);
  EXPECT_EQ(findings(linked(U))[0].What, Verdict::SharedMutable);
}

TEST(Verdict, DeclaredProcessWideByOption) {
  UnitUnderTest U("a.cpp");
  U.meyers("get_x", "X", 100);
  U.record("X", U.function("X::set", 500));
  Program P = linked(U);
  auto Judged = [&](const char *Name) {
    RuleOptions Options;
    Options.ProcessWide = {Name};
    return findings(P, Options)[0].What;
  };
  EXPECT_EQ(Judged("X"), Verdict::ProcessWide);
  EXPECT_EQ(Judged("get_x"), Verdict::ProcessWide);
  EXPECT_EQ(Judged("Y"), Verdict::SharedMutable);
}

TEST(Verdict, AnOwnedThreadMakesAProcessResource) {
  UnitUnderTest U("a.cpp");
  U.meyers("get_x", "X", 100);
  U.record("X", U.function("X::set", 500));
  FieldFact Pool;
  Pool.Record = U.symbol("X");
  Pool.Field = U.symbol("X::pool");
  Pool.Name = "pool";
  Pool.Resource = "thread";
  U.Builder.add(Pool);
  Finding F = findings(linked(U))[0];
  EXPECT_EQ(F.What, Verdict::ProcessResource);
  EXPECT_EQ(F.Level, Severity::Low);
}

TEST(Verdict, ARequestThatReachesItMakesItHigh) {
  UnitUnderTest U("a.cpp");
  SymbolIndex Get = U.meyers("get_x", "X", 100);
  SymbolIndex Helper = U.function("helper", 300);
  SymbolIndex Handle = U.function("handle", 400);
  U.call(Helper, Get, 320);
  U.call(Handle, Helper, 420);
  ContextSourceFact Source;
  Source.Function = Handle;
  Source.Variable = Source.Expression = "ctx";
  Source.Direct = true;
  Source.Visible = U.span(405, 80);
  U.Builder.add(Source);
  SymbolIndex Set = U.function("X::set", 500);
  U.call(Helper, Set, 330);
  U.record("X", Set);
  Finding F = findings(linked(U))[0];
  EXPECT_EQ(F.Level, Severity::High);
  std::string Path;
  for (const PathStep &Step : F.Path)
    Path += Step.What + " ";
  EXPECT_EQ(Path, "entry call accessor write ");
}

TEST(Fingerprint, HasNeitherLinesNorPaths) {
  UnitUnderTest A("a.cpp"), B("other/b.cpp");
  A.meyers("get_x", "X", 100);
  B.meyers("get_x", "X", 700);
  EXPECT_EQ(findings(linked(A))[0].Fingerprint,
            findings(linked(B))[0].Fingerprint);
}
} // namespace
