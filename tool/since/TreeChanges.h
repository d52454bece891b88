//===- TreeChanges.h - What has changed since a revision --------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The work tree, with all that is not committed, against a revision, as git
// tells it. Nothing in the tree or in git's index is changed.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_TOOL_SINCE_TREECHANGES_H
#define UNSINGLETON_TOOL_SINCE_TREECHANGES_H

#include "tool/since/FileBefore.h"
#include "llvm/Support/Error.h"
#include <string>
#include <vector>

namespace unsingleton {

/// Paths are absolute, below the real path of the work tree.
struct TreeChanges {
  std::string Base;   ///< the commit, as a full hash
  FilesBefore Before; ///< files that differ, as they were in Base
  llvm::StringMap<std::string> RenamedFrom; ///< by the new path
  std::vector<std::string> Changed; ///< files that are there now, sorted
  /// Those of Changed that git has not been told of.
  std::vector<std::string> Untracked;
  std::vector<std::string> Deleted; ///< ones that are not, sorted
  /// Submodules and symbolic links that changed: what they showed in Base
  /// cannot be seen. Sorted.
  std::vector<std::string> Opaque;
};

/// Since \p Revision, or since the commit where the current branch and
/// \p Revision part. \p Root: a folder of the work tree. The error says what to
/// do, also where a shallow clone lacks the revision.
llvm::Expected<TreeChanges> changesSince(const std::string &Root,
                                         const std::string &Revision,
                                         bool FromMergeBase);

/// Whether a file's name says that it is C or C++, source or header.
bool isCppName(llvm::StringRef Path);

} // namespace unsingleton

#endif
