//===- ReportTest.cpp - What reports are made of ----------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "FactsFixture.h"
#include "tool/report/Formats.h"
#include "tool/report/LineHash.h"
#include "tool/report/Printable.h"
#include "gtest/gtest.h"

using namespace unsingleton;
using Strings = std::vector<std::string>;

namespace {
// The expected values here are GitHub's: those of its upload action's own test.
TEST(LineHash, IsGitHubs) {
  EXPECT_EQ(lineHashes(""), Strings{"c129715d7a2bc9a3:1"});
  EXPECT_EQ(lineHashes(" a\nb\n  \t\tc\n d"),
            (Strings{"271789c17abda88f:1", "54703d4cd895b18:1",
                     "180aee12dab6264:1", "a23a3dc5e078b07b:1"}));
}

TEST(LineHash, TakesAnyEndOfLineForOne) {
  Strings Expected = {"e9496ae3ebfced30:1", "fb7c023a8b9ccb3f:1",
                      "ce8ba1a563dcdaca:1", "e20e36e16fcb0cc8:1",
                      "b3edc88f2938467e:1", "c8e28b0b4002a3a0:1",
                      "c129715d7a2bc9a3:1"};
  EXPECT_EQ(lineHashes(" hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End\n"),
            Expected);
  EXPECT_EQ(lineHashes(" hello; \t\nworld!!!\r\r\r  \t\tGreetings\r End\r"),
            Expected);
  EXPECT_EQ(
      lineHashes(" hello; \t\r\nworld!!!\r\n\r\n\r\n \tGreetings\r\n End\r\n"),
      Expected);
  EXPECT_EQ(lineHashes(" hello; \t\nworld!!!\r\n\n\r \tGreetings\r End\r\n"),
            Expected);
}

TEST(LineHash, CountsLinesOfOneHashAndLeavesTheWindow) {
  std::string Text;
  for (int I = 0; I < 10; ++I)
    Text += "Lorem ipsum dolor sit amet.\n";
  Strings Hashes = lineHashes(Text);
  ASSERT_EQ(Hashes.size(), 11u);
  EXPECT_EQ(Hashes[0], "a7f2ff13bc495cf2:1");
  EXPECT_EQ(Hashes[5], "a7f2ff13bc495cf2:6");
  EXPECT_EQ(Hashes[6], "a7f2ff1481e87703:1");
  EXPECT_EQ(Hashes[7], "a9cf91f7bbf1862b:1");
}

TEST(LineHash, CountsUtf16CodeUnits) {
  // Fifty characters beyond the first plane fill the window of a hundred: what
  // follows them is not seen. Forty-nine leave room for two units.
  auto First = [](size_t Faces, llvm::StringRef Rest) {
    std::string Text;
    for (size_t I = 0; I < Faces; ++I)
      Text += "\xf0\x9f\x98\x80";
    return lineHashes(Text + Rest.str())[0];
  };
  EXPECT_EQ(First(50, "a"), First(50, "b"));
  EXPECT_NE(First(49, "a"), First(49, "b"));
  EXPECT_EQ(First(49, "xya"), First(49, "xyb"));
  // No UTF-8: U+FFFD, as JavaScript reads it.
  EXPECT_EQ(lineHashes("caf\xe9;"), lineHashes("caf\xef\xbf\xbd;"));
}

TEST(Printable, ShowsWhatATerminalWouldObey) {
  EXPECT_EQ(printable("a \xc3\xa9 \xe6\x97\xa5"), "a \xc3\xa9 \xe6\x97\xa5");
  EXPECT_EQ(printable("\x1b[31m\n\t\x7f"),
            "<U+001B>[31m<U+000A><U+0009><U+007F>");
  EXPECT_EQ(printable("\xe2\x80\xae \xe9!"), "<U+202E> <E9>!");
  EXPECT_EQ(printable(llvm::StringRef("\0", 1)), "<U+0000>");
}

TEST(Printable, Xml) {
  EXPECT_EQ(xml("<a href=\"x\">&'"), "&lt;a href=&quot;x&quot;&gt;&amp;'");
  EXPECT_EQ(xml("]]>\n\t\r\x01\xff"),
            "]]&gt;&#10;&#9;&#13;&lt;U+0001&gt;&lt;FF&gt;");
}

TEST(Printable, Uri) {
  EXPECT_EQ(uri("src/a b%#?:\xc3\xa9.cpp"), "src/a%20b%25%23%3F%3A%C3%A9.cpp");
}

/// \p Levels findings, each about a singleton of its own.
struct Findings {
  explicit Findings(const std::vector<Severity> &Levels)
      : Unit("/repo/a.cpp"), Linked(make(Levels.size())) {
    Of.Root = "/repo";
    for (size_t I = 0; I < Levels.size(); ++I) {
      Finding F;
      F.Rule = "isolation-mutable-global";
      F.Fingerprint = std::to_string(I);
      F.Message = "finding " + std::to_string(I);
      F.Level = Levels[I];
      F.StoragePlace = {0, static_cast<uint32_t>(I), 1,
                        static_cast<uint32_t>(I + 1), 1};
      All.push_back(F);
    }
    for (const Finding &F : All)
      Shown.push_back(&F);
  }

  /// What the log says, parsed.
  llvm::json::Object sarif(const SarifLimits &Limits,
                           llvm::StringRef Homepage = "") {
    std::string Text;
    llvm::raw_string_ostream OS(Text);
    reportSarif({Linked, Of, Shown}, Limits, Homepage, OS);
    Size = Text.size();
    llvm::Expected<llvm::json::Value> Log = llvm::json::parse(Text);
    if (!Log) {
      ADD_FAILURE() << llvm::toString(Log.takeError());
      return {};
    }
    return *Log->getAsObject()->getArray("runs")->front().getAsObject();
  }

  static Program make(size_t) {
    UnitUnderTest U("/repo/a.cpp");
    return linked(U);
  }

  UnitUnderTest Unit;
  Program Linked;
  Project Of;
  std::vector<Finding> All;
  std::vector<const Finding *> Shown;
  size_t Size = 0;
};

Strings messages(const llvm::json::Object &Run) {
  Strings Result;
  for (const llvm::json::Value &R : *Run.getArray("results"))
    Result.push_back(
        R.getAsObject()->getObject("message")->getString("text")->str());
  return Result;
}

std::string notification(const llvm::json::Object &Run) {
  const auto *Invocation = Run.getArray("invocations")->front().getAsObject();
  const auto *All = Invocation->getArray("toolExecutionNotifications");
  return All->empty() ? ""
                      : All->front()
                            .getAsObject()
                            ->getObject("message")
                            ->getString("text")
                            ->str();
}

TEST(Sarif, KeepsTheNumberOfResultsBySeverity) {
  Findings F({Severity::Low, Severity::High, Severity::Medium, Severity::High});
  SarifLimits Three;
  Three.Results = 3;
  llvm::json::Object Run = F.sarif(Three);
  EXPECT_EQ(messages(Run), (Strings{"finding 1", "finding 3", "finding 2"}));
  EXPECT_EQ(notification(Run),
            "1 finding of 4 left out, those of the lowest severity: readers of "
            "SARIF take no more");
  Run = F.sarif(SarifLimits());
  EXPECT_EQ(messages(Run).size(), 4u);
  EXPECT_EQ(notification(Run), "");
}

TEST(Sarif, KeepsTheSizeBySeverity) {
  std::vector<Severity> Levels(400, Severity::Low);
  Levels[399] = Severity::High;
  Findings F(Levels);
  F.sarif(SarifLimits());
  size_t Whole = F.Size;
  SarifLimits Small;
  Small.Bytes = 9000; // compressed, the rules alone take most of it
  llvm::json::Object Run = F.sarif(Small);
  EXPECT_LT(F.Size, Whole);
  size_t Kept = messages(Run).size();
  EXPECT_GT(Kept, 1u);
  EXPECT_LT(Kept, 400u);
  EXPECT_EQ(messages(Run)[0], "finding 399");
  EXPECT_NE(notification(Run).find(std::to_string(400 - Kept) + " findings of"),
            std::string::npos);
  // As many as fit: a slightly larger limit takes no fewer.
  Small.Bytes += 500;
  EXPECT_GE(messages(F.sarif(Small)).size(), Kept);
}

TEST(Sarif, LinksToTheProjectWhereItHasAHome) {
  Findings F({Severity::Low});
  auto Driver = [](llvm::json::Object Run) {
    return *Run.getObject("tool")->getObject("driver");
  };
  llvm::json::Object Here =
      Driver(F.sarif(SarifLimits(), "https://example.org/unsingleton"));
  EXPECT_EQ(Here.getString("informationUri"),
            "https://example.org/unsingleton");
  EXPECT_EQ(Here.getArray("rules")->front().getAsObject()->getString("helpUri"),
            "https://example.org/unsingleton/docs/checks/"
            "isolation-function-local-singleton.md");
  EXPECT_FALSE(Driver(F.sarif(SarifLimits())).get("informationUri"));
}
} // namespace
