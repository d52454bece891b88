//===- CommandLineTest.cpp - What the user asked for -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "tool/CommandLine.h"
#include "gtest/gtest.h"

using namespace unsingleton;

namespace {
std::string error(std::vector<const char *> Arguments) {
  llvm::Expected<CommandLine> Line = parseCommandLine(Arguments);
  return Line ? "" : llvm::toString(Line.takeError());
}

TEST(CommandLine, Check) {
  llvm::Expected<CommandLine> Line = parseCommandLine(
      {"check", "-p", "build", "-p", "other", "-j2", "--format=json", "src"});
  ASSERT_TRUE(bool(Line));
  EXPECT_EQ(Line->What, Command::Check);
  EXPECT_EQ(Line->Builds, (std::vector<std::string>{"build", "other"}));
  EXPECT_EQ(Line->Paths, std::vector<std::string>{"src"});
  EXPECT_EQ(Line->Jobs, 2u);
  EXPECT_EQ(Line->Output, Format::Json);
}

TEST(CommandLine, WrongUsageSaysWhatToDo) {
  EXPECT_EQ(error({"chek", "-p", "b"}),
            "unknown command 'chek'; did you mean 'check'?");
  EXPECT_EQ(error({"check", "-p", "b", "--formt=json"}),
            "unknown option '--formt=json'; did you mean '--format=json'?");
  EXPECT_NE(error({"check"}).find("no compilation database"),
            std::string::npos);
  EXPECT_NE(error({"check", "-p", "b", "-j", "0"}).find("from 1 to 1024"),
            std::string::npos);
  EXPECT_NE(
      error({"check", "-p", "b", "--format", "xml"}).find("unknown format"),
      std::string::npos);
  EXPECT_EQ(error({"check", "-p", "b", "--dry-run"}),
            "'--dry-run' is for 'fix', not 'check'");
  EXPECT_EQ(error({"check", "-p"}), "'-p' needs a value");
}

TEST(CommandLine, Store) {
  llvm::Expected<CommandLine> Line = parseCommandLine(
      {"extract", "-p", "b", "--shard=2/3", "-o", "d", "--cache-size=5M"});
  ASSERT_TRUE(bool(Line));
  EXPECT_EQ(Line->Shard, 2u);
  EXPECT_EQ(Line->Shards, 3u);
  EXPECT_EQ(Line->CacheSize, 5u << 20);
  for (const char *Size : {"0", "x", "", "-1", "1T", "99999999999G"})
    EXPECT_NE(error({"check", "-p", "b", "--cache-size", Size})
                  .find("'--cache-size' takes a number"),
              std::string::npos)
        << Size;
  for (const char *Shard : {"0/3", "4/3", "1", "1/", "/2", "a/b", "1/2/3"})
    EXPECT_NE(error({"extract", "-p", "b", "-o", "d", "--shard", Shard})
                  .find("'--shard' takes I/N"),
              std::string::npos)
        << Shard;
  EXPECT_EQ(error({"check", "-p", "b", "--shard=1/2"}),
            "'--shard' is for 'extract', not 'check'");
  EXPECT_EQ(error({"fix", "--facts", "d"}),
            "'--facts' is for 'check', 'plan' and 'explain', not 'fix'");
  EXPECT_EQ(error({"check", "-p", "b", "--facts", "d"}),
            "'-p' and '--facts': choose one of them");
  EXPECT_EQ(error({"extract", "-p", "b"}),
            "'extract' takes the folder to write to: -o DIR");
  EXPECT_EQ(error({"cache", "-p", "b"}), "'cache' takes 'stats' or 'clear'");
  EXPECT_EQ(error({"cache", "clear"}),
            "which store? pass -p BUILD or --cache-dir DIR");
}
} // namespace
