//===- WaysOut.cpp - A fix as something else than changed files -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "tool/WaysOut.h"
#include "tool/Config.h"
#include "tool/DurableFile.h"
#include "tool/UnifiedDiff.h"
#include "tool/WorkTree.h"
#include "clang/Tooling/ReplacementsYaml.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace unsingleton {

static std::string numbered(size_t Number, StringRef Rest) {
  std::string Name;
  raw_string_ostream(Name) << format("%04zu-", Number) << Rest;
  return Name;
}

/// Makes \p Folder. What an earlier run has left there would be applied too.
static Error makeEmpty(const std::string &Folder, StringRef Extension) {
  if (Folder.empty())
    return Error::success();
  if (std::error_code EC = sys::fs::create_directories(Folder))
    return ioError("making", Folder, EC);
  std::error_code EC;
  for (sys::fs::directory_iterator I(Folder, EC), End; !EC && I != End;
       I.increment(EC))
    if (sys::path::extension(I->path()) == Extension)
      return createStringError(inconvertibleErrorCode(),
                               "'" + Folder + "' holds '" +
                                   sys::path::filename(I->path()) +
                                   "' already; give an empty folder");
  return EC ? ioError("reading", Folder, EC) : Error::success();
}

Error checkWaysOut(const CommandLine &Line) {
  if (Error E = makeEmpty(Line.ExportFixes, ".yaml"))
    return E;
  if (Error E = makeEmpty(Line.Series, ".patch"))
    return E;
  return Line.Patch.empty() ? Error::success() : writeBytes(Line.Patch, "");
}

static Error writePatch(const Session &S, const std::string &Path,
                        const FixResult &Result) {
  std::string Text;
  for (const ChangedFile &File : Result.Files)
    Text += unifiedDiff(S.Of.shown(File.Path), File.Before, File.After);
  return writeBytes(Path, Text);
}

static Error exportFixes(const std::string &Folder, const FixResult &Result) {
  for (size_t I = 0; I < Result.Files.size(); ++I) {
    const ChangedFile &File = Result.Files[I];
    clang::tooling::TranslationUnitReplacements Unit;
    Unit.MainSourceFile = File.Path;
    for (const TextChange &Change : changedLines(File.Before, File.After)) {
      if (!json::isUTF8(Change.Text))
        return createStringError(inconvertibleErrorCode(),
                                 "'" + File.Path +
                                     "' is not UTF-8 where it changes, which "
                                     "YAML cannot say; use --patch");
      Unit.Replacements.emplace_back(File.Path, Change.Offset, Change.Length,
                                     Change.Text);
    }
    std::string Text;
    raw_string_ostream OS(Text);
    yaml::Output Out(OS);
    Out << Unit;
    std::string Name =
        numbered(I + 1, sys::path::filename(File.Path).str() + ".yaml");
    if (Error E = writeBytes(Folder + "/" + Name, Text))
      return E;
  }
  return Error::success();
}

namespace {
/// A series is a chain of states of the tree, each planned and verified like a
/// fix of its own; a patch leads from one to the next.
class Series {
public:
  Series(const Session &S, const CommandLine &Line, const FixResult &Whole)
      : S(S), Line(Line), Whole(Whole) {}

  Error run() {
    for (const Migration &M : Whole.Planned.Migrations)
      if (!M.refused())
        Todo.push_back(&M);
    for (size_t Count = 1; Count <= Todo.size(); ++Count) {
      Pending.push_back(Todo[Count - 1]);
      if (Count == Todo.size()) {
        add(Whole);
        break;
      }
      Expected<FixResult> State = planFix(S, Line, after(Count));
      if (!State)
        return State.takeError();
      if (migrates(*State, Count))
        add(*State);
    }
    return write();
  }

private:
  struct Patch {
    std::string Subject, Body, Diff;
  };

  unsigned findingOf(const Migration &M) const {
    return static_cast<unsigned>(M.Of - S.Findings.data());
  }

  Exclusions after(size_t Count) const {
    Exclusions Later;
    for (const Migration *M : ArrayRef(Todo).drop_front(Count))
      Later[findingOf(*M)] = {RefusalCode::Conflict,
                              S.Linked->name(M->Of->entity()), "a later patch",
                              M->Of->place()};
    return Later;
  }

  bool migrates(const FixResult &State, size_t Count) const {
    return all_of(ArrayRef(Todo).take_front(Count), [&](const Migration *M) {
      const Migration *There = State.Planned.of(M->Of->Fingerprint);
      return There && !There->refused();
    });
  }

  /// One patch for all that is pending: to the tree as it is in \p State.
  void add(const FixResult &State) {
    Patch New;
    std::map<std::string, const ChangedFile *> Files;
    for (const ChangedFile &File : State.Files)
      Files[File.Path] = &File;
    for (const auto &[Path, File] : Files) {
      std::string &Last = Texts.try_emplace(Path, File->Before).first->second;
      New.Diff += diff(Path, Last, File->After);
      Last = File->After;
    }
    for (const Migration *M : Pending)
      New.Body += "Migrate '" + S.Linked->name(M->Of->entity()) + "' to '" +
                  M->NewName + "'\n";
    New.Subject = Pending.size() == 1
                      ? StringRef(New.Body).rtrim().str()
                      : "Migrate " + counted(Pending.size(), "singleton");
    Pending.clear();
    Patches.push_back(std::move(New));
  }

  std::string diff(const std::string &Path, StringRef Before, StringRef After) {
    std::string Name = Prefix + S.Of.shown(Path);
    std::string Text = unifiedDiff(Name, Before, After);
    return Text.empty() ? Text
                        : "diff --git a/" + Name + " b/" + Name + "\n" + Text;
  }

  std::string fromGit(ArrayRef<StringRef> Arguments, StringRef Otherwise) {
    std::optional<std::string> Said = git(S.Of.Root, Arguments);
    StringRef Trimmed = Said ? StringRef(*Said).trim() : "";
    return (Trimmed.empty() ? Otherwise : Trimmed).str();
  }

  /// As `git format-patch` writes it. The date is the last commit's, so that
  /// the same tree gives the same bytes.
  Error write() {
    std::string Author = fromGit({"var", "GIT_AUTHOR_IDENT"},
                                 "unsingleton <unsingleton@localhost> 0");
    Author.resize(Author.rfind('>') + 1);
    std::string Date = fromGit({"log", "-1", "--format=%aD"},
                               "Thu, 1 Jan 1970 00:00:00 +0000");
    for (size_t I = 0; I < Patches.size(); ++I) {
      const Patch &P = Patches[I];
      std::string Text;
      raw_string_ostream(Text)
          << "From " << std::string(40, '0') << " Mon Sep 17 00:00:00 2001\n"
          << "From: " << Author << "\nDate: " << Date << "\nSubject: [PATCH "
          << I + 1 << "/" << Patches.size() << "] " << P.Subject
          << "\nMIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\n"
             "Content-Transfer-Encoding: 8bit\n\n"
          << P.Body << "---\n"
          << P.Diff << "-- \nunsingleton " << UNSINGLETON_VERSION << "\n";
      std::string Name = numbered(I + 1, "migrate.patch");
      if (Error E = writeBytes(Line.Series + "/" + Name, Text))
        return E;
    }
    return Error::success();
  }

  const Session &S;
  const CommandLine &Line;
  const FixResult &Whole;
  std::vector<const Migration *> Todo, Pending;
  std::map<std::string, std::string> Texts; ///< of files, as last patched
  std::vector<Patch> Patches;
  /// From the top of the work tree, to which git am wants paths to be relative.
  std::string Prefix = fromGit({"rev-parse", "--show-prefix"}, "");
};
} // namespace

Error takeWayOut(const Session &S, const CommandLine &Line,
                 const FixResult &Result) {
  if (!Line.Patch.empty())
    return writePatch(S, Line.Patch, Result);
  if (!Line.ExportFixes.empty())
    return exportFixes(Line.ExportFixes, Result);
  if (!Line.Series.empty())
    return Series(S, Line, Result).run();
  return Error::success();
}

} // namespace unsingleton
