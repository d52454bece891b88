//===- Verify.cpp - Does the changed program still compile? -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "tool/Verify.h"
#include "tool/Analysis.h"
#include "tool/Config.h"
#include "tool/MemoryFile.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include <map>
#include <set>

using namespace llvm;

namespace unsingleton {

namespace {
/// The real file system with some files replaced. Files are known by real
/// path, so that every link and `./` to one of them shows the new text.
class Overlay : public vfs::ProxyFileSystem {
public:
  Overlay(IntrusiveRefCntPtr<vfs::FileSystem> Base,
          const StringMap<const std::string *> &New)
      : ProxyFileSystem(std::move(Base)), New(New) {}

  ErrorOr<vfs::Status> status(const Twine &Path) override {
    ErrorOr<vfs::Status> Status = ProxyFileSystem::status(Path);
    if (!Status)
      return Status;
    if (const std::string *Text = replaced(Path))
      return vfs::Status::copyWithNewSize(*Status, Text->size());
    return Status;
  }

  ErrorOr<std::unique_ptr<vfs::File>>
  openFileForRead(const Twine &Path) override {
    const std::string *Text = replaced(Path);
    if (!Text)
      return ProxyFileSystem::openFileForRead(Path);
    ErrorOr<vfs::Status> Status = status(Path);
    if (!Status)
      return Status.getError();
    return std::make_unique<MemoryFile>(*Status, *Text);
  }

private:
  const std::string *replaced(const Twine &Path) {
    SmallString<256> Real;
    if (getRealPath(Path, Real))
      return nullptr;
    auto It = New.find(Real);
    return It == New.end() ? nullptr : It->second;
  }

  const StringMap<const std::string *> &New; ///< outlives the overlay
};

/// The runtime's headers, for units whose include path lacks them.
std::string runtimeInclude() {
  SmallString<256> Installed(
      sys::path::parent_path(sys::fs::getMainExecutable(nullptr, nullptr)));
  sys::path::append(Installed, UNSINGLETON_INSTALLED_INCLUDE);
  if (sys::fs::exists(Installed + "/isolation"))
    return std::string(Installed);
  return UNSINGLETON_SOURCE_INCLUDE;
}

using Overlaid = StringMap<const std::string *>;

UnitFacts parse(const UnitCommand &Unit, const Project &Project,
                const Overlaid &New, std::vector<UnitWarning> &Warnings) {
  ParseDepth Depth;
  Depth.SystemBodies = true;
  Depth.Warnings = is_contained(Unit.Warnings, "-w") ? nullptr : &Warnings;
  return extractUnit(
      Unit, Project.Extracting,
      makeIntrusiveRefCnt<Overlay>(vfs::createPhysicalFileSystem(), New),
      Depth);
}

/// The files that are not as \p Proved has them.
std::set<std::string> changedSince(const FileTexts &Proved,
                                   const std::vector<ChangedFile> &Files) {
  std::set<std::string> Result;
  for (const auto &[Path, Text] : Proved)
    Result.insert(Path);
  for (const ChangedFile &File : Files) {
    auto Known = Proved.find(File.Path);
    if (File.After == (Known == Proved.end() ? File.Before : Known->second))
      Result.erase(File.Path);
    else
      Result.insert(File.Path);
  }
  return Result;
}

/// Those of \p After whose kind is more frequent in their file than before.
std::vector<UnitError> newWarnings(const std::vector<UnitWarning> &Before,
                                   const std::vector<UnitWarning> &After) {
  std::map<std::pair<std::string, std::string>, size_t> Known;
  std::set<std::pair<std::string, std::string>> Said;
  for (const UnitWarning &Warning : Before) {
    ++Known[{Warning.What.File, Warning.Flag}];
    Said.insert({Warning.What.File, Warning.What.Message});
  }
  std::vector<UnitError> New, Reworded;
  for (const UnitWarning &Warning : After) {
    size_t &Left = Known[{Warning.What.File, Warning.Flag}];
    UnitError What = Warning.What;
    What.Message += " [-W" + Warning.Flag + "]";
    bool Same = Said.count({Warning.What.File, Warning.What.Message});
    if (Left)
      --Left;
    else
      (Same ? Reworded : New).push_back(std::move(What));
  }
  // One that was said before is rather the old one than the new one.
  New.insert(New.end(), Reworded.begin(), Reworded.end());
  return New;
}
} // namespace

VerifyResult verify(const Program &Before,
                    const std::vector<UnitCommand> &Units,
                    const std::vector<ChangedFile> &Files,
                    const Project &Project, unsigned Jobs, bool ShowProgress,
                    const FileTexts &Proved) {
  StringMap<const std::string *> New;
  for (const ChangedFile &File : Files)
    New[File.Path] = &File.After;
  std::set<std::string> Changed = changedSince(Proved, Files);
  std::set<std::string> Affected;
  for (const LinkedUnit &Unit : Before.units())
    for (FileIndex Read : Unit.Reads)
      if (Changed.count(Before.file(Read).Path)) {
        Affected.insert(Unit.MainFile);
        break;
      }
  std::vector<UnitCommand> Todo;
  for (const UnitCommand &Unit : Units)
    if (Affected.count(Unit.File)) {
      Todo.push_back(Unit);
      // Last on the line: the unit's own headers come first.
      Todo.back().Arguments.insert(Todo.back().Arguments.end() - 1,
                                   {"-idirafter", runtimeInclude()});
    }
  VerifyResult Result;
  Result.Units = Todo.size();
  Result.Facts.resize(Todo.size());
  std::vector<std::vector<UnitError>> Warnings(Todo.size());
  Progress Bar(Todo.size(), ShowProgress);
  forEachInParallel(Todo.size(), Jobs, [&](size_t I) {
    std::vector<UnitWarning> Now, Then;
    Result.Facts[I] = parse(Todo[I], Project, New, Now);
    if (!Result.Facts[I].failed() && !Now.empty()) {
      parse(Todo[I], Project, Overlaid(), Then);
      Warnings[I] = newWarnings(Then, Now);
    }
    Bar.step(Todo[I].File);
  });
  if (auto It = find_if(Warnings, [](const auto &W) { return !W.empty(); });
      It != Warnings.end())
    Result.Warnings = std::move(*It);
  for (const UnitFacts &Unit : Result.Facts)
    if (Unit.failed()) {
      Result.Errors = Unit.Errors;
      Result.FailedUnit = Unit.MainFile;
      break;
    }
  return Result;
}

} // namespace unsingleton
