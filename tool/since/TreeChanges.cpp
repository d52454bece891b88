//===- TreeChanges.cpp - What has changed since a revision ------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "tool/since/TreeChanges.h"
#include "tool/WorkTree.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Program.h"

using namespace llvm;

namespace unsingleton {

bool isCppName(StringRef Path) {
  static constexpr StringLiteral Extensions[] = {
      ".c",   ".cc",  ".cpp",  ".cxx", ".c++",  ".cp",  ".h",   ".hh",
      ".hpp", ".hxx", ".h++",  ".inl", ".ipp",  ".tcc", ".tpp", ".txx",
      ".ixx", ".icc", ".cppm", ".ccm", ".cxxm", ".c++m"};
  return is_contained(Extensions, sys::path::extension(Path).lower());
}

static Error wrong(const Twine &Text) {
  return createStringError(inconvertibleErrorCode(), Text);
}

namespace {
class DiffReader {
public:
  DiffReader(std::string Top, TreeChanges &Out)
      : Top(std::move(Top)), Out(Out) {}

  /// `:old-mode new-mode old-hash new-hash status NUL path NUL [path NUL]`.
  Error readDiff(StringRef Text) {
    while (!Text.empty()) {
      auto [Head, AfterHead] = Text.split('\0');
      auto [First, AfterFirst] = AfterHead.split('\0');
      SmallVector<StringRef, 5> Fields;
      Head.split(Fields, ' ');
      if (Fields.size() != 5 || First.empty())
        return wrong("git told its changes in a way that is not known");
      char Status = Fields[4].front();
      Text = AfterFirst;
      StringRef Second;
      if (Status == 'R' || Status == 'C')
        std::tie(Second, Text) = AfterFirst.split('\0');
      if (Error E =
              add(Fields[0].drop_front(), Fields[1], Status, First, Second))
        return E;
    }
    return Error::success();
  }

  void readUntracked(StringRef Text) {
    SmallVector<StringRef, 16> Paths;
    Text.split(Paths, '\0', -1, /*KeepEmpty=*/false);
    for (StringRef Path : Paths) {
      if (Path.ends_with("/")) // a repository in the repository
        continue;
      Out.Before[absolute(Path)] = FileBefore();
      Out.Changed.push_back(absolute(Path));
      Out.Untracked.push_back(absolute(Path));
    }
  }

private:
  std::string absolute(StringRef Path) const { return Top + "/" + Path.str(); }

  Error add(StringRef OldMode, StringRef NewMode, char Status, StringRef Path,
            StringRef NewPath) {
    auto IsOpaque = [](StringRef Mode) {
      return Mode == "120000" || Mode == "160000";
    };
    if (IsOpaque(OldMode) || IsOpaque(NewMode)) {
      Out.Opaque.push_back(absolute(NewPath.empty() ? Path : NewPath));
      return Error::success();
    }
    StringRef Now = NewPath.empty() ? Path : NewPath;
    if (Status != 'A' && Status != 'C')
      addBefore(Path);
    if (Status == 'A' || Status == 'C' || Status == 'R')
      Out.Before[absolute(Now)] = FileBefore();
    if (Status == 'R') {
      Out.RenamedFrom[absolute(Now)] = absolute(Path);
      Out.Deleted.push_back(absolute(Path));
    }
    (Status == 'D' ? Out.Deleted : Out.Changed).push_back(absolute(Now));
    return Error::success();
  }

  /// As a checkout would write it: with the user's line endings.
  void addBefore(StringRef Path) {
    std::string Name = Out.Base + ":" + Path.str();
    Out.Before[absolute(Path)] = FileBefore([Top = Top, Name] {
      return git(Top, {"cat-file", "--filters", Name});
    });
  }

  std::string Top;
  TreeChanges &Out;
};
} // namespace

/// What to do where a commit is not at hand.
static std::string hint(const std::string &Root) {
  std::optional<std::string> Shallow =
      git(Root, {"rev-parse", "--is-shallow-repository"});
  if (Shallow && StringRef(*Shallow).trim() == "true")
    return "; this clone is shallow: fetch its history ('git fetch "
           "--unshallow', or 'fetch-depth: 0' for actions/checkout)";
  if (!git(Root, {"rev-parse", "--verify", "--quiet", "HEAD"}))
    return "; this repository has no commit yet";
  return "";
}

static Expected<std::string> commitOf(const std::string &Root,
                                      const std::string &Revision,
                                      bool FromMergeBase) {
  std::optional<std::string> Commit =
      git(Root, {"rev-parse", "--verify", "--quiet", "--end-of-options",
                 Revision + "^{commit}"});
  if (!Commit)
    return wrong("git knows no revision '" + Revision + "'" + hint(Root));
  std::string Hash = StringRef(*Commit).trim().str();
  if (!FromMergeBase)
    return Hash;
  std::optional<std::string> Parting = git(Root, {"merge-base", Hash, "HEAD"});
  if (!Parting)
    return wrong("'" + Revision + "' and HEAD have no commit in common" +
                 hint(Root));
  return StringRef(*Parting).trim().str();
}

Expected<TreeChanges> changesSince(const std::string &Root,
                                   const std::string &Revision,
                                   bool FromMergeBase) {
  if (!sys::findProgramByName("git"))
    return wrong("'--since' needs git, which is not installed");
  std::optional<std::string> Top = git(Root, {"rev-parse", "--show-toplevel"});
  if (!Top)
    return wrong("'--since' needs a git work tree, and '" + Root +
                 "' is in none that git reads; 'git -C " + Root +
                 " status' says why");
  SmallString<256> Real;
  StringRef TopPath = StringRef(*Top).rtrim("\n");
  if (sys::fs::real_path(TopPath, Real))
    Real = TopPath;
  TreeChanges Result;
  Expected<std::string> Base = commitOf(Root, Revision, FromMergeBase);
  if (!Base)
    return Base.takeError();
  Result.Base = std::move(*Base);
  std::string Where(Real);
  std::optional<std::string> Diff =
      git(Where, {"diff", "--raw", "-z", "--no-abbrev", "--no-ext-diff",
                  "--find-renames", "-l5000", Result.Base, "--"});
  std::optional<std::string> Untracked =
      git(Where, {"ls-files", "-z", "--others", "--exclude-standard"});
  if (!Diff || !Untracked)
    return wrong("git cannot compare '" + Where + "' with " + Result.Base +
                 hint(Root));
  DiffReader Read(Where, Result);
  if (Error E = Read.readDiff(*Diff))
    return std::move(E);
  Read.readUntracked(*Untracked);
  for (auto *Paths : {&Result.Changed, &Result.Deleted, &Result.Opaque})
    sort(*Paths);
  return Result;
}

} // namespace unsingleton
