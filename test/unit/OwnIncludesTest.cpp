//===- OwnIncludesTest.cpp - Whose the headers are --------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "tool/OwnIncludes.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "gtest/gtest.h"

using namespace unsingleton;

namespace {
using Arguments = std::vector<std::string>;

/// A folder with `own`, `lent` and `foreign` in it; commands are run there.
class OwnIncludes : public testing::Test {
protected:
  OwnIncludes() {
    EXPECT_FALSE(llvm::sys::fs::createUniqueDirectory("own-includes", Folder));
    for (const char *Name : {"own", "lent", "foreign"})
      EXPECT_FALSE(llvm::sys::fs::create_directory(in(Name)));
  }
  ~OwnIncludes() override { llvm::sys::fs::remove_directories(Folder); }

  std::string in(llvm::StringRef Name) const {
    llvm::SmallString<128> Path = Folder;
    llvm::sys::path::append(Path, Name);
    return std::string(Path);
  }

  /// The commands of units with \p All, as they are made.
  std::vector<Arguments> shared(const std::vector<Arguments> &All) const {
    std::vector<UnitCommand> Units;
    for (const Arguments &One : All)
      Units.push_back({One, std::string(Folder), in("a.cpp"), {}});
    shareOwnIncludes(Units);
    std::vector<Arguments> Result;
    for (const UnitCommand &Unit : Units)
      Result.push_back(Unit.Arguments);
    return Result;
  }

  llvm::SmallString<128> Folder;
};

TEST_F(OwnIncludes, OfOneUnitAreThoseOfAll) {
  auto Now = shared({{"clang++", "-Ilent", "a.cpp"},
                     {"clang++", "-isystem", in("lent"), "-isystemforeign",
                      "-Iown", "-DX", "b.cpp"}});
  EXPECT_EQ(Now[0], (Arguments{"clang++", "-Ilent", "a.cpp"}));
  EXPECT_EQ(Now[1], (Arguments{"clang++", "-isystemforeign", "-Iown", "-DX",
                               "-I", in("lent"), "b.cpp"}));
}

TEST_F(OwnIncludes, KeepTheirOrder) {
  auto Now = shared({{"clang++", "-I", "own", "-iquote", "lent", "a.cpp"},
                     {"clang++", "-isystemlent", "-isystem", "own", "b.cpp"}});
  EXPECT_EQ(Now[1], (Arguments{"clang++", "-I", "lent", "-I", "own", "b.cpp"}));
}

TEST_F(OwnIncludes, AreNotWhatEveryUnitTakesForForeign) {
  std::vector<Arguments> Given{
      {"clang++", "-isystem", "foreign", "a.cpp"},
      // -isystem wins there.
      {"clang++", "-Iforeign", "-isystem", "foreign", "b.cpp"},
      // No folder, or none that exists.
      {"clang++", "-I", "nowhere", "-isystem", "nowhere", "-Igone", "c.cpp"},
      {"clang++", "c.cpp", "-I"}};
  EXPECT_EQ(shared(Given), Given);
}
} // namespace
