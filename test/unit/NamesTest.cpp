//===- NamesTest.cpp - Names by the naming rule -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "fixits/Names.h"
#include "gtest/gtest.h"

using namespace unsingleton;

namespace {
TEST(Names, FreeFunctions) {
  EXPECT_EQ(factoryName("get_x", false), "create_x");
  EXPECT_EQ(factoryName("getX", false), "createX");
  EXPECT_EQ(factoryName("GetX", false), "CreateX");
  EXPECT_EQ(factoryName("registry", false), "create_registry");
  EXPECT_EQ(factoryName("theRegistry", false), "createTheRegistry");
  EXPECT_EQ(factoryName("getter", false), "create_getter");
}

TEST(Names, MembersThatOnlySayOne) {
  for (const char *Name : {"instance", "getInstance", "get", "getSingleton",
                           "the", "shared", "get_instance", "getInstancePtr"})
    EXPECT_EQ(factoryName(Name, true), "create") << Name;
  EXPECT_EQ(factoryName("Instance", true), "Create");
  EXPECT_EQ(factoryName("GetInstance", true), "Create");
  EXPECT_EQ(factoryName("getCache", true), "createCache");
}

TEST(Names, Slots) {
  EXPECT_EQ(slotName("create_x", "_x_instance", false, false), "x_slot");
  EXPECT_EQ(slotName("createX", "gX", false, false), "xSlot");
  EXPECT_EQ(slotName("create", "instance_", false, true), "slot_");
  EXPECT_EQ(slotName("create", "m_instance", false, true), "m_slot");
  EXPECT_EQ(slotName("create", "s_instance", false, true), "s_slot");
  EXPECT_EQ(slotName("create_x", "x", true, false), "slot");
}
} // namespace
