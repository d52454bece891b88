//===- ExcerptsTest.cpp - Source lines for a report -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "tool/html/Excerpts.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Support/xxhash.h"
#include "gtest/gtest.h"

using namespace llvm;
using namespace unsingleton;

namespace {
/// A program of one file with \p Text.
class ExcerptsTest : public testing::Test {
protected:
  void write(StringRef Text) {
    ASSERT_FALSE(sys::fs::createTemporaryFile("excerpts", "cpp", Path));
    std::error_code EC;
    raw_fd_ostream(Path, EC) << Text;
    UnitFacts Facts;
    Facts.MainFile = std::string(Path);
    Facts.Files.push_back({std::string(Path),
                           utohexstr(xxh3_64bits(Text), true, 16),
                           static_cast<uint32_t>(Text.size()), true});
    Facts.Reads.push_back(0);
    std::vector<UnitFacts> Units;
    Units.push_back(std::move(Facts));
    Linked = std::make_unique<Program>(Program::link(std::move(Units), true));
    Of.Root = "/no/such/root";
    Input.emplace(ReportInput{*Linked, Of, Shown});
  }
  void TearDown() override { sys::fs::remove(Path); }

  static Span line(uint32_t Line) { return {0, 0, 1, Line, 1}; }
  std::string json(const Excerpts &E) const {
    std::string Text;
    raw_string_ostream(Text) << json::Value(E.json());
    return Text;
  }

  SmallString<128> Path;
  Project Of;
  std::vector<const Finding *> Shown;
  std::unique_ptr<Program> Linked;
  std::optional<ReportInput> Input;
};

std::string numbered(unsigned Count) {
  std::string Text;
  for (unsigned I = 1; I <= Count; ++I)
    Text += "line " + std::to_string(I) + "\r\n";
  return Text;
}

TEST_F(ExcerptsTest, LinesAroundPlacesAreKeptOnce) {
  write(numbered(40));
  Excerpts E(*Input, 10000);
  E.add(line(1));
  E.add(line(4));
  E.add(line(30));
  E.add(line(30));
  E.add(line(400)); // of another text
  E.add(Span());
  std::string Text = json(E);
  EXPECT_NE(Text.find(R"("line":1,"text":["line 1","line 2")"),
            std::string::npos)
      << Text;
  EXPECT_NE(Text.find(R"("line 8"]},{"line":26,"text":["line 26")"),
            std::string::npos)
      << Text;
  EXPECT_NE(Text.find(R"("line 34"]}])"), std::string::npos) << Text;
  EXPECT_EQ(E.leftOut(), 0u);
}

TEST_F(ExcerptsTest, WhatDoesNotFitIsCounted) {
  write(numbered(100));
  Excerpts E(*Input, 100);
  E.add(line(10));
  E.add(line(50));
  E.add(line(10));
  EXPECT_EQ(E.leftOut(), 1u);
  EXPECT_EQ(json(E).find("line 50"), std::string::npos);
  EXPECT_NE(json(E).find("line 10"), std::string::npos);
}

TEST_F(ExcerptsTest, LongLinesAreCutBetweenCharacters) {
  std::string Long = "x";
  for (int I = 0; I < 1000; ++I)
    Long += "\u20AC";
  write(Long);
  Excerpts E(*Input, 10000);
  E.add(line(1));
  std::string Text = json(E);
  EXPECT_LT(Text.size(), 700u);
  EXPECT_NE(Text.find("\u20AC\u2026\"]"), std::string::npos);
  EXPECT_EQ(Text.find("\uFFFD"), std::string::npos);
}

TEST_F(ExcerptsTest, BytesThatAreNoTextAreReplaced) {
  write("int \xE9\xFF;");
  Excerpts E(*Input, 10000);
  E.add(line(1));
  EXPECT_TRUE(json::isUTF8(json(E)));
  EXPECT_NE(json(E).find("int \uFFFD"), std::string::npos);
}

TEST_F(ExcerptsTest, AFileThatHasChangedShowsNothing) {
  write(numbered(5));
  std::error_code EC;
  raw_fd_ostream(Path, EC) << "changed";
  Excerpts E(*Input, 10000);
  E.add(line(1));
  EXPECT_EQ(json(E), "{}");
  EXPECT_EQ(E.changed(), std::set<std::string>{std::string(Path)});
}
} // namespace
