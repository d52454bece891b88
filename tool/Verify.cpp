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
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/xxhash.h"
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

UnitFacts parseUnit(const UnitCommand &Unit, const Project &Project,
                    const Overlaid &New, std::vector<UnitWarning> &Warnings,
                    std::vector<UnitError> *Notes = nullptr,
                    bool SystemBodies = true) {
  ParseDepth Depth;
  Depth.SystemBodies = SystemBodies;
  Depth.Warnings = is_contained(Unit.Warnings, "-w") ? nullptr : &Warnings;
  Depth.Notes = Notes;
  return extractUnit(
      Unit, Project.Extracting,
      makeIntrusiveRefCnt<Overlay>(vfs::createPhysicalFileSystem(), New),
      Depth);
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

/// Those of \p After that were not said of the same file before.
std::vector<UnitError> newErrors(const std::vector<UnitError> &Before,
                                 const std::vector<UnitError> &After) {
  std::map<std::pair<std::string, std::string>, size_t> Known;
  for (const UnitError &Error : Before)
    ++Known[{Error.File, Error.Message}];
  std::vector<UnitError> New;
  for (const UnitError &Error : After)
    if (size_t &Left = Known[{Error.File, Error.Message}])
      --Left;
    else
      New.push_back(Error);
  return New;
}

/// Many units fail for one reason, which is said once.
void addNew(std::vector<Complaint> &To, const UnitError &What,
            const std::vector<UnitError> &Notes = {}) {
  if (none_of(To, [&](const Complaint &Known) {
        return Known.What == What && Known.Notes == Notes;
      }))
    To.push_back({What, Notes});
}
} // namespace

Verifier::Verifier(const Program &Before, const std::vector<UnitCommand> &Units,
                   const Project &Project, unsigned Jobs, bool ShowProgress)
    : Before(Before), Of(Project), Jobs(Jobs), ShowProgress(ShowProgress) {
  StringMap<std::set<FileIndex>> Reads;
  for (const LinkedUnit &Unit : Before.units())
    Reads[Unit.MainFile].insert(Unit.Reads.begin(), Unit.Reads.end());
  for (const UnitCommand &Command : Units) {
    this->Units.push_back({Command, Reads.lookup(Command.File), {}, {}, {}});
    // Last on the line: the unit's own headers come first.
    std::vector<std::string> &Arguments = this->Units.back().Command.Arguments;
    Arguments.insert(Arguments.end() - 1, {"-idirafter", runtimeInclude()});
  }
}

/// Whether no file that \p U reads is another than when it was last parsed.
bool Verifier::knows(const Unit &U, const Digests &Now) const {
  if (!U.Last)
    return false;
  auto Same = [&](StringRef Path) {
    return Now.lookup(Path) == U.Last->Of->lookup(Path);
  };
  const UnitFacts &Facts = U.Last->Facts;
  return all_of(U.Reads,
                [&](FileIndex Read) { return Same(Before.file(Read).Path); }) &&
         all_of(Facts.Reads,
                [&](FileIndex Read) { return Same(Facts.Files[Read].Path); });
}

void Verifier::parse(Unit &U, const Overlaid &New,
                     std::shared_ptr<const Digests> Digests) const {
  std::vector<UnitWarning> Warned;
  U.Last = {std::move(Digests), {}, {}, {}};
  U.Last->Facts = parseUnit(U.Command, Of, New, Warned, &U.Last->Notes);
  if (U.Last->Facts.failed())
    return leaveOutOld(U, New);
  if (Warned.empty())
    return;
  if (!U.WarnedBefore) {
    U.WarnedBefore.emplace();
    parseUnit(U.Command, Of, Overlaid(), *U.WarnedBefore);
  }
  U.Last->NewWarnings = newWarnings(*U.WarnedBefore, Warned);
}

/// What the compiler that the project is built with takes, in a library's
/// templates, this one may not, in whatever unit instantiates them.
void Verifier::leaveOutOld(Unit &U, const Overlaid &New) const {
  UnitFacts &Now = U.Last->Facts;
  if (all_of(Now.Errors, [&](const UnitError &Error) {
        return New.count(Error.File) != 0;
      }))
    return;
  std::vector<UnitWarning> Unused;
  if (!U.FailedBefore)
    U.FailedBefore = parseUnit(U.Command, Of, Overlaid(), Unused).Errors;
  // Where the parser gave up, what it did not come to is not known to be well.
  constexpr size_t Most = 19;
  if (U.FailedBefore->empty() || U.FailedBefore->size() >= Most)
    return;
  if (std::vector<UnitError> Broke = newErrors(*U.FailedBefore, Now.Errors);
      !Broke.empty()) {
    if (Broke.front() != Now.Errors.front())
      U.Last->Notes.clear();
    Now.Errors = std::move(Broke);
    return;
  }
  U.Last->Notes.clear();
  Now = parseUnit(U.Command, Of, New, Unused, nullptr, /*SystemBodies=*/false);
}

VerifyResult Verifier::verify(const std::vector<ChangedFile> &Files) {
  Overlaid New;
  auto Now = std::make_shared<Digests>();
  for (const ChangedFile &File : Files) {
    New[File.Path] = &File.After;
    (*Now)[File.Path] = xxh3_64bits(File.After);
  }
  Latest.clear();
  std::vector<Unit *> Todo;
  for (size_t I = 0; I < Units.size(); ++I) {
    if (none_of(Units[I].Reads, [&](FileIndex Read) {
          return New.count(Before.file(Read).Path);
        }))
      continue;
    Latest.push_back(I);
    if (!knows(Units[I], *Now))
      Todo.push_back(&Units[I]);
  }
  Progress Bar(Todo.size(), ShowProgress);
  forEachInParallel(Todo.size(), Jobs, [&](size_t I) {
    parse(*Todo[I], New, Now);
    Bar.step(Todo[I]->Command.File);
  });
  VerifyResult Result;
  Result.Units = Latest.size();
  for (size_t I : Latest) {
    const Outcome &Last = *Units[I].Last;
    if (Last.Facts.failed())
      addNew(Result.Errors, Last.Facts.Errors.front(), Last.Notes);
    if (!Last.NewWarnings.empty())
      addNew(Result.Warnings, Last.NewWarnings.front());
  }
  return Result;
}

std::vector<UnitFacts> Verifier::facts() const {
  std::vector<UnitFacts> Result;
  for (size_t I : Latest)
    Result.push_back(Units[I].Last->Facts);
  return Result;
}

} // namespace unsingleton
