//===- MemoryFile.h - A file whose text is in memory ------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_TOOL_MEMORYFILE_H
#define UNSINGLETON_TOOL_MEMORYFILE_H

#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/VirtualFileSystem.h"

namespace unsingleton {

/// What an overlay hands out in place of a file on disk: the text after a fix,
/// or as it was at another revision. The text belongs to the overlay's data and
/// must outlive the file; buffers are copies and need not.
class MemoryFile : public llvm::vfs::File {
public:
  MemoryFile(llvm::vfs::Status Stat, llvm::StringRef Text)
      : Stat(std::move(Stat)), Text(Text) {}

  llvm::ErrorOr<llvm::vfs::Status> status() override { return Stat; }
  llvm::ErrorOr<std::unique_ptr<llvm::MemoryBuffer>>
  getBuffer(const llvm::Twine &Name, int64_t /*Size*/, bool /*Terminated*/,
            bool /*Volatile*/) override {
    return llvm::MemoryBuffer::getMemBufferCopy(Text, Name);
  }
  std::error_code close() override { return {}; }

private:
  llvm::vfs::Status Stat;
  llvm::StringRef Text;
};

} // namespace unsingleton

#endif // UNSINGLETON_TOOL_MEMORYFILE_H
