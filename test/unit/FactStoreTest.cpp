//===- FactStoreTest.cpp - Facts of earlier runs -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "tool/store/FactStore.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include "gtest/gtest.h"
#include <map>

using namespace unsingleton;
using llvm::vfs::InMemoryFileSystem;

namespace {
using FileMap = std::map<std::string, std::string>;

SourceTree tree(FileMap Files) {
  return SourceTree([Files = std::move(Files)] {
    auto FS = llvm::makeIntrusiveRefCnt<InMemoryFileSystem>();
    for (const auto &[Path, Text] : Files)
      FS->addFile(Path, 0, llvm::MemoryBuffer::getMemBufferCopy(Text, Path));
    return FS;
  });
}

/// As a parser that looks for x.h in two folders and asks for y.h.
FileTrace traceOf(const FileMap &Files) {
  SourceTree Tree = tree(Files);
  TracingFileSystem FS(Tree);
  (void)FS.setCurrentWorkingDirectory("/s");
  (void)FS.getBufferForFile("a.cpp");
  (void)FS.status("/s/first/x.h");
  (void)FS.status("/s/second/x.h");
  (void)FS.getBufferForFile("/s/second/x.h");
  (void)FS.exists("/s/y.h");
  std::error_code EC;
  (void)FS.dir_begin("/lib", EC);
  llvm::SmallString<64> Real;
  (void)FS.getRealPath("/s/second/x.h", Real);
  return FS.trace();
}

const FileMap Base = {{"/s/a.cpp", "a"},
                      {"/s/second/x.h", "x"},
                      {"/lib/12/v", ""},
                      {"/s/other.h", "o"}};

FileMap with(const std::string &Path, const std::string &Text) {
  FileMap Files = Base;
  Files[Path] = Text;
  return Files;
}

TEST(FileTrace, HoldsWhereTheSameIsSeen) {
  FileTrace Trace = traceOf(Base);
  EXPECT_EQ(Trace, traceOf(Base));
  EXPECT_TRUE(tree(Base).agrees(Trace));
  EXPECT_TRUE(tree(with("/s/other.h", "changed")).agrees(Trace))
      << "nobody asked for it";
  EXPECT_TRUE(tree(with("/lib/12/w", "")).agrees(Trace))
      << "the folder above was listed, not this one";
}

TEST(FileTrace, EndsWithAnyAnswerThatChanges) {
  FileTrace Trace = traceOf(Base);
  EXPECT_FALSE(tree(with("/s/a.cpp", "b")).agrees(Trace)) << "same size";
  EXPECT_FALSE(tree(with("/s/second/x.h", "xx")).agrees(Trace));
  EXPECT_FALSE(tree(with("/s/first/x.h", "x")).agrees(Trace))
      << "an include would find this one now";
  EXPECT_FALSE(tree(with("/s/y.h", "")).agrees(Trace)) << "__has_include";
  EXPECT_FALSE(tree(with("/lib/13/v", "")).agrees(Trace)) << "a new library";
  FileMap Gone = Base;
  Gone.erase("/s/second/x.h");
  EXPECT_FALSE(tree(Gone).agrees(Trace));
}

class DiskStoreTest : public ::testing::Test {
protected:
  void SetUp() override {
    ASSERT_FALSE(llvm::sys::fs::createUniqueDirectory("unsingleton", Folder));
  }
  void TearDown() override { llvm::sys::fs::remove_directories(Folder); }

  static StoredUnit unit(const std::string &Name, const FileMap &Files = Base) {
    StoredUnit Unit;
    Unit.Trace = traceOf(Files);
    Unit.Facts.MainFile = Name;
    return Unit;
  }
  /// What the next run finds, with the store that it found it with.
  std::string found(DiskStore &Store, const std::string &Key,
                    const FileMap &Files = Base) {
    std::optional<StoredUnit> Unit = Store.find(Key, tree(Files));
    return Unit ? Unit->Facts.MainFile : "";
  }
  std::string path() const { return std::string(Folder) + "/store"; }
  std::vector<StoredFile> files() const { return storedFiles(path()); }

  llvm::SmallString<64> Folder;
  const std::string A = std::string(64, 'a'), B = std::string(64, 'b');
};

TEST_F(DiskStoreTest, KeepsSeveralStatesOfAUnit) {
  FileMap Changed = with("/s/second/x.h", "new");
  {
    DiskStore Store(path(), 1);
    EXPECT_EQ(found(Store, A), "");
    Store.keep(A, unit("old"));
    EXPECT_EQ(found(Store, A), "old") << "in the same run";
    Store.keep(A, unit("new", Changed));
  }
  DiskStore Store(path(), 1);
  EXPECT_EQ(found(Store, A), "old");
  EXPECT_EQ(found(Store, A, Changed), "new");
  EXPECT_EQ(found(Store, A, with("/s/y.h", "")), "");
  EXPECT_EQ(found(Store, B), "");
  EXPECT_TRUE(Store.problems().empty());
}

TEST_F(DiskStoreTest, RemovesWhatItCannotUseAndSaysSoOnce) {
  {
    DiskStore Store(path(), 1);
    Store.keep(A, unit("a"));
    Store.keep(B, unit("b"));
  }
  for (const StoredFile &File : files()) {
    std::error_code EC;
    llvm::raw_fd_ostream(File.Path, EC) << "unsingleton facts\ncut off";
  }
  DiskStore Store(path(), 1);
  EXPECT_EQ(found(Store, A), "");
  EXPECT_EQ(found(Store, B), "");
  EXPECT_EQ(Store.problems(), (std::vector<std::string>{
                                  "2 units were damaged in the fact store '" +
                                  path() + "' and parsed again"}));
  EXPECT_TRUE(files().empty());
}

TEST_F(DiskStoreTest, AnotherVersionsStoreIsMadeAnew) {
  {
    DiskStore Store(path(), 1);
    Store.keep(A, unit("a"));
  }
  DiskStore Store(path(), 2);
  EXPECT_EQ(found(Store, A), "");
  Store.keep(A, unit("mine"));
  ASSERT_EQ(Store.problems().size(), 1u);
  EXPECT_NE(Store.problems()[0].find("another version"), std::string::npos);
  DiskStore Next(path(), 2);
  EXPECT_EQ(found(Next, A), "mine");
  EXPECT_TRUE(Next.problems().empty());
}

TEST_F(DiskStoreTest, ForgetsWhatWasNotUsedForLongest) {
  std::string C(64, 'c');
  {
    DiskStore Store(path(), 1);
    for (const std::string &Key : {A, B, C})
      Store.keep(Key, unit(Key.substr(0, 1)));
  }
  // A was used last, then C, then B.
  for (const auto &[Letter, Age] :
       std::map<char, int>{{'a', 300}, {'b', 200}, {'c', 100}})
    for (const StoredFile &File : files())
      if (llvm::sys::path::filename(File.Path)[0] == Letter) {
        int FD = -1;
        ASSERT_FALSE(llvm::sys::fs::openFileForReadWrite(
            File.Path, FD, llvm::sys::fs::CD_OpenExisting,
            llvm::sys::fs::OF_None));
        auto Then = std::chrono::system_clock::now() - std::chrono::hours(Age);
        ASSERT_FALSE(llvm::sys::fs::setLastAccessAndModificationTime(FD, Then));
        llvm::raw_fd_ostream Close(FD, /*shouldClose=*/true);
      }
  DiskStore Store(path(), 1);
  EXPECT_EQ(found(Store, A), "a");
  Store.prune(2 * files()[0].Size);
  EXPECT_TRUE(Store.problems().empty());
  DiskStore Next(path(), 1);
  EXPECT_EQ(found(Next, A), "a");
  EXPECT_EQ(found(Next, B), "");
  EXPECT_EQ(found(Next, C), "c");
  Next.prune(1);
  EXPECT_TRUE(files().empty());
  ASSERT_EQ(Next.problems().size(), 1u);
  EXPECT_NE(Next.problems()[0].find("--cache-size=1M"), std::string::npos);
}

TEST_F(DiskStoreTest, WhatCannotBeWrittenIsSaidOnce) {
  std::error_code EC;
  llvm::raw_fd_ostream(path(), EC) << "a file where the folder would be";
  DiskStore Store(path(), 1);
  EXPECT_TRUE(Store.keeps());
  Store.keep(A, unit("a"));
  Store.keep(B, unit("b"));
  EXPECT_FALSE(Store.keeps());
  ASSERT_EQ(Store.problems().size(), 1u);
  EXPECT_NE(Store.problems()[0].find("cannot write"), std::string::npos);
}

TEST_F(DiskStoreTest, ClearsOnlyItsOwn) {
  {
    DiskStore Store(path(), 1);
    Store.keep(A, unit("a"));
  }
  std::error_code EC;
  llvm::raw_fd_ostream(path() + "/units/notes.txt", EC) << "not ours";
  llvm::Expected<size_t> Removed = clearStore(path());
  ASSERT_TRUE(bool(Removed));
  EXPECT_EQ(*Removed, 1u);
  EXPECT_TRUE(llvm::sys::fs::exists(path() + "/units/notes.txt"));
  llvm::sys::fs::remove(path() + "/units/notes.txt");
  DiskStore(path(), 1).keep(A, unit("a"));
  ASSERT_TRUE(bool(clearStore(path())));
  EXPECT_FALSE(llvm::sys::fs::exists(path()));
  Removed = clearStore(path());
  ASSERT_TRUE(bool(Removed)) << "there is nothing to clear";
  EXPECT_EQ(*Removed, 0u);
}

TEST(MemoryStore, FindsWhatItKeeps) {
  MemoryStore Store;
  StoredUnit Unit;
  Unit.Trace = traceOf(Base);
  Unit.Facts.MainFile = "a";
  Store.keep("key", Unit);
  EXPECT_TRUE(Store.find("key", tree(Base)).has_value());
  EXPECT_FALSE(Store.find("key", tree({})).has_value());
  EXPECT_FALSE(Store.find("other", tree(Base)).has_value());
}
} // namespace
