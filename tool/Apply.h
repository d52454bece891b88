//===- Apply.h - Writing the changed files -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// All files or none: every new text is first written beside its file, then all
// are renamed into place; if one cannot be, those already renamed are put back.
// A file whose text is not the one that was analysed stops everything before
// the first write.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_TOOL_APPLY_H
#define UNSINGLETON_TOOL_APPLY_H

#include "fixits/Render.h"
#include "llvm/Support/Error.h"

namespace unsingleton {

/// Permissions are kept. On error the tree is as it was.
llvm::Error apply(const std::vector<ChangedFile> &Files);

/// Whether the owner may write \p Path, by its mode and not by our rights.
bool isWritable(const std::string &Path);

} // namespace unsingleton

#endif
