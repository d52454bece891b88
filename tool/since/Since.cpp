//===- Since.cpp - What is new since a revision -----------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "tool/since/Since.h"
#include "tool/since/BaseTree.h"
#include "tool/since/BaseUnits.h"
#include "tool/since/News.h"
#include "tool/store/UnitSource.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/WithColor.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace unsingleton {

static bool below(StringRef Path, StringRef Folder) {
  return Path == Folder ||
         (Path.consume_front(Folder) && Path.starts_with("/"));
}

/// Folders that builds write to: nobody's changes.
static std::vector<std::string> buildFolders(const CommandLine &Line,
                                             const Project &Of) {
  std::vector<std::string> Result = Of.Extracting.Generated;
  for (const std::string &Folder :
       {cacheFolder(Line), Of.Root + "/.unsingleton"}) {
    SmallString<256> Real;
    if (!sys::fs::real_path(Folder, Real))
      Result.push_back(std::string(Real));
  }
  return Result;
}

/// What a build has written is there in both states. Where git does not ignore
/// it, it would be missing in the base, which then would not parse.
static void keepGenerated(TreeChanges &Since,
                          const std::vector<std::string> &Builds) {
  for (const std::string &Path : Since.Untracked)
    if (any_of(Builds, [&](StringRef Build) { return below(Path, Build); }))
      Since.Before.erase(Path);
}

static std::vector<std::string>
notCovered(const Session &S, const TreeChanges &Since,
           const std::vector<std::string> &Builds) {
  StringSet<> Read;
  for (const LinkedUnit &Unit : S.Linked->units()) {
    Read.insert(Unit.MainFile); // of a unit that failed, too
    for (FileIndex File : Unit.Reads)
      Read.insert(S.Linked->file(File).Path);
  }
  std::vector<std::string> Result;
  auto Ours = [&](StringRef Path) {
    return below(Path, S.Of.Root) &&
           none_of(Builds, [&](StringRef Build) { return below(Path, Build); });
  };
  for (const std::string &Path : Since.Changed)
    if (isCppName(Path) && Ours(Path) && !Read.contains(Path))
      Result.push_back(Path);
  for (const std::string &Path : Since.Opaque)
    if (Ours(Path) && (isCppName(Path) || sys::fs::is_directory(Path) ||
                       any_of(Read, [&](const auto &File) {
                         return below(File.getKey(), Path);
                       })))
      Result.push_back(Path);
  sort(Result);
  return Result;
}

Expected<SinceResult> studySince(Session &S, const CommandLine &Line) {
  Expected<TreeChanges> Since =
      changesSince(S.Of.Root, Line.Since, Line.SinceMergeBase);
  if (!Since)
    return Since.takeError();
  SinceResult Result{Line.Since, Since->Base, {}, {}, {}};
  std::vector<std::string> Builds = buildFolders(Line, S.Of);
  Result.NotCovered = notCovered(S, *Since, Builds);
  keepGenerated(*Since, Builds);
  SourceTree Tree = baseTree(Since->Before);
  Program Base = Program::link(unitFacts(S, Line, baseUnits(S.Units, *Since),
                                         Tree, "extract as of " + Line.Since),
                               /*Whole=*/true);
  for (const auto &File : Since->Before)
    if (File.second.failed())
      return createStringError(inconvertibleErrorCode(),
                               "cannot read '" + S.Of.shown(File.getKey()) +
                                   "' as of " + Since->Base + " out of git");
  std::set<std::string> FailedNow;
  for (const LinkedUnit &Unit : S.Linked->units())
    if (!Unit.Errors.empty())
      FailedNow.insert(Unit.MainFile);
  for (const LinkedUnit &Unit : Base.units())
    if (!Unit.Errors.empty() && !FailedNow.count(Unit.MainFile))
      Result.BaseFailed.push_back(Unit.MainFile);
  std::vector<Finding> Before = decide(
      Base, S.Of.Judging, [&](StringRef Rule) { return S.Of.enabled(Rule); });
  Result.News = newsOf({Base, Before}, {*S.Linked, S.Findings},
                       Since->RenamedFrom, Line.Since);
  return Result;
}

std::string whyNotCovered(const SinceResult &Since, StringRef Path) {
  return "has changed since " + Since.Revision +
         (isCppName(Path) ? ", and no unit that was analysed reads it"
                          : ", and what it showed then cannot be seen");
}

void reportSince(const SinceResult &Since, const Project &Of, raw_ostream &OS) {
  for (const std::string &Path : Since.NotCovered) {
    WithColor(OS, HighlightColor::Error) << "error: ";
    OS << "'" << Of.shown(Path) << "' " << whyNotCovered(Since, Path)
       << ": it was not analysed\n";
  }
  for (const std::string &Path : Since.BaseFailed) {
    WithColor(OS, HighlightColor::Warning) << "warning: ";
    OS << "'" << Of.shown(Path) << "' did not parse as it was in "
       << Since.Revision << ": what it held may be told as new\n";
  }
}

void addSince(const SinceResult &Since, const Project &Of,
              json::Object &Report) {
  auto Shown = [&](const std::vector<std::string> &Paths) {
    json::Array Result;
    for (const std::string &Path : Paths)
      Result.push_back(Of.shown(Path));
    return Result;
  };
  Report["since"] = Since.Revision;
  Report["base"] = Since.Base;
  Report["not_covered"] = Shown(Since.NotCovered);
  Report["base_failed"] = Shown(Since.BaseFailed);
}

} // namespace unsingleton
