//===- ApplyTest.cpp - All files or none -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "tool/Apply.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "gtest/gtest.h"

using namespace unsingleton;

namespace {
class ApplyTest : public ::testing::Test {
protected:
  void SetUp() override {
    ASSERT_FALSE(llvm::sys::fs::createUniqueDirectory("apply", Folder));
  }
  void TearDown() override { llvm::sys::fs::remove_directories(Folder); }

  std::string file(const char *Name, llvm::StringRef Text) {
    llvm::SmallString<128> Path(Folder);
    llvm::sys::path::append(Path, Name);
    std::error_code EC;
    llvm::raw_fd_ostream(Path, EC) << Text;
    return std::string(Path);
  }
  static std::string text(const std::string &Path) {
    return (*llvm::MemoryBuffer::getFile(Path))->getBuffer().str();
  }
  size_t files() {
    size_t Count = 0;
    std::error_code EC;
    for (llvm::sys::fs::directory_iterator I(Folder, EC), E; I != E;
         I.increment(EC))
      ++Count;
    return Count;
  }

  llvm::SmallString<128> Folder;
};

TEST_F(ApplyTest, WritesAllAndKeepsModes) {
  std::string A = file("a", "1\n"), B = file("b", "2\n");
  llvm::sys::fs::setPermissions(B, llvm::sys::fs::all_read |
                                       llvm::sys::fs::owner_all);
  ASSERT_FALSE(
      bool(apply({{A, "1\n", "one\n", {}, 1}, {B, "2\n", "two\n", {}, 1}})));
  EXPECT_EQ(text(A), "one\n");
  EXPECT_EQ(text(B), "two\n");
  EXPECT_EQ(*llvm::sys::fs::getPermissions(B),
            llvm::sys::fs::all_read | llvm::sys::fs::owner_all);
  EXPECT_EQ(files(), 2u) << "no temporary file is left";
}

TEST_F(ApplyTest, AChangedFileStopsEverything) {
  std::string A = file("a", "1\n"), B = file("b", "edited meanwhile\n");
  llvm::Error E =
      apply({{A, "1\n", "one\n", {}, 1}, {B, "2\n", "two\n", {}, 1}});
  ASSERT_TRUE(bool(E));
  EXPECT_NE(llvm::toString(std::move(E)).find("has changed since"),
            std::string::npos);
  EXPECT_EQ(text(A), "1\n");
  EXPECT_EQ(text(B), "edited meanwhile\n");
  EXPECT_EQ(files(), 2u);
}

TEST_F(ApplyTest, AMissingFileStopsEverything) {
  std::string A = file("a", "1\n");
  llvm::Error E =
      apply({{A, "1\n", "one\n", {}, 1}, {A + ".gone", "2\n", "two\n", {}, 1}});
  ASSERT_TRUE(bool(E));
  llvm::consumeError(std::move(E));
  EXPECT_EQ(text(A), "1\n");
  EXPECT_EQ(files(), 1u);
}

TEST_F(ApplyTest, ReadOnlyByModeEvenForRoot) {
  std::string A = file("a", "1\n");
  EXPECT_TRUE(isWritable(A));
  llvm::sys::fs::setPermissions(A, llvm::sys::fs::all_read);
  EXPECT_FALSE(isWritable(A));
}
} // namespace
