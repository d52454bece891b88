//===- Apply.cpp - Writing the changed files -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "tool/Apply.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace unsingleton {

static Error failed(const Twine &What, const Twine &Path, std::error_code EC) {
  return createStringError(EC, "while " + What + " '" + Path + "': " +
                                   EC.message() + "; nothing was changed");
}

static Error checkUnchanged(const ChangedFile &File) {
  ErrorOr<std::unique_ptr<MemoryBuffer>> Now =
      MemoryBuffer::getFile(File.Path, /*IsText=*/false,
                            /*RequiresNullTerminator=*/false,
                            /*IsVolatile=*/true);
  if (!Now)
    return failed("reading", File.Path, Now.getError());
  if ((*Now)->getBuffer() != File.Before)
    return createStringError(inconvertibleErrorCode(),
                             "'" + File.Path +
                                 "' has changed since it was analysed; nothing "
                                 "was changed, run again");
  return Error::success();
}

namespace {
/// A new text on disk, next to the file that it will replace.
struct Prepared {
  const ChangedFile *File;
  std::string Temporary;
};

Expected<std::string> writeBeside(const std::string &Path, StringRef Text) {
  SmallString<256> Temporary;
  int Descriptor = -1;
  if (std::error_code EC = sys::fs::createUniqueFile(
          Path + ".unsingleton-%%%%%%", Descriptor, Temporary))
    return failed("writing beside", Path, EC);
  raw_fd_ostream Out(Descriptor, /*shouldClose=*/true);
  Out << Text;
  Out.close();
  if (std::error_code EC = Out.error()) {
    Out.clear_error();
    sys::fs::remove(Temporary);
    return failed("writing beside", Path, EC);
  }
  if (ErrorOr<sys::fs::perms> Mode = sys::fs::getPermissions(Path))
    if (std::error_code EC = sys::fs::setPermissions(Temporary, *Mode)) {
      sys::fs::remove(Temporary);
      return failed("setting the mode beside", Path, EC);
    }
  return std::string(Temporary);
}
} // namespace

bool isWritable(const std::string &Path) {
  ErrorOr<sys::fs::perms> Mode = sys::fs::getPermissions(Path);
  return Mode && (*Mode & sys::fs::owner_write) && sys::fs::can_write(Path);
}

Error apply(const std::vector<ChangedFile> &Files) {
  for (const ChangedFile &File : Files)
    if (Error E = checkUnchanged(File))
      return E;
  std::vector<Prepared> Ready;
  auto Clean = [&] {
    for (const Prepared &P : Ready)
      sys::fs::remove(P.Temporary);
  };
  for (const ChangedFile &File : Files) {
    Expected<std::string> Temporary = writeBeside(File.Path, File.After);
    if (!Temporary) {
      Clean();
      return Temporary.takeError();
    }
    Ready.push_back({&File, *Temporary});
  }
  for (size_t I = 0; I < Ready.size(); ++I) {
    std::error_code EC =
        sys::fs::rename(Ready[I].Temporary, Ready[I].File->Path);
    if (!EC)
      continue;
    for (size_t J = 0; J < I; ++J)
      if (Expected<std::string> Old =
              writeBeside(Ready[J].File->Path, Ready[J].File->Before))
        sys::fs::rename(*Old, Ready[J].File->Path);
      else
        consumeError(Old.takeError());
    Clean();
    return failed("replacing", Ready[I].File->Path, EC);
  }
  return Error::success();
}

} // namespace unsingleton
