//===- BaseTree.h - The sources as they were --------------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The disk with some files as they were: others in their place, gone, or back,
// with the folders they lay in. Files are known by the real path of their
// folder, so that every way to one of them shows the same.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_TOOL_SINCE_BASETREE_H
#define UNSINGLETON_TOOL_SINCE_BASETREE_H

#include "tool/since/FileBefore.h"
#include "tool/store/FileTrace.h"

namespace unsingleton {

/// \p Before is copied. A text that cannot be read is an error of the file
/// system.
SourceTree baseTree(const FilesBefore &Before);

} // namespace unsingleton

#endif
