//===- Apply.h - Writing the changed files ----------------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The only stage that writes to the user's files. All of them or none:
//
//   1. the old texts and a journal (Journal.h) are put down;
//   2. every new text is written beside its file, with its mode and owner;
//   3. all are renamed into place;
//   4. `commit` marks the journal as done, `takeBack` restores the old texts.
//
// A process that dies anywhere in between leaves a tree that `recover` takes
// back: the next fix or undo begins with it. A file whose text is not the one
// that was analysed stops everything before the first write.
//
// A file that has several names (hard links) keeps only the one that was
// analysed: the others go on holding the old text.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_TOOL_APPLY_H
#define UNSINGLETON_TOOL_APPLY_H

#include "tool/Journal.h"

namespace unsingleton {

inline void noStep(llvm::StringRef) {}

/// Steps 1 to 3. On error the tree is as it was.
llvm::Expected<Journal> applyFiles(const std::string &Root,
                                   const std::vector<ChangedFile> &Files,
                                   StepSeam Step = noStep);

/// Step 4: what was applied stays, until it is undone.
llvm::Error commit(Journal &Applied, StepSeam Step = noStep);

/// Restores every file byte for byte and forgets the fix. All or nothing: a
/// file that is neither as the fix found it nor as it left it is somebody's
/// work, and stops it before the first write.
llvm::Error takeBack(Journal &Applied, StepSeam Step = noStep);

/// Takes back what a run that did not come to its end has left. Says how many
/// files it was about; 0: there was no such run.
llvm::Expected<size_t> recover(const std::string &Root, StepSeam Step = noStep);

/// Whether the owner may write \p Path, by its mode and not by our rights.
bool isWritable(const std::string &Path);

} // namespace unsingleton

#endif
