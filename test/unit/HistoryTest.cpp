//===- HistoryTest.cpp - Counts of earlier runs -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "tool/html/History.h"
#include "tool/html/Page.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"
#include "gtest/gtest.h"

using namespace llvm;
using namespace unsingleton;

namespace {
constexpr StringLiteral Good =
    R"({"version":1,"date":"2026-01-02T03:04:05Z","findings":6,)"
    R"("severity":{"high":1,"medium":2,"low":3},"later":[1,{"x":null}]})";

/// The error of reading \p Text, or how many runs it holds.
std::string said(StringRef Text) {
  Expected<std::vector<HistoryEntry>> Runs = parseHistory("h", Text);
  return Runs ? std::to_string(Runs->size()) : toString(Runs.takeError());
}

std::string replaced(StringRef From, StringRef To) {
  std::string Text = Good.str();
  size_t At = Text.find(From.str());
  return Text.replace(At, From.size(), To.str()) + "\n";
}

TEST(History, ReadsWhatItKnowsAndIgnoresTheRest) {
  auto Runs = parseHistory("h", (Good + "\r\n\n" + Good).str());
  ASSERT_TRUE(static_cast<bool>(Runs));
  ASSERT_EQ(Runs->size(), 2u);
  const HistoryEntry &Run = Runs->back();
  EXPECT_EQ(Run.Date, "2026-01-02T03:04:05Z");
  EXPECT_EQ(Run.Findings, 6u);
  EXPECT_EQ(Run.High, 1u);
  EXPECT_EQ(Run.Low, 3u);
  EXPECT_EQ(Run.Units, 0u);
}

TEST(History, WhatIsWrittenIsRead) {
  HistoryEntry Run;
  Run.Date = dateText(0);
  Run.Revision = "abc";
  Run.Dirty = true;
  Run.Findings = Run.Medium = 1ull << 53;
  Run.Safe = 4;
  Run.Unsafe = 5;
  Run.Manual = 6;
  Run.Units = 7;
  Run.FailedUnits = 8;
  std::string Text;
  raw_string_ostream(Text) << json::Value(toJson(Run));
  EXPECT_EQ(StringRef(Text).count('\n'), 0u);
  auto Runs = parseHistory("h", Text);
  ASSERT_TRUE(static_cast<bool>(Runs));
  EXPECT_EQ(json::Value(toJson(Runs->front())), json::Value(toJson(Run)));
}

TEST(History, AnErrorNamesTheLineAndWhatToDo) {
  EXPECT_EQ(said(""), "0");
  EXPECT_EQ(
      said((Good + "\n[]\n").str()),
      "while reading 'h', line 2: it is no JSON object; correct or remove "
      "that line; the file was left as it is");
  EXPECT_EQ(said(Good.drop_back(4)),
            "while reading 'h', line 1: it is no JSON and is cut off; complete "
            "or remove that line; the file was left as it is");
  for (auto [From, To, Problem] :
       std::initializer_list<std::tuple<StringRef, StringRef, StringRef>>{
           {R"("version":1,)", "", "it lacks 'version'"},
           {R"("version":1)", R"("version":9)", "it has 'version' 9"},
           {"2026-01-02T03", "2026-01-02 03", "it lacks a 'date'"},
           {R"("findings":6)", R"("findings":"6")", "lacks the count 'finding"},
           {R"("findings":6)", R"("findings":-6)", "lacks the count 'finding"},
           {R"("findings":6)", R"("findings":1e300)", "lacks the count 'find"},
           {R"("medium":2,)", "", "it lacks the count 'medium'"},
           {R"("later":[1,{"x":null}])", R"("units":7)",
            "it lacks the object 'units'"},
           {R"("later":[1,{"x":null}])", R"("fix":{"safe":null})",
            "it lacks the count 'safe'"}})
    EXPECT_NE(said(replaced(From, To)).find(Problem.str()), std::string::npos)
        << said(replaced(From, To));
}

TEST(History, AppendingKeepsWhatIsThere) {
  SmallString<128> Path;
  ASSERT_FALSE(sys::fs::createTemporaryFile("history", "jsonl", Path));
  HistoryEntry Run;
  Run.Date = dateText(1);
  { // Without its line end, which a hand may have taken away.
    std::error_code EC;
    raw_fd_ostream(Path, EC) << Good;
  }
  ASSERT_FALSE(static_cast<bool>(appendHistory(std::string(Path), Run)));
  ASSERT_FALSE(static_cast<bool>(appendHistory(std::string(Path), Run)));
  auto Text = MemoryBuffer::getFile(Path);
  ASSERT_TRUE(static_cast<bool>(Text));
  EXPECT_TRUE((*Text)->getBuffer().starts_with((Good + "\n{").str()));
  EXPECT_EQ((*Text)->getBuffer().count('\n'), 3u);
  EXPECT_EQ(said((*Text)->getBuffer()), "3");
  { // What another program has broken meanwhile stays for a person to see.
    std::error_code EC;
    raw_fd_ostream(Path, EC) << "{";
  }
  EXPECT_NE(toString(appendHistory(std::string(Path), Run)).find("cut off"),
            std::string::npos);
  Text = MemoryBuffer::getFile(Path);
  EXPECT_EQ((*Text)->getBuffer(), "{");
  sys::fs::remove(Path);
}

TEST(History, DatesAreUtc) {
  EXPECT_EQ(dateText(0), "1970-01-01T00:00:00Z");
  EXPECT_EQ(dateText(1764000000), "2025-11-24T16:00:00Z");
  EXPECT_EQ(dateText(253402300799), "9999-12-31T23:59:59Z");
}

TEST(Page, DataCannotEndItsElement) {
  json::Object O;
  O["</script>"] = "<!-- & \u2028 \u2029 \u20AC \" ]]>";
  std::string Text = scriptJson(json::Value(std::move(O)));
  EXPECT_EQ(Text, R"({"\u003c/script\u003e":)"
                  "\"\\u003c!-- \\u0026 \\u2028 \\u2029 \u20AC \\\" "
                  "]]\\u003e\"}");
  Expected<json::Value> Read = json::parse(Text);
  ASSERT_TRUE(static_cast<bool>(Read));
  EXPECT_EQ(Read->getAsObject()->getString("</script>"),
            "<!-- & \u2028 \u2029 \u20AC \" ]]>");
}

TEST(Page, HoldsItsDataOnce) {
  std::string Page = pageWith("@@UNSINGLETON_DATA@@");
  EXPECT_TRUE(StringRef(Page).starts_with("<!doctype html>"));
  EXPECT_TRUE(StringRef(Page).trim().ends_with("</html>"));
  EXPECT_EQ(StringRef(Page).count("id=\"data\">\"@@UNSINGLETON_DATA@@\"</"),
            1u);
}
} // namespace
