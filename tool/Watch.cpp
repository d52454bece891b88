//===- Watch.cpp - check --watch --------------------------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "tool/Watch.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/WithColor.h"
#include "llvm/Support/raw_ostream.h"
#include <chrono>
#include <map>
#include <thread>

using namespace llvm;

namespace unsingleton {

namespace {
constexpr auto Pause = std::chrono::milliseconds(200);

/// Nothing: there is no such file.
using Stamp = std::optional<std::pair<sys::TimePoint<>, uint64_t>>;

Stamp stampOf(const std::string &Path) {
  sys::fs::file_status Status;
  if (sys::fs::status(Path, Status))
    return std::nullopt;
  return std::pair(Status.getLastModificationTime(), Status.getSize());
}

std::map<std::string, Stamp> stampsOf(const std::set<std::string> &Files) {
  std::map<std::string, Stamp> Result;
  for (const std::string &File : Files)
    Result.emplace(File, stampOf(File));
  return Result;
}

/// The first file that is not as \p Before says, once nothing moves any more:
/// an editor or git writes more than one.
std::string waitForChange(std::map<std::string, Stamp> Before) {
  std::string Changed;
  while (true) {
    std::this_thread::sleep_for(Pause);
    bool Moving = false;
    for (auto &[File, Known] : Before)
      if (Stamp Now = stampOf(File); Now != Known) {
        Known = Now;
        Moving = true;
        if (Changed.empty())
          Changed = File;
      }
    if (!Changed.empty() && !Moving)
      return Changed;
  }
}
} // namespace

std::set<std::string> watchedFiles(const Session &S, const CommandLine &Line) {
  std::set<std::string> Result;
  for (const UnitCommand &Unit : S.Units)
    Result.insert(Unit.File);
  for (const LinkedUnit &Unit : S.Linked->units())
    for (const UnitError &Error : Unit.Errors)
      if (!Error.File.empty())
        Result.insert(Error.File);
  for (const FileFact &File : S.Linked->files())
    Result.insert(File.Path);
  for (const std::string &Build : Line.Builds)
    Result.insert(Build + "/compile_commands.json");
  Result.insert(S.Of.Root + "/.clang-tidy");
  return Result;
}

Expected<int>
watch(function_ref<Expected<int>(std::set<std::string> &)> Check) {
  std::set<std::string> Files;
  if (Expected<int> Status = Check(Files); !Status)
    return Status;
  std::map<std::string, Stamp> Known = stampsOf(Files);
  while (true) {
    errs() << "watching " << counted(Files.size(), "file")
           << "; Ctrl-C ends it\n";
    std::string Changed = waitForChange(std::move(Known));
    errs() << "\n'" << sys::path::filename(Changed) << "' has changed\n";
    // As they are before the check: what is saved meanwhile is seen after it.
    Known = stampsOf(Files);
    std::set<std::string> Seen;
    Expected<int> Status = Check(Seen);
    if (!Status) {
      WithColor::error(errs(), "unsingleton")
          << toString(Status.takeError()) << "\n";
      continue;
    }
    Files = std::move(Seen);
    for (const std::string &File : Files)
      Known.try_emplace(File, stampOf(File));
  }
}

} // namespace unsingleton
