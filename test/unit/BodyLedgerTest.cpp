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

TEST(BodyLedger, AFailedUnitGivesItsClaimsBack) {
  BodyLedger L;
  L.claim(1, 0);
  L.claim(1, 2);
  L.claim(1, 1);
  L.claim(2, 3);
  EXPECT_EQ(L.release({0}), (std::vector<UnitNumber>{1, 2}));
  EXPECT_TRUE(L.claim(1, 2)) << "the body is free again";
  EXPECT_FALSE(L.claim(2, 1)) << "other claims stay";
}

TEST(BodyLedger, FailedUnitsAreNotReadAgain) {
  BodyLedger L;
  L.claim(1, 0);
  L.claim(1, 1);
  EXPECT_EQ(L.release({0, 1}), std::vector<UnitNumber>{});
}

TEST(BodyLedger, ListsIdentifiersOnce) {
  BodyLedger L;
  auto Words = L.identifiers("a.h", "int b = a + a; // c\n#define D E\n");
  EXPECT_EQ(*Words,
            (std::vector<std::string>{"D", "E", "a", "b", "define", "int"}));
  EXPECT_EQ(L.identifiers("a.h", "other").get(), Words.get());
}
} // namespace
