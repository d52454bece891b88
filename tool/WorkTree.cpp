//===- WorkTree.cpp - The user's own changes --------------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "tool/WorkTree.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Program.h"

using namespace llvm;

namespace unsingleton {

std::optional<std::string> git(const std::string &Root,
                               ArrayRef<StringRef> Arguments) {
  ErrorOr<std::string> Git = sys::findProgramByName("git");
  SmallString<128> Out;
  if (!Git || sys::fs::createTemporaryFile("unsingleton", "git", Out))
    return std::nullopt;
  SmallVector<StringRef, 12> All{*Git, "-C", Root};
  All.append(Arguments.begin(), Arguments.end());
  std::optional<StringRef> Redirects[] = {StringRef(), StringRef(Out),
                                          StringRef()};
  int Status = sys::ExecuteAndWait(*Git, All, std::nullopt, Redirects);
  ErrorOr<std::unique_ptr<MemoryBuffer>> Text = MemoryBuffer::getFile(Out);
  sys::fs::remove(Out);
  if (Status != 0 || !Text)
    return std::nullopt;
  return (*Text)->getBuffer().str();
}

Error checkClean(const std::string &Root) {
  std::optional<std::string> Status =
      git(Root, {"status", "--porcelain", "--untracked-files=no", "--", "."});
  if (!Status || StringRef(*Status).trim().empty())
    return Error::success();
  return createStringError(inconvertibleErrorCode(),
                           "there are uncommitted changes in '" + Root +
                               "': commit or stash them, or pass "
                               "--allow-dirty");
}

} // namespace unsingleton
