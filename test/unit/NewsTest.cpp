//===- NewsTest.cpp - What one program says that another does not -*- C++ -*-=//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "tool/since/News.h"
#include "checks/rules/Rules.h"
#include "test/unit/FactsFixture.h"
#include "gtest/gtest.h"

using namespace unsingleton;

namespace {
/// A state of a program, as its news want it.
struct State {
  explicit State(UnitUnderTest &U)
      : P(linked(U)), All(decide(P, {}, [](llvm::StringRef) { return true; })) {
  }
  Program P;
  std::vector<Finding> All;
};

/// `KIND name of what stands there`, for each of the news.
std::vector<std::string>
news(const State &Before, const State &Now,
     const llvm::StringMap<std::string> &RenamedFrom = {}) {
  std::vector<std::string> Result;
  for (const Finding &F :
       newsOf({Before.P, Before.All}, {Now.P, Now.All}, RenamedFrom, "REV"))
    Result.push_back(F.New + " at " + std::to_string(F.place().Offset));
  return Result;
}
using Words = std::vector<std::string>;

/// get_x, which `set` changes, and its users.
UnitUnderTest program(const std::vector<std::string> &Users, uint32_t Shift = 0,
                      const std::string &File = "/a.cpp") {
  UnitUnderTest U(File);
  SymbolIndex Get = U.meyers("get_x", "X", 100 + Shift);
  U.record("X", U.function("X::set", 500 + Shift));
  uint32_t Offset = 1000 + Shift;
  for (const std::string &User : Users) {
    U.call(U.function(User, Offset), Get, Offset + 50);
    Offset += 100;
  }
  return U;
}

TEST(News, NothingOfWhatIsTheSameOrHasMoved) {
  UnitUnderTest Old = program({"f", "g"}), Same = program({"f", "g"}),
                Moved = program({"g", "f"}, 3000),
                Elsewhere = program({"f", "g"}, 0, "/b.cpp"),
                Less = program({"f"});
  State Before(Old);
  EXPECT_EQ(news(Before, State(Same)), Words());
  EXPECT_EQ(news(Before, State(Moved)), Words());
  EXPECT_EQ(news(Before, State(Elsewhere)), Words());
  EXPECT_EQ(news(Before, State(Less)), Words());
}

TEST(News, AConsumerIsToldWhereItCalls) {
  UnitUnderTest Old = program({"f"}), New = program({"f", "g", "h"});
  EXPECT_EQ(news(State(Old), State(New)),
            (Words{"consumer at 1150", "consumer at 1250"}));
}

TEST(News, ASingletonIsToldWithoutItsConsumers) {
  UnitUnderTest Old("/a.cpp"), New = program({"f"});
  EXPECT_EQ(news(State(Old), State(New)), Words{"singleton at 100"});
}

TEST(News, AVerdictThatGotWorse) {
  UnitUnderTest Old("/a.cpp"), New = program({"f"});
  Old.meyers("get_x", "X", 100);
  Old.record("X");
  EXPECT_EQ(news(State(Old), State(New)), Words{"verdict at 100"});
  UnitUnderTest Worse = program({"f"}), Better("/a.cpp");
  Better.meyers("get_x", "X", 100);
  Better.record("X");
  EXPECT_EQ(news(State(Worse), State(Better)), Words());
}

TEST(News, OfTwoAlikeOneIsNew) {
  UnitUnderTest Old = program({"f"}), New = program({"f"}), Other("/other.cpp");
  Other.meyers("get_x", "X", 100);
  // Another storage and accessor of the same names, in another file.
  for (std::string &Symbol : Other.Facts.Symbols)
    if (Symbol != "X")
      Symbol += "@/other.cpp";
  State Before(Old);
  Program P = linked(New, Other);
  std::vector<Finding> All =
      decide(P, {}, [](llvm::StringRef) { return true; });
  ASSERT_EQ(All.size(), 2u);
  std::vector<Finding> News =
      newsOf({Before.P, Before.All}, {P, All}, {}, "REV");
  ASSERT_EQ(News.size(), 1u);
  EXPECT_EQ(News[0].New, "singleton");
  EXPECT_EQ(P.file(News[0].place().File).Path, "/other.cpp");
  // Unless the other file is what the first one is called now.
  llvm::StringMap<std::string> Renamed;
  Renamed["/other.cpp"] = "/a.cpp";
  News = newsOf({Before.P, Before.All}, {P, All}, Renamed, "REV");
  ASSERT_EQ(News.size(), 1u);
  EXPECT_EQ(News[0].New, "singleton");
}

TEST(News, LastingNamesForgetFilesAndOffsets) {
  EXPECT_EQ(lastingName("c:@F@f#I#"), "c:@F@f#I#");
  EXPECT_NE(lastingName("c:@F@f#I#"), lastingName("c:@F@f#d#"));
  EXPECT_EQ(lastingName("c:a.cpp@F@f#@/src/a.cpp"),
            lastingName("c:b.cpp@F@f#@/src/b.cpp"));
  EXPECT_EQ(lastingName("c:a.cpp@120@F@f#@S@T"),
            lastingName("c:a.cpp@99@F@f#@S@T"));
  EXPECT_EQ(lastingName("c:@aN@F@g#@/a.cpp"), "c:@aN@F@g#");
  EXPECT_EQ(lastingName(""), "c:");
}
} // namespace
