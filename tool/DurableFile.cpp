//===- DurableFile.cpp - Replacing a file at one stroke ---------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "tool/DurableFile.h"
#include "checks/facts/Compat.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Errno.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/SHA256.h"
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace llvm;

namespace unsingleton {

Error ioError(StringRef Doing, StringRef Path, std::error_code Why) {
  std::string Reason = Why.message();
  if (!Reason.empty())
    Reason.front() = toLower(Reason.front());
  return createStringError(Why,
                           "while " + Doing + " '" + Path + "': " + Reason);
}

Expected<std::string> readBytes(const std::string &Path) {
  ErrorOr<std::unique_ptr<MemoryBuffer>> Text =
      MemoryBuffer::getFile(Path, /*IsText=*/false,
                            /*RequiresNullTerminator=*/false,
                            /*IsVolatile=*/true);
  if (!Text)
    return ioError("reading", Path, Text.getError());
  return (*Text)->getBuffer().str();
}

/// The owner goes first: changing it takes set-user-id bits away.
static std::error_code takeAfter(int Descriptor, const std::string &Like) {
  struct stat Old = {};
  struct stat New = {};
  if (::stat(Like.c_str(), &Old) || ::fstat(Descriptor, &New))
    return errnoAsErrorCode();
  bool Owned = Old.st_uid == New.st_uid && Old.st_gid == New.st_gid;
  if (!Owned && ::fchown(Descriptor, Old.st_uid, Old.st_gid))
    return errnoAsErrorCode();
  if (::fchmod(Descriptor, Old.st_mode & 07777))
    return errnoAsErrorCode();
  return {};
}

Error writeBytes(const std::string &Path, StringRef Text,
                 const std::string &Like) {
  int Descriptor = -1;
  if (std::error_code EC = sys::fs::openFileForWrite(Path, Descriptor))
    return ioError("writing", Path, EC);
  scope_exit Close([&] { ::close(Descriptor); });
  for (StringRef Rest = Text; !Rest.empty();) {
    ssize_t Written = sys::RetryAfterSignal(-1, ::write, Descriptor,
                                            Rest.data(), Rest.size());
    if (Written < 0)
      return ioError("writing", Path, errnoAsErrorCode());
    Rest = Rest.drop_front(static_cast<size_t>(Written));
  }
  if (!Like.empty())
    if (std::error_code EC = takeAfter(Descriptor, Like))
      return ioError("keeping mode and owner of", Like, EC);
  if (sys::RetryAfterSignal(-1, ::fsync, Descriptor))
    return ioError("writing", Path, errnoAsErrorCode());
  return Error::success();
}

Error replaceFile(const std::string &From, const std::string &To) {
  if (std::error_code EC = sys::fs::rename(From, To))
    return ioError("replacing", To, EC);
  std::string Folder = sys::path::parent_path(To).str();
  int Descriptor = ::open(Folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (Descriptor < 0)
    return ioError("opening", Folder, errnoAsErrorCode());
  // Some file systems know no fsync of folders; then there is nothing to do.
  ::fsync(Descriptor);
  ::close(Descriptor);
  return Error::success();
}

std::string digestOf(StringRef Text) {
  return toHex(SHA256::hash(arrayRefFromStringRef(Text)), /*LowerCase=*/true);
}

} // namespace unsingleton
