//===- BodyLedgerTest.cpp - Claims on function bodies -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/facts/BodyLedger.h"
#include "gtest/gtest.h"

using namespace unsingleton;

namespace {
TEST(BodyLedger, TheFirstUnitReads) {
  BodyLedger L;
  EXPECT_TRUE(L.claim(1, 7));
  EXPECT_FALSE(L.claim(1, 8));
  EXPECT_TRUE(L.claim(1, 7)) << "a body may be met twice in its own unit";
  EXPECT_TRUE(L.claim(2, 8));
}

TEST(BodyLedger, BodiesOfAFailedUnitAreOrphans) {
  BodyLedger L;
  L.claim(1, 0);
  L.claim(1, 2);
  L.claim(1, 1);
  L.claim(2, 3);
  EXPECT_TRUE(L.orphans().empty());
  L.withdraw({0});
  EXPECT_EQ(L.orphans(), (std::vector<UnitNumber>{1}))
      << "one of those that skipped it is enough";
  EXPECT_TRUE(L.claim(1, 1)) << "the body is free again";
  EXPECT_FALSE(L.claim(2, 1)) << "other claims stay";
  EXPECT_TRUE(L.orphans().empty());
}

TEST(BodyLedger, FewUnitsReadAllOrphans) {
  BodyLedger L;
  for (BodyKey Key = 1; Key <= 4; ++Key)
    L.claim(Key, 9);
  for (BodyKey Key : {1, 2})
    L.claim(Key, 0);
  for (BodyKey Key : {2, 3, 4})
    L.claim(Key, 1);
  L.claim(4, 2);
  L.withdraw({9});
  EXPECT_EQ(L.orphans(), (std::vector<UnitNumber>{0, 1}));
}

TEST(BodyLedger, FailedUnitsAreNotReadAgain) {
  BodyLedger L;
  L.claim(1, 0);
  L.claim(1, 1);
  L.withdraw({0, 1});
  EXPECT_EQ(L.orphans(), std::vector<UnitNumber>{});
}

TEST(BodyLedger, ATemplateIsReadAgainByWhoClosedIt) {
  BodyLedger L;
  EXPECT_FALSE(L.isClosed(1, 0));
  L.close(1, 0);
  EXPECT_TRUE(L.isClosed(1, 1));
  EXPECT_FALSE(L.isClosed(1, 0)) << "its facts would be lost";
  L.withdraw({0});
  EXPECT_EQ(L.orphans(), std::vector<UnitNumber>{1});
  EXPECT_FALSE(L.isClosed(1, 1));
}

TEST(BodyLedger, DealingsOutliveTheRun) {
  BodyDealings Reader, Skipper;
  {
    BodyLedger L;
    L.claim(2, 0);
    L.claim(1, 0);
    L.claim(1, 0);
    L.close(3, 0);
    L.claim(1, 1);
    L.isClosed(3, 1);
    Reader = L.dealings(0);
    Skipper = L.dealings(1);
  }
  EXPECT_EQ(Reader.Read, (std::vector<BodyKey>{1, 2}));
  EXPECT_EQ(Reader.Closed, std::vector<BodyKey>{3});
  EXPECT_EQ(Skipper.Skipped, std::vector<BodyKey>{1});
  EXPECT_EQ(Skipper.SkippedClosed, std::vector<BodyKey>{3});
  BodyLedger Both;
  Both.adopt(5, Skipper);
  Both.adopt(6, Reader);
  EXPECT_TRUE(Both.orphans().empty());
  EXPECT_FALSE(Both.claim(1, 7)) << "6 has read it";
  EXPECT_TRUE(Both.isClosed(3, 7));
  BodyLedger Alone; // the reader has left the program
  Alone.adopt(5, Skipper);
  EXPECT_EQ(Alone.orphans(), std::vector<UnitNumber>{5});
  EXPECT_TRUE(Alone.claim(1, 5));
  EXPECT_FALSE(Alone.isClosed(3, 5));
}

TEST(BodyLedger, ListsIdentifiersOnce) {
  BodyLedger L;
  auto Words = L.identifiers("a.h", "int b = a + a; // c\n#define D E\n");
  EXPECT_EQ(*Words,
            (std::vector<std::string>{"D", "E", "a", "b", "define", "int"}));
  EXPECT_EQ(L.identifiers("a.h", "other").get(), Words.get());
}
} // namespace
