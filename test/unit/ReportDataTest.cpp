//===- ReportDataTest.cpp - What the HTML report shows -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "tool/html/ReportData.h"
#include "FactsFixture.h"
#include "gtest/gtest.h"

using namespace llvm;
using namespace unsingleton;

namespace {
constexpr StringLiteral Source = "one\ntwo\nthree\nfour\n";

/// Two singletons of one file; both want the first line changed, and each one
/// of its own.
class ReportDataTest : public testing::Test {
protected:
  ReportDataTest() : Linked(linkedProgram()) {
    for (StringRef Name : {"a", "b"}) {
      Finding F;
      F.Fingerprint = Name;
      F.Level = Name == "b" ? Severity::High : Severity::Low;
      Findings.push_back(std::move(F));
    }
    for (const Finding &F : Findings) {
      Migration M;
      M.Of = &F;
      M.Scope = "request";
      Fixed.Planned.Migrations.push_back(std::move(M));
      Shown.push_back(&F);
    }
    edit(0, 3, "ONE", {0, 1});
    edit(4, 3, "TWO", {0});
    edit(14, 4, "FOUR", {1});
    ChangedFile File;
    File.Path = "/no/such/root/x.cpp";
    File.Before = Source.str();
    Fixed.Files.push_back(std::move(File));
    Of.Root = "/no/such/root";
    sortForReport(Linked, Shown);
  }

  json::Object data(const ReportLimits &Limits = {}) {
    ReportInput Input{Linked, Of, Shown, &Fixed.Planned};
    return reportData(Input, Fixed, {}, Limits);
  }
  static const json::Object &finding(const json::Object &Data, size_t I) {
    return *(*Data.getArray("findings"))[I].getAsObject();
  }

  std::vector<Finding> Findings;
  Program Linked;
  Project Of;
  FixResult Fixed;
  std::vector<const Finding *> Shown;

private:
  static Program linkedProgram() {
    UnitUnderTest U("/no/such/root/x.cpp");
    return linked(U);
  }
  void edit(uint32_t Offset, uint32_t Length, StringRef Text,
            std::set<unsigned> Groups) {
    Edit E;
    E.Target = {0, Offset, Length, 1, 1};
    E.With = {Piece::text(Text.str())};
    E.Groups = std::move(Groups);
    Fixed.Planned.Edits.push_back(std::move(E));
  }
};

TEST_F(ReportDataTest, TheSeverestIsFirst) {
  json::Object Data = data();
  EXPECT_EQ(finding(Data, 0).getString("fingerprint"), "b");
  EXPECT_EQ(finding(Data, 1).getString("fingerprint"), "a");
}

TEST_F(ReportDataTest, ADiffHasOnlyWhatItsSingletonWants) {
  json::Object Data = data();
  EXPECT_EQ(finding(Data, 1).getString("diff"),
            "--- a/x.cpp\n+++ b/x.cpp\n@@ -1,4 +1,4 @@\n"
            "-one\n-two\n+ONE\n+TWO\n three\n four\n");
  EXPECT_EQ(finding(Data, 0).getString("diff"),
            "--- a/x.cpp\n+++ b/x.cpp\n@@ -1,4 +1,4 @@\n"
            "-one\n+ONE\n two\n three\n-four\n+FOUR\n");
  EXPECT_EQ(json::Value(json::Array(*finding(Data, 0).getArray("shares"))),
            json::Value(json::Array{1}));
  EXPECT_EQ(finding(Data, 0).getString("diff_note"), "");
  EXPECT_TRUE(Data.getArray("notes")->empty());
}

TEST_F(ReportDataTest, WhatIsTooLargeIsSaid) {
  ReportLimits Limits;
  Limits.OneDiff = 20;
  json::Object Data = data(Limits);
  EXPECT_EQ(*finding(Data, 0).get("diff"), json::Value(nullptr));
  EXPECT_EQ(finding(Data, 0).getString("diff_note"),
            "left out for its size (9 lines); see unsingleton fix --dry-run "
            "--only=b");
  EXPECT_EQ((*Data.getArray("notes"))[0],
            json::Value("2 diffs were left out, to keep this file small"));
}

TEST_F(ReportDataTest, RoomForDiffsGoesToTheSeverest) {
  ReportLimits Limits;
  Limits.DiffBytes = 80;
  json::Object Data = data(Limits);
  EXPECT_TRUE(finding(Data, 0).getString("diff").has_value());
  EXPECT_FALSE(finding(Data, 1).getString("diff").has_value());
}
} // namespace
