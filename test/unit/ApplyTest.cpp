//===- ApplyTest.cpp - All files or none -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "tool/Apply.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "gtest/gtest.h"
#include <csignal>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace unsingleton;

namespace {
class ApplyTest : public ::testing::Test {
protected:
  void SetUp() override {
    llvm::SmallString<128> Made;
    ASSERT_FALSE(llvm::sys::fs::createUniqueDirectory("apply", Made));
    ASSERT_FALSE(llvm::sys::fs::real_path(Made, Folder));
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
      Count += llvm::sys::path::filename(I->path()) != ".unsingleton";
    return Count;
  }

  std::string root() const { return std::string(Folder); }
  /// What apply and commit do, as fix does them.
  llvm::Error fix(const std::vector<ChangedFile> &Files,
                  StepSeam Step = noStep) {
    llvm::Expected<Journal> Applied = applyFiles(root(), Files, Step);
    return Applied ? commit(*Applied, Step) : Applied.takeError();
  }
  llvm::Error undo(StepSeam Step = noStep) {
    auto Last = lastJournal(root());
    if (!Last)
      return Last.takeError();
    EXPECT_TRUE(bool(*Last));
    return takeBack(**Last, Step);
  }
  /// Runs \p Do in a process of its own that is killed before its step number
  /// \p Fatal. Whether it got that far.
  static bool killedAt(int Fatal, llvm::function_ref<void(StepSeam)> Do) {
    pid_t Child = ::fork();
    if (Child == 0) {
      int Steps = 0;
      Do([&](llvm::StringRef) {
        if (Steps++ == Fatal)
          ::raise(SIGKILL);
      });
      ::_exit(0);
    }
    int Status = 0;
    ::waitpid(Child, &Status, 0);
    if (WIFEXITED(Status)) {
      EXPECT_EQ(WEXITSTATUS(Status), 0);
    }
    return WIFSIGNALED(Status) && WTERMSIG(Status) == SIGKILL;
  }

  llvm::SmallString<128> Folder;
};

TEST_F(ApplyTest, WritesAllAndKeepsModes) {
  std::string A = file("a", "1\n"), B = file("b", "2\n");
  llvm::sys::fs::setPermissions(B, llvm::sys::fs::all_read |
                                       llvm::sys::fs::owner_all);
  ASSERT_FALSE(
      bool(fix({{A, "1\n", "one\n", {}, 1}, {B, "2\n", "two\n", {}, 1}})));
  EXPECT_EQ(text(A), "one\n");
  EXPECT_EQ(text(B), "two\n");
  EXPECT_EQ(*llvm::sys::fs::getPermissions(B),
            llvm::sys::fs::all_read | llvm::sys::fs::owner_all);
  EXPECT_EQ(files(), 2u) << "no temporary file is left";
}

TEST_F(ApplyTest, AChangedFileStopsEverything) {
  std::string A = file("a", "1\n"), B = file("b", "edited meanwhile\n");
  llvm::Error E = fix({{A, "1\n", "one\n", {}, 1}, {B, "2\n", "two\n", {}, 1}});
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
      fix({{A, "1\n", "one\n", {}, 1}, {A + ".gone", "2\n", "two\n", {}, 1}});
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

std::string mode(const std::string &Path) {
  struct stat Status = {};
  EXPECT_EQ(::stat(Path.c_str(), &Status), 0);
  return llvm::utostr(Status.st_mode & 07777) + " " +
         llvm::utostr(Status.st_uid) + ":" + llvm::utostr(Status.st_gid);
}

TEST_F(ApplyTest, UndoRestoresBytesModeAndOwner) {
  std::string Bytes("\xEF\xBB\xBF"
                    "a\r\n\0\xFF",
                    9);
  std::string A = file("a", Bytes), B = file("b", "");
  ASSERT_EQ(::chmod(A.c_str(), 04751), 0);
  bool Root = ::geteuid() == 0;
  if (Root) {
    ASSERT_EQ(::chown(A.c_str(), 12345, 54321), 0);
    ASSERT_EQ(::chmod(A.c_str(), 04751), 0);
  }
  std::string Mode = mode(A);
  EXPECT_EQ(Mode, Root ? "2537 12345:54321" : mode(A));
  ASSERT_FALSE(bool(fix({{A, Bytes, "new", {}, 1}, {B, "", "b\n", {}, 1}})));
  EXPECT_EQ(text(A), "new");
  EXPECT_EQ(mode(A), Mode);
  ASSERT_FALSE(bool(undo()));
  EXPECT_EQ(text(A), Bytes);
  EXPECT_EQ(text(B), "");
  EXPECT_EQ(mode(A), Mode);
  EXPECT_FALSE(bool(*lastJournal(root()))) << "it is forgotten";
  EXPECT_EQ(files(), 2u);
}

TEST_F(ApplyTest, FixesAreUndoneOneAfterTheOther) {
  std::string A = file("a", "1");
  ASSERT_FALSE(bool(fix({{A, "1", "2", {}, 1}})));
  ASSERT_FALSE(bool(fix({{A, "2", "3", {}, 1}})));
  ASSERT_FALSE(bool(undo()));
  EXPECT_EQ(text(A), "2");
  ASSERT_FALSE(bool(undo()));
  EXPECT_EQ(text(A), "1");
}

TEST_F(ApplyTest, UndoTouchesNobodysWork) {
  std::string A = file("a", "1"), B = file("b", "2");
  ASSERT_FALSE(bool(fix({{A, "1", "one", {}, 1}, {B, "2", "two", {}, 1}})));
  file("b", "two and mine");
  std::string Why = llvm::toString(undo());
  EXPECT_NE(Why.find("'b' was changed after the fix"), std::string::npos);
  EXPECT_EQ(text(A), "one") << "all or nothing";
  EXPECT_EQ(text(B), "two and mine");
  file("b", "two");
  EXPECT_FALSE(bool(undo()));
  EXPECT_EQ(text(A), "1");
}

TEST_F(ApplyTest, OnlyTheNewestTenCanBeUndone) {
  std::string A = file("a", "0");
  for (int I = 0; I < 12; ++I)
    ASSERT_FALSE(
        bool(fix({{A, std::to_string(I), std::to_string(I + 1), {}, 1}})));
  for (int I = 0; I < 10; ++I)
    ASSERT_FALSE(bool(undo()));
  EXPECT_EQ(text(A), "2");
  EXPECT_FALSE(bool(*lastJournal(root())));
}

/// Kills a fix before each of its steps, and each time the run that takes it
/// back as well, before each of its own.
TEST_F(ApplyTest, AFixKilledAtAnyStepIsTakenBack) {
  std::vector<ChangedFile> Files;
  for (const char *Name : {"a", "b", "c"})
    Files.push_back({file(Name, std::string("old ") + Name),
                     std::string("old ") + Name,
                     std::string("new ") + Name,
                     {},
                     1});
  int Fatal = 0, Deaths = 0, Halves = 0;
  for (;; ++Fatal) {
    bool Killed = killedAt(Fatal, [&](StepSeam Step) {
      if (fix(Files, Step))
        ::_exit(1);
    });
    if (!Killed)
      break;
    ++Deaths;
    size_t New = 0;
    for (const ChangedFile &File : Files)
      New += text(File.Path) == File.After;
    Halves += New == 1 || New == 2;
    for (int Again = 0; killedAt(Again,
                                 [&](StepSeam Step) {
                                   if (!recover(root(), Step))
                                     ::_exit(1);
                                 });
         ++Again)
      ++Deaths;
    ASSERT_TRUE(bool(recover(root())));
    auto Last = lastJournal(root());
    ASSERT_TRUE(bool(Last));
    // The last step comes after the fix is marked as done.
    bool Done = Last->has_value();
    for (const ChangedFile &File : Files)
      EXPECT_EQ(text(File.Path), Done ? File.After : File.Before) << Fatal;
    if (Done) {
      ASSERT_FALSE(bool(undo()));
    }
    EXPECT_EQ(files(), 3u) << "killed before step " << Fatal;
  }
  EXPECT_EQ(Fatal, 13) << "folder, 3 saved, journal, 3 + 3, commit, prune";
  EXPECT_GT(Deaths, Fatal);
  EXPECT_EQ(Halves, 2);
}

TEST_F(ApplyTest, AnUndoKilledAtAnyStepIsCompleted) {
  std::vector<ChangedFile> Files;
  for (const char *Name : {"a", "b"})
    Files.push_back({file(Name, "old"), "old", "new", {}, 1});
  int Fatal = 0;
  for (;; ++Fatal) {
    ASSERT_FALSE(bool(fix(Files)));
    bool Killed = killedAt(Fatal, [&](StepSeam Step) {
      if (undo(Step))
        ::_exit(1);
    });
    auto Restored = recover(root());
    ASSERT_TRUE(bool(Restored));
    if (Fatal == 0) { // it had not begun
      EXPECT_EQ(*Restored, 0u);
      ASSERT_FALSE(bool(undo()));
    }
    for (const ChangedFile &File : Files)
      EXPECT_EQ(text(File.Path), "old") << Fatal;
    EXPECT_EQ(files(), 2u);
    if (!Killed)
      break;
  }
  EXPECT_EQ(Fatal, 8);
}

TEST_F(ApplyTest, AJournalCannotLeadOutOfTheRoot) {
  std::string A = file("a", "1");
  std::string Outside = root() + "-outside";
  for (const char *Path : {"../x", "/etc/hostname", "link/x", "a/../../x"}) {
    ASSERT_FALSE(bool(fix({{A, "1", "2", {}, 1}})));
    std::error_code EC = llvm::sys::fs::create_link("/", root() + "/link");
    (void)EC;
    std::string J = journalsFolder(root()) + "/fix-00000001/journal.json";
    std::string Text = text(J);
    size_t At = Text.find("\"a\"");
    ASSERT_NE(At, std::string::npos) << Text;
    file(".unsingleton/fix-00000001/journal.json",
         Text.replace(At, 3, "\"" + std::string(Path) + "\""));
    auto Last = lastJournal(root());
    ASSERT_FALSE(bool(Last)) << Path;
    EXPECT_NE(llvm::toString(Last.takeError()).find("is not below the root"),
              std::string::npos);
    llvm::sys::fs::remove(J);
    pruneJournals(root());
    file("a", "1");
  }
}

TEST_F(ApplyTest, ADamagedJournalIsAnError) {
  std::string A = file("a", "1");
  for (const char *Text :
       {"", "{", "[]", "{\"version\":2}",
        "{\"version\":1,\"state\":\"odd\",\"files\":[]}",
        "{\"version\":1,\"state\":\"begun\",\"files\":[1]}"}) {
    ASSERT_FALSE(bool(fix({{A, "1", "2", {}, 1}})));
    file(".unsingleton/fix-00000001/journal.json", Text);
    auto Restored = recover(root());
    ASSERT_FALSE(bool(Restored)) << Text;
    EXPECT_NE(llvm::toString(Restored.takeError()).find("delete the folder"),
              std::string::npos);
    llvm::sys::fs::remove_directories(journalsFolder(root()));
    file("a", "1");
  }
}

TEST_F(ApplyTest, ADamagedCopyIsNotRestored) {
  std::string A = file("a", "1");
  ASSERT_FALSE(bool(fix({{A, "1", "2", {}, 1}})));
  file(".unsingleton/fix-00000001/before/0", "other");
  EXPECT_NE(llvm::toString(undo()).find("is damaged"), std::string::npos);
  EXPECT_EQ(text(A), "2");
}

TEST_F(ApplyTest, OneAtATime) {
  auto First = WorkLock::take(root());
  ASSERT_TRUE(bool(First));
  EXPECT_FALSE(killedAt(-1, [&](StepSeam) { // locks are a process's own
    auto Second = WorkLock::take(root());
    bool Refused = !Second;
    llvm::consumeError(Second.takeError());
    ::_exit(Refused ? 0 : 1);
  }));
}
} // namespace
