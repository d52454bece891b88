//===- Journal.h - What a fix has done and how to take it back --*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Below the project's root, hidden from git by a .gitignore of its own:
//
//     .unsingleton/lock                  held while somebody fixes or undoes
//     .unsingleton/fix-00000007/before/0…    the files as they were
//     .unsingleton/fix-00000007/journal.json the files, their digests, the
//     state
//
// The journal is complete before the first file is touched, and its state says
// what a run that was killed was about:
//
//     no journal.json   nothing was touched
//     begun             some files are new, some old: to be taken back
//     done              all files are new
//     undoing           some files are old again: to be taken back
//
// An idea of databases (a rollback journal). What it holds is not trusted: a
// path that leads out of the root is an error.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_TOOL_JOURNAL_H
#define UNSINGLETON_TOOL_JOURNAL_H

#include "fixits/Render.h"
#include "llvm/Support/Error.h"
#include <optional>
#include <utility>

namespace unsingleton {

/// A test is told of each change to the disk before it is made, by a name;
/// everybody else passes none.
using StepSeam = llvm::function_ref<void(llvm::StringRef)>;

struct JournalEntry {
  std::string Path;      ///< relative to the root
  std::string Before;    ///< digests
  std::string After;     ///< of the new text
  std::string Temporary; ///< name of the file written beside
};

/// One fix on disk. A plain value; the folder is the truth.
struct Journal {
  enum class State : uint8_t { Begun, Done, Undoing };

  std::string Root;   ///< real path
  std::string Folder; ///< of this fix
  State Now = State::Begun;
  std::vector<JournalEntry> Files;

  std::string path(const JournalEntry &Entry) const {
    return Root + "/" + Entry.Path;
  }
  std::string temporary(const JournalEntry &Entry) const;
  std::string saved(size_t Entry) const; ///< the copy of the old text

  /// Writes the state (and with it, the journal) durably.
  llvm::Error write(State New);
  /// Forgets the fix: its folder goes.
  llvm::Error remove() const;
};

/// Saves \p Files' old texts and writes a journal in state Begun.
llvm::Expected<Journal> beginJournal(const std::string &Root,
                                     const std::vector<ChangedFile> &Files,
                                     StepSeam Step);

/// The newest journal below \p Root, if there is one. Folders of runs that
/// were killed before they touched a file do not count.
llvm::Expected<std::optional<Journal>> lastJournal(const std::string &Root);

/// Removes those folders, and all but the newest ten fixes.
void pruneJournals(const std::string &Root);

/// The one that may write below a root. Released when destroyed, and by the
/// system when the process dies.
class WorkLock {
public:
  static llvm::Expected<WorkLock> take(const std::string &Root);
  WorkLock(WorkLock &&Other)
      : Descriptor(std::exchange(Other.Descriptor, -1)),
        Folder(std::move(Other.Folder)) {}
  WorkLock(const WorkLock &) = delete;
  WorkLock &operator=(const WorkLock &) = delete;
  ~WorkLock();

private:
  WorkLock(int Descriptor, std::string Folder)
      : Descriptor(Descriptor), Folder(std::move(Folder)) {}
  int Descriptor;
  std::string Folder;
};

/// Where journals of \p Root live.
std::string journalsFolder(const std::string &Root);

} // namespace unsingleton

#endif
