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

#include "tool/store/FileTrace.h"
#include <optional>

namespace unsingleton {

/// By absolute path: the text, or nothing where there was no file.
using FilesBefore = llvm::StringMap<std::optional<std::string>>;

/// \p Before is copied.
SourceTree baseTree(const FilesBefore &Before);

} // namespace unsingleton

#endif
