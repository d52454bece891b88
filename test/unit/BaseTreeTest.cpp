//===- BaseTreeTest.cpp - The sources as they were -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "tool/since/BaseTree.h"
#include "tool/since/BaseUnits.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"
#include "gtest/gtest.h"

using namespace unsingleton;
using namespace llvm;

namespace {
class BaseTreeTest : public ::testing::Test {
protected:
  void SetUp() override {
    SmallString<64> Made;
    ASSERT_FALSE(sys::fs::createUniqueDirectory("unsingleton", Made));
    SmallString<64> Real;
    ASSERT_FALSE(sys::fs::real_path(Made, Real));
    Top = std::string(Real);
    sys::fs::create_directories(Top + "/src");
    write("src/kept.h", "kept");
    write("src/changed.h", "now");
    write("src/added.h", "added");
    sys::fs::create_link(Top + "/src", Top + "/link");
    Before[Top + "/src/changed.h"] = was("then");
    Before[Top + "/src/added.h"] = FileBefore();
    Before[Top + "/gone/deep/old.h"] = was("old");
  }
  void TearDown() override { sys::fs::remove_directories(Top); }

  void write(const std::string &Name, StringRef Text) const {
    std::error_code EC;
    raw_fd_ostream(Top + "/" + Name, EC) << Text;
    ASSERT_FALSE(EC);
  }
  static FileBefore was(std::string Text) {
    return FileBefore([Text] { return std::optional<std::string>(Text); });
  }
  static std::string read(vfs::FileSystem &FS, const Twine &Path) {
    auto Text = FS.getBufferForFile(Path);
    bool There = FS.exists(Path);
    EXPECT_EQ(There, bool(Text)) << Path.str();
    EXPECT_EQ(There, bool(FS.status(Path))) << Path.str();
    return Text ? (*Text)->getBuffer().str() : "nothing";
  }

  std::string Top;
  FilesBefore Before;
};

TEST_F(BaseTreeTest, ShowsFilesAsTheyWere) {
  SourceTree Tree = baseTree(Before);
  auto FS = Tree.open();
  EXPECT_EQ(read(*FS, Top + "/src/kept.h"), "kept");
  EXPECT_EQ(read(*FS, Top + "/src/changed.h"), "then");
  EXPECT_EQ(FS->status(Top + "/src/changed.h")->getSize(), 4u);
  EXPECT_EQ(read(*FS, Top + "/src/added.h"), "nothing");
  EXPECT_EQ(read(*FS, Top + "/gone/deep/old.h"), "old");
  EXPECT_EQ(read(*FS, Top + "/gone/deep/other.h"), "nothing");
  EXPECT_TRUE(FS->status(Top + "/gone/deep")->isDirectory());
  EXPECT_TRUE(FS->status(Top + "/gone")->isDirectory());
}

TEST_F(BaseTreeTest, OnEveryWayToThem) {
  SourceTree Tree = baseTree(Before);
  auto FS = Tree.open();
  ASSERT_FALSE(FS->setCurrentWorkingDirectory(Top + "/src"));
  for (const char *Path :
       {"changed.h", "./changed.h", "../src/changed.h", "../link/changed.h"})
    EXPECT_EQ(read(*FS, Path), "then") << Path;
  EXPECT_EQ(read(*FS, "../link/added.h"), "nothing");
  EXPECT_EQ(read(*FS, "../gone/deep/../deep/old.h"), "old");
  SmallString<64> Real;
  ASSERT_FALSE(FS->getRealPath("../link/changed.h", Real));
  EXPECT_EQ(Real, Top + "/src/changed.h");
  ASSERT_FALSE(FS->getRealPath(Top + "/gone/deep/old.h", Real));
  EXPECT_EQ(Real, Top + "/gone/deep/old.h");
  EXPECT_TRUE(bool(FS->getRealPath("added.h", Real)));
}

TEST_F(BaseTreeTest, ATraceTellsTheStatesApart) {
  SourceTree Now = diskTree(), Then = baseTree(Before);
  for (StringRef Name :
       {"/src/kept.h", "/src/changed.h", "/src/added.h", "/gone/deep/old.h"}) {
    TracingFileSystem FS(Now);
    (void)FS.getBufferForFile(Top + Name);
    EXPECT_TRUE(Now.agrees(FS.trace()));
    EXPECT_EQ(Then.agrees(FS.trace()), Name == "/src/kept.h") << Name.str();
  }
}

TEST_F(BaseTreeTest, ReadsATextOnceAndWhenAskedFor) {
  unsigned Reads = 0;
  FileBefore &Big = Before[Top + "/data.bin"];
  Big = FileBefore([&Reads]() -> std::optional<std::string> {
    ++Reads;
    return "data";
  });
  FileBefore &Lost = Before[Top + "/lost.h"];
  Lost = FileBefore([]() -> std::optional<std::string> { return {}; });
  SourceTree Tree = baseTree(Before);
  auto FS = Tree.open();
  EXPECT_EQ(read(*FS, Top + "/src/changed.h"), "then");
  EXPECT_EQ(Reads, 0u);
  EXPECT_EQ(read(*FS, Top + "/data.bin"), "data");
  EXPECT_EQ(read(*Tree.open(), Top + "/data.bin"), "data");
  EXPECT_EQ(Reads, 1u);
  EXPECT_FALSE(Lost.failed());
  EXPECT_EQ(read(*FS, Top + "/lost.h"), "nothing");
  EXPECT_TRUE(Lost.failed());
  EXPECT_FALSE(Big.failed());
}

TEST(BaseUnits, FollowTheirSources) {
  std::vector<UnitCommand> Now = {
      {{"c++", "-c", "a.cpp"}, "/r", "/r/a.cpp", {}},
      {{"c++", "-c", "/r/new.cpp"}, "/r", "/r/new.cpp", {}},
      {{"c++", "-c", "sub/fresh.cpp"}, "/r", "/r/sub/fresh.cpp", {}},
      {{"cc", "-c", "x.c"}, "/r/sub", "/r/sub/x.c", {}},
      {{"cc", "-c", "../lib/y.c"}, "/r/out", "/r/lib/y.c", {}}};
  TreeChanges Since;
  FileBefore Was([] { return std::optional<std::string>(""); });
  Since.Before["/r/new.cpp"] = FileBefore();
  Since.RenamedFrom["/r/new.cpp"] = "/r/old.cpp";
  Since.Before["/r/old.cpp"] = Was;
  Since.Before["/r/sub/fresh.cpp"] = FileBefore();
  Since.Before["/r/sub/gone.cpp"] = Was;
  Since.Before["/r/sub/gone.h"] = Was;
  Since.Before["/r/lib/y.c"] = FileBefore();
  Since.RenamedFrom["/r/lib/y.c"] = "/r/lib/deep/z.c";
  Since.Deleted = {"/r/old.cpp", "/r/sub/gone.cpp", "/r/sub/gone.h"};
  std::vector<std::string> Said;
  for (const UnitCommand &Unit : baseUnits(Now, Since))
    Said.push_back(Unit.File + ": " + Unit.Arguments.back());
  EXPECT_EQ(Said, (std::vector<std::string>{
                      "/r/a.cpp: a.cpp", "/r/old.cpp: /r/old.cpp",
                      "/r/sub/x.c: x.c", "/r/lib/deep/z.c: ../lib/deep/z.c",
                      "/r/sub/gone.cpp: sub/gone.cpp"}));
}
} // namespace
