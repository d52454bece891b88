//===- CompileArgumentsTest.cpp - Databases written for GCC -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/facts/CompileArguments.h"
#include "llvm/ADT/STLExtras.h"
#include "gtest/gtest.h"

using namespace unsingleton;

namespace {
std::vector<std::string> adapted(std::vector<std::string> Command) {
  return compileArguments(Command, {"/resources"});
}
bool has(const std::vector<std::string> &Arguments, const char *One) {
  return llvm::is_contained(Arguments, One);
}

TEST(CompileArguments, KeepsWhatMatters) {
  auto A = adapted({"/usr/bin/g++", "-std=c++17", "-DX=1", "-Ifoo", "-include",
                    "pre.h", "-c", "a.cpp", "-o", "a.o"});
  for (const char *Kept : {"-std=c++17", "-DX=1", "-Ifoo", "pre.h", "a.cpp"})
    EXPECT_TRUE(has(A, Kept)) << Kept;
  for (const char *Gone : {"-c", "-o", "a.o"})
    EXPECT_FALSE(has(A, Gone)) << Gone;
  EXPECT_EQ(A.front(), "clang++");
}

TEST(CompileArguments, DropsWarningsAndForeignFlags) {
  auto A = adapted({"g++", "-Wall", "-Werror", "-Wno-maybe-uninitialized",
                    "-fno-such-flag-in-clang", "-fmax-errors=3", "-MD", "-MF",
                    "a.d", "a.cpp"});
  for (const char *Gone : {"-Wall", "-Werror", "-Wno-maybe-uninitialized",
                           "-fno-such-flag-in-clang", "-MD", "-MF", "a.d"})
    EXPECT_FALSE(has(A, Gone)) << Gone;
  EXPECT_TRUE(has(A, "-w"));
}

TEST(CompileArguments, IncludesTheHeaderInsteadOfItsPrecompiledForm) {
  auto A = adapted({"clang++", "-Xclang", "-include-pch", "-Xclang", "p.pch",
                    "-Xclang", "-include", "-Xclang", "p.hxx", "a.cpp"});
  EXPECT_FALSE(has(A, "-include-pch"));
  EXPECT_FALSE(has(A, "p.pch"));
  EXPECT_TRUE(has(A, "p.hxx"));
}

TEST(CompileArguments, CIsNotParsedAsCPlusPlus) {
  EXPECT_EQ(adapted({"gcc", "a.c"}).front(), "clang");
}
} // namespace
