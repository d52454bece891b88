//===- SuppressionTest.cpp - NOLINT, from bytes to silence -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "FactsFixture.h"
#include "checks/facts/SuppressionScan.h"
#include "checks/rules/Globs.h"
#include "checks/rules/Rules.h"
#include "checks/rules/SuppressionFilter.h"
#include "gtest/gtest.h"

using namespace unsingleton;

namespace {
std::vector<SuppressionFact> scan(llvm::StringRef Text) {
  std::vector<SuppressionFact> Result;
  scanSuppressions(Text, 0, Result);
  return Result;
}

/// What \p Fact covers of \p Text, or "nowhere".
std::string covered(llvm::StringRef Text, const SuppressionFact &Fact) {
  return Fact.Covers.valid()
             ? Text.substr(Fact.Covers.Offset, Fact.Covers.Length).str()
             : "nowhere";
}

TEST(SuppressionScan, KindsAndWhatTheyCover) {
  llvm::StringRef Text = "a; // NOLINT\n"
                         "b; // NOLINTNEXTLINE( x , y-* )\r\n"
                         "c;\n"
                         "/*NOLINTBEGIN(z)*/ d;\n"
                         "e; /*NOLINTEND( z )*/\n";
  std::vector<SuppressionFact> Facts = scan(Text);
  ASSERT_EQ(Facts.size(), 3u);
  EXPECT_EQ(Facts[0].Kind, SuppressionKind::Line);
  EXPECT_EQ(Facts[0].Where, (Span{0, 6, 6, 1, 7}));
  EXPECT_FALSE(Facts[0].Listed);
  EXPECT_EQ(covered(Text, Facts[0]), "a; // NOLINT");
  EXPECT_EQ(Facts[1].Kind, SuppressionKind::NextLine);
  EXPECT_EQ(Facts[1].Checks, "x,y-*");
  EXPECT_EQ(covered(Text, Facts[1]), "c;");
  EXPECT_EQ(Facts[2].Kind, SuppressionKind::Begin);
  EXPECT_EQ(Facts[2].Where.Line, 4u);
  EXPECT_EQ(Facts[2].Where.Column, 3u);
  EXPECT_EQ(covered(Text, Facts[2]), "OLINTBEGIN(z)*/ d;\ne; /*");
}

TEST(SuppressionScan, BlocksCloseInnermostFirst) {
  std::vector<SuppressionFact> Facts = scan("NOLINTBEGIN(a) NOLINTBEGIN(b)\n"
                                            "NOLINTEND(a) NOLINTEND(b)\n"
                                            "NOLINTEND NOLINTBEGIN(\n");
  ASSERT_EQ(Facts.size(), 5u);
  EXPECT_EQ(Facts[0].Kind, SuppressionKind::End);
  EXPECT_EQ(Facts[0].Checks, "a");
  EXPECT_FALSE(Facts[0].Covers.valid());
  EXPECT_EQ(Facts[1].Checks, "b");
  EXPECT_TRUE(Facts[1].Covers.valid());
  EXPECT_EQ(Facts[2].Kind, SuppressionKind::End);
  EXPECT_EQ(Facts[3].Checks, "a");
  EXPECT_FALSE(Facts[3].Covers.valid());
  EXPECT_FALSE(Facts[4].Listed); // a list must end on its line
  EXPECT_FALSE(Facts[4].Covers.valid());
}

TEST(SuppressionScan, OnlyTheWholeWord) {
  EXPECT_TRUE(scan("NOLINTED nolint NOLIN NOLINTnextline").empty());
  EXPECT_EQ(scan("xNOLINT2").size(), 1u); // as clang-tidy has it
  EXPECT_EQ(scan("NOLINTNEXTLINE").size(), 1u);
  EXPECT_EQ(scan("NOLINT").front().Covers, (Span{0, 0, 6, 1, 1}));
  EXPECT_TRUE(scan("").empty());
}

TEST(SuppressionScan, Reasons) {
  auto Reason = [](llvm::StringRef Text) { return scan(Text).front().Reason; };
  EXPECT_TRUE(Reason("NOLINT(a): why"));
  EXPECT_TRUE(Reason("NOLINT(a) why"));
  EXPECT_TRUE(Reason("NOLINT(a) - 1"));
  EXPECT_TRUE(Reason("NOLINT(a): \u00fcber"));
  EXPECT_FALSE(Reason("NOLINT(a)"));
  EXPECT_FALSE(Reason("NOLINT(a): -- */ int a;"));
  EXPECT_FALSE(Reason("NOLINT(a): NOLINT(b): why"));
  EXPECT_FALSE(Reason("NOLINT(a):\r\nwhy"));
}

TEST(Globs, AsClangTidyReadsThem) {
  EXPECT_TRUE(globMatches("isolation-*", "isolation-"));
  EXPECT_TRUE(globMatches("*", ""));
  EXPECT_TRUE(globMatches("a*b*a", "abba"));
  EXPECT_TRUE(globMatches("*-local-*", "isolation-function-local-singleton"));
  EXPECT_TRUE(globMatches("a*ab", "aab"));
  EXPECT_TRUE(globMatches("a**", "a"));
  EXPECT_FALSE(globMatches("a*ab", "ab"));
  EXPECT_FALSE(globMatches("a?b", "axb"));
  EXPECT_FALSE(globMatches("isolation-*", "Isolation-x"));
  EXPECT_FALSE(globMatches("", "a"));
}

/// One singleton whose accessor is named at offset 100 and variable at 139.
class Suppressed : public testing::Test {
protected:
  Suppressed() {
    U.function("writer", 700);
    U.record("X", U.symbol("writer"));
    U.meyers("get", "X", 100);
  }

  void directive(uint32_t Offset, uint32_t Length, const std::string &Checks,
                 bool Reason = true) {
    SuppressionFact D;
    D.Where = U.span(Offset, 5);
    D.Covers = U.span(Offset, Length);
    D.Listed = true;
    D.Checks = Checks;
    D.Reason = Reason;
    U.Builder.add(D);
  }

  /// Idioms of what is found.
  std::vector<std::string> found(bool Whole = true) {
    RuleOptions Options;
    Options.RequireSuppressionReason = true;
    std::vector<UnitFacts> Units;
    Units.push_back(U.take());
    Program P = Program::link(std::move(Units), Whole);
    std::vector<std::string> Result;
    for (const Finding &F :
         decide(P, Options, [](llvm::StringRef) { return true; }))
      Result.push_back(F.Idiom);
    return Result;
  }

  using Idioms = std::vector<std::string>;
  UnitUnderTest U{"a.cpp"};
};

TEST_F(Suppressed, AtTheAccessor) {
  directive(90, 15, "isolation-*");
  EXPECT_EQ(found(), Idioms());
}

TEST_F(Suppressed, AtTheVariable) {
  directive(130, 15, "isolation-function-local-singleton");
  EXPECT_EQ(found(), Idioms());
}

TEST_F(Suppressed, OneUnitLeavesTheAccessorToClangTidy) {
  directive(90, 15, "isolation-*");
  EXPECT_EQ(found(/*Whole=*/false), Idioms{"meyers"});
}

TEST_F(Suppressed, CoverageEndsBeforeItsEnd) {
  directive(90, 10, "isolation-function-local-singleton");
  EXPECT_EQ(found(), (Idioms{"unused", "meyers"}));
}

TEST_F(Suppressed, NoReasonIsSaidAlthoughTheDirectiveWouldHideIt) {
  directive(90, 15, "isolation-*", /*Reason=*/false);
  EXPECT_EQ(found(), Idioms{"no-reason"});
}

TEST_F(Suppressed, AnotherDirectiveHidesWhatIsSaidAboutOne) {
  directive(90, 15, "isolation-*", /*Reason=*/false);
  directive(80, 15, "isolation-suppression");
  EXPECT_EQ(found(), Idioms());
}

TEST(Rules, SuppressionsAreReviewedLast) {
  EXPECT_EQ(allRules().back().Name, "isolation-suppression");
}
} // namespace
