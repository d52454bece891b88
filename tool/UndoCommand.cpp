//===- UndoCommand.cpp - unsingleton undo -----------------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "tool/Apply.h"
#include "tool/Commands.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace unsingleton {

/// The folder with the journals: --root, or the nearest one from here upwards.
static Expected<std::string> fixedRoot(const CommandLine &Line) {
  SmallString<256> Start;
  if (std::error_code EC = sys::fs::real_path(
          Line.Root.empty() ? StringRef(".") : StringRef(Line.Root), Start))
    return createStringError(EC,
                             "'--root': no such folder: '" + Line.Root + "'");
  for (std::string At(Start); !At.empty();
       At = sys::path::parent_path(At).str()) {
    if (sys::fs::is_directory(journalsFolder(At)))
      return At;
    if (!Line.Root.empty())
      break;
  }
  return createStringError(inconvertibleErrorCode(),
                           "no fix was made in '" + Start +
                               "' that could be undone");
}

Expected<int> runUndo(const CommandLine &Line) {
  Expected<std::string> Root = fixedRoot(Line);
  if (!Root)
    return Root.takeError();
  Expected<WorkLock> Lock = WorkLock::take(*Root);
  if (!Lock)
    return Lock.takeError();
  Expected<std::optional<Journal>> Last = lastJournal(*Root);
  if (!Last)
    return Last.takeError();
  if (!*Last)
    return createStringError(inconvertibleErrorCode(),
                             "no fix was made in '" + *Root +
                                 "' that could be undone");
  bool Interrupted = (*Last)->Now != Journal::State::Done;
  size_t Files = (*Last)->Files.size();
  if (Error E = takeBack(**Last))
    return std::move(E);
  pruneJournals(*Root);
  if (!Line.Quiet)
    outs() << "took back " << (Interrupted ? "an interrupted" : "the last")
           << " fix of " << counted(Files, "file") << "\n";
  return NothingToReport;
}

} // namespace unsingleton
