//===- WorkTree.h - The user's own changes ----------------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_TOOL_WORKTREE_H
#define UNSINGLETON_TOOL_WORKTREE_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/Error.h"
#include <optional>
#include <string>

namespace unsingleton {

/// Refuses to mix our edits with the user's own uncommitted ones. Files that
/// git does not know do not count; without git there is nothing to refuse.
llvm::Error checkClean(const std::string &Root);

/// Runs git in \p Root. Its standard output; none if git is missing or ends
/// with another status than 0.
std::optional<std::string> git(const std::string &Root,
                               llvm::ArrayRef<llvm::StringRef> Arguments);

} // namespace unsingleton

#endif
