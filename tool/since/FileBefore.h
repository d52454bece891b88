//===- FileBefore.h - A file as it was --------------------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Most of what a pull request changes no unit reads: documents, pictures, data
// of any size, which a partial clone would have to fetch. So a text is read
// when somebody asks for it, and once.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_TOOL_SINCE_FILEBEFORE_H
#define UNSINGLETON_TOOL_SINCE_FILEBEFORE_H

#include "llvm/ADT/FunctionExtras.h"
#include "llvm/ADT/StringMap.h"
#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace unsingleton {

/// Copies are of the same file and share its text. Thread-safe.
class FileBefore {
public:
  /// What reads the text; nothing where that failed.
  using Reader = llvm::unique_function<std::optional<std::string>()>;

  FileBefore() = default; ///< there was no file
  explicit FileBefore(Reader Read);

  bool wasThere() const { return Mine != nullptr; }
  /// Null where it cannot be read. Lives as long as any copy.
  const std::string *text() const;
  /// Whether somebody asked for a text that cannot be read.
  bool failed() const;

private:
  struct Contents {
    std::once_flag Once; ///< guards Read, and Text until it is read
    Reader Read;
    std::optional<std::string> Text;
    std::atomic<bool> Failed = false;
  };
  std::shared_ptr<Contents> Mine;
};

/// By absolute path.
using FilesBefore = llvm::StringMap<FileBefore>;

} // namespace unsingleton

#endif
