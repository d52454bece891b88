//===- Apply.cpp - Writing the changed files --------------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "tool/Apply.h"
#include "tool/DurableFile.h"
#include "llvm/Support/FileSystem.h"

using namespace llvm;

namespace unsingleton {

bool isWritable(const std::string &Path) {
  ErrorOr<sys::fs::perms> Mode = sys::fs::getPermissions(Path);
  return Mode && (*Mode & sys::fs::owner_write) && sys::fs::can_write(Path);
}

static Error nothingChanged(Error E) {
  return createStringError(inconvertibleErrorCode(),
                           toString(std::move(E)) + "; nothing was changed");
}

static Error checkUnchanged(const ChangedFile &File) {
  Expected<std::string> Now = readBytes(File.Path);
  if (!Now)
    return nothingChanged(Now.takeError());
  if (*Now != File.Before)
    return createStringError(inconvertibleErrorCode(),
                             "'" + File.Path +
                                 "' has changed since it was analysed; nothing "
                                 "was changed, run again");
  return Error::success();
}

static Error writeAll(const Journal &J, const std::vector<ChangedFile> &Files,
                      StepSeam Step) {
  for (size_t I = 0; I < Files.size(); ++I) {
    Step("write beside");
    if (Error E =
            writeBytes(J.temporary(J.Files[I]), Files[I].After, Files[I].Path))
      return E;
  }
  for (const JournalEntry &Entry : J.Files) {
    Step("rename");
    if (Error E = replaceFile(J.temporary(Entry), J.path(Entry)))
      return E;
  }
  return Error::success();
}

Expected<Journal> applyFiles(const std::string &Root,
                             const std::vector<ChangedFile> &Files,
                             StepSeam Step) {
  for (const ChangedFile &File : Files)
    if (Error E = checkUnchanged(File))
      return std::move(E);
  Expected<Journal> J = beginJournal(Root, Files, Step);
  if (!J) {
    pruneJournals(Root);
    return nothingChanged(J.takeError());
  }
  if (Error E = writeAll(*J, Files, Step)) {
    if (Error Worse = takeBack(*J))
      return joinErrors(std::move(E), std::move(Worse));
    return nothingChanged(std::move(E));
  }
  return std::move(*J);
}

Error commit(Journal &Applied, StepSeam Step) {
  Step("commit");
  if (Error E = Applied.write(Journal::State::Done))
    return E;
  Step("prune");
  pruneJournals(Applied.Root);
  return Error::success();
}

namespace {
/// A file that has to be put back.
struct Restored {
  const JournalEntry *Entry;
  std::string Text;
};

/// Everything that takeBack has to write, or why it must not.
Expected<std::vector<Restored>> toRestore(const Journal &J) {
  std::vector<Restored> Result;
  for (size_t I = 0; I < J.Files.size(); ++I) {
    const JournalEntry &Entry = J.Files[I];
    Expected<std::string> Now = readBytes(J.path(Entry));
    if (!Now)
      return Now.takeError();
    std::string Digest = digestOf(*Now);
    if (Digest == Entry.Before)
      continue;
    if (Digest != Entry.After)
      return createStringError(
          inconvertibleErrorCode(),
          "'" + Entry.Path +
              "' was changed after the fix, so it cannot be taken back; "
              "nothing was undone (delete '" +
              J.Folder + "' to keep all files as they are)");
    Expected<std::string> Old = readBytes(J.saved(I));
    if (!Old)
      return Old.takeError();
    if (digestOf(*Old) != Entry.Before)
      return createStringError(inconvertibleErrorCode(),
                               "the copy of '" + Entry.Path + "' in '" +
                                   J.Folder +
                                   "' is damaged; nothing was undone");
    Result.push_back({&Entry, std::move(*Old)});
  }
  return Result;
}
} // namespace

Error takeBack(Journal &Applied, StepSeam Step) {
  Expected<std::vector<Restored>> Todo = toRestore(Applied);
  if (!Todo)
    return Todo.takeError();
  Step("undoing");
  if (Error E = Applied.write(Journal::State::Undoing))
    return E;
  for (const JournalEntry &Entry : Applied.Files) {
    Step("remove beside");
    sys::fs::remove(Applied.temporary(Entry));
  }
  for (const Restored &Each : *Todo) {
    std::string Beside = Applied.temporary(*Each.Entry);
    std::string Path = Applied.path(*Each.Entry);
    Step("write beside");
    if (Error E = writeBytes(Beside, Each.Text, Path))
      return E;
    Step("rename");
    if (Error E = replaceFile(Beside, Path))
      return E;
  }
  Step("forget");
  return Applied.remove();
}

Expected<size_t> recover(const std::string &Root, StepSeam Step) {
  Expected<std::optional<Journal>> Last = lastJournal(Root);
  if (!Last)
    return Last.takeError();
  size_t Files = 0;
  if (*Last && (*Last)->Now != Journal::State::Done) {
    Files = (*Last)->Files.size();
    if (Error E = takeBack(**Last, Step))
      return joinErrors(
          createStringError(inconvertibleErrorCode(),
                            "a fix was interrupted and has to be taken back "
                            "first"),
          std::move(E));
  }
  pruneJournals(Root);
  return Files;
}

} // namespace unsingleton
