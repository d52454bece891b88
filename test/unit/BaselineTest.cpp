//===- BaselineTest.cpp - What is accepted, and what is not -----*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "tool/Project.h"
#include "tool/baseline/Compare.h"
#include "gtest/gtest.h"

using namespace unsingleton;
using Entries = std::vector<BaselineEntry>;

namespace {
BaselineEntry entry(const char *Fingerprint, size_t Consumers,
                    Severity Level = Severity::Medium,
                    Verdict What = Verdict::SharedMutable) {
  return {"isolation-x", "get_x", Fingerprint, Consumers, What, Level};
}

/// "-" known, "new", or why it is worse; then what is stale.
std::string told(const Entries &Accepted, const Entries &Now) {
  Comparison C = compare(Accepted, Now);
  std::string Result;
  for (const auto &Reported : C.Reported)
    Result += !Reported                ? "-; "
              : Reported->Text.empty() ? "new; "
                                       : Reported->Text + "; ";
  for (const StaleEntry &E : C.Stale)
    Result += "stale " + E.Of.Fingerprint + ": " + E.Why + "; ";
  // Pruning never adds, never loosens, and leaves nothing stale.
  EXPECT_LE(C.Pruned.size(), Accepted.size());
  Comparison Again = compare(C.Pruned, Now);
  EXPECT_TRUE(Again.Stale.empty());
  EXPECT_EQ(Again.Reported, C.Reported);
  EXPECT_EQ(Again.Pruned, C.Pruned);
  return Result;
}

TEST(Compare, NewAndKnownAndGone) {
  EXPECT_EQ(told({entry("a", 1)}, {entry("a", 1)}), "-; ");
  EXPECT_EQ(told({}, {entry("a", 1)}), "new; ");
  EXPECT_EQ(told({entry("a", 1)}, {}), "stale a: it is gone; ");
  EXPECT_EQ(
      told({entry("a", 1), entry("b", 1)}, {entry("c", 1), entry("b", 1)}),
      "new; -; stale a: it is gone; ");
}

TEST(Compare, CountsMayOnlyFall) {
  EXPECT_EQ(told({entry("a", 1)}, {entry("a", 3)}),
            "used by 3 functions, was 1; ");
  EXPECT_EQ(told({entry("a", 3)}, {entry("a", 1)}),
            "-; stale a: used by 1 function, was 3; ");
}

TEST(Compare, SeverityAndVerdict) {
  EXPECT_EQ(told({entry("a", 1)}, {entry("a", 1, Severity::High)}),
            "severity high, was medium; ");
  EXPECT_EQ(told({entry("a", 1)}, {entry("a", 1, Severity::Low)}),
            "-; stale a: severity low, was medium; ");
  EXPECT_EQ(told({entry("a", 1, Severity::Low, Verdict::ProcessResource)},
                 {entry("a", 1, Severity::Low)}),
            "verdict shared-mutable, was process-resource; ");
  // Better in one and worse in another is worse, and nothing is taken away.
  EXPECT_EQ(told({entry("a", 5)}, {entry("a", 1, Severity::High)}),
            "severity high, was medium; ");
}

TEST(Compare, FindingsOfOneFingerprintAreCounted) {
  Entries Two = {entry("a", 5), entry("a", 3)};
  EXPECT_EQ(told(Two, {entry("a", 3), entry("a", 5)}), "-; -; ");
  EXPECT_EQ(told(Two, {entry("a", 3), entry("a", 4), entry("a", 5)}),
            "-; new; -; ");
  EXPECT_EQ(told(Two, {entry("a", 3)}), "-; stale a: it is gone; ");
  EXPECT_EQ(told(Two, {entry("a", 6), entry("a", 3)}),
            "used by 6 functions, was 5; -; ");
  EXPECT_EQ(told(Two, {entry("a", 1), entry("a", 2)}),
            "-; -; stale a: used by 1 function, was 3; stale a: used by 2 "
            "functions, was 5; ");
}

TEST(Baseline, IsReadAsItWasWritten) {
  Project Of;
  Baseline B;
  B.Tool = "unsingleton 1.2.3";
  B.Of = configurationOf(Of, /*All=*/true);
  B.Of.Options["isolation.ContextName"] = "a \"quoted\" \xc3\xa9\n";
  B.Entries = {entry("a", 0, Severity::Low, Verdict::None),
               entry("a", 7, Severity::High),
               entry("b", 1, Severity::Medium, Verdict::ProcessResource)};
  B.Entries[0].Name = "say \"hi\" \\ \x1b";
  llvm::sort(B.Entries);
  std::string Text = toText(B);
  llvm::Expected<Baseline> Read = parseBaseline(Text);
  ASSERT_TRUE(bool(Read)) << llvm::toString(Read.takeError());
  EXPECT_EQ(toText(*Read), Text);
  EXPECT_EQ(Read->Entries, B.Entries);
  EXPECT_TRUE(differences(Read->Of, B.Of).empty());
}

TEST(Baseline, NoPrefixOfOneIsOne) {
  Project Of;
  Baseline B{"t", configurationOf(Of, false), {entry("a", 1), entry("b", 2)}};
  std::string Text = toText(B);
  for (size_t Size = 0; Size + 2 < Text.size(); ++Size) {
    llvm::Expected<Baseline> Read =
        parseBaseline(llvm::StringRef(Text).take_front(Size));
    EXPECT_FALSE(bool(Read)) << Size;
    llvm::consumeError(Read.takeError());
  }
}

TEST(Configuration, DiffersByRuleAndOption) {
  Project Of;
  Configuration Before = configurationOf(Of, false);
  EXPECT_TRUE(Before.Options.empty());
  Of.Checks = {"isolation-*", "-isolation-monostate"};
  Of.Judging.ProcessWide = {"a", "b"};
  Configuration Now = configurationOf(Of, true);
  EXPECT_EQ(differences(Before, Now),
            (std::vector<std::string>{"rule 'isolation-monostate' is off",
                                      "option 'isolation.ProcessWide' is 'a;b'",
                                      "'--all' is given"}));
  EXPECT_EQ(differences(Now, Before),
            (std::vector<std::string>{
                "rule 'isolation-monostate' is on",
                "option 'isolation.ProcessWide' has its default again",
                "'--all' is not given"}));
}
} // namespace
