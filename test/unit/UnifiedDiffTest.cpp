//===- UnifiedDiffTest.cpp - Diffs that patch takes -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "tool/UnifiedDiff.h"
#include "gtest/gtest.h"

using namespace unsingleton;

namespace {
TEST(UnifiedDiff, EqualTextsHaveNone) {
  EXPECT_EQ(unifiedDiff("a", "x\ny\n", "x\ny\n"), "");
  EXPECT_EQ(unifiedDiff("a", "", ""), "");
}

TEST(UnifiedDiff, AChangedLine) {
  EXPECT_EQ(
      unifiedDiff("a.h", "1\n2\n3\n4\n5\n6\n", "1\n2\n3\nX\n5\n6\n"),
      "--- a/a.h\n+++ b/a.h\n@@ -1,6 +1,6 @@\n 1\n 2\n 3\n-4\n+X\n 5\n 6\n");
}

TEST(UnifiedDiff, NoNewlineAtTheEnd) {
  EXPECT_EQ(unifiedDiff("a", "x", "y\n"),
            "--- a/a\n+++ b/a\n@@ -1 +1 @@\n-x\n\\ No newline at end of "
            "file\n+y\n");
}

TEST(UnifiedDiff, FromAndToNothing) {
  EXPECT_EQ(unifiedDiff("a", "", "x\n"),
            "--- a/a\n+++ b/a\n@@ -0,0 +1 @@\n+x\n");
  EXPECT_EQ(unifiedDiff("a", "x\n", ""),
            "--- a/a\n+++ b/a\n@@ -1 +0,0 @@\n-x\n");
}

TEST(UnifiedDiff, FarChangesAreHunksOfTheirOwn) {
  std::string Before, After;
  for (int I = 0; I < 30; ++I) {
    Before += std::to_string(I) + "\n";
    After += (I == 2 || I == 25 ? "changed" : std::to_string(I)) + "\n";
  }
  std::string Diff = unifiedDiff("a", Before, After);
  EXPECT_NE(Diff.find("@@ -1,6 +1,6 @@"), std::string::npos);
  EXPECT_NE(Diff.find("@@ -23,7 +23,7 @@"), std::string::npos);
}
} // namespace
