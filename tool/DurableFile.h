//===- DurableFile.h - Replacing a file at one stroke -----------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A file is replaced by writing the new text beside it and renaming that into
// place: whoever reads sees the old text or the new one, also after a crash.
// Everything here is on disk, not in a cache, before it returns. Thread-safe:
// no state. Errors name the path and what was being done.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_TOOL_DURABLEFILE_H
#define UNSINGLETON_TOOL_DURABLEFILE_H

#include "llvm/Support/Error.h"
#include <string>

namespace unsingleton {

/// The bytes on disk now, never a mapping that could change under us.
llvm::Expected<std::string> readBytes(const std::string &Path);

/// Creates or overwrites \p Path. \p Like: an existing file whose mode, owner
/// and group the new one gets; empty: what the system gives.
llvm::Error writeBytes(const std::string &Path, llvm::StringRef Text,
                       const std::string &Like = "");

/// Renames over \p To and makes the folder remember it.
llvm::Error replaceFile(const std::string &From, const std::string &To);

/// A digest that tells texts apart, also hostile ones.
std::string digestOf(llvm::StringRef Text);

/// "while DOING 'PATH': REASON".
llvm::Error ioError(llvm::StringRef Doing, llvm::StringRef Path,
                    std::error_code Why);

} // namespace unsingleton

#endif
