//===- Series.cpp - A fix as patches that build one by one ------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "tool/Series.h"
#include "tool/Config.h"
#include "tool/DurableFile.h"
#include "tool/UnifiedDiff.h"
#include "tool/WorkTree.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace unsingleton {

std::string numbered(size_t Number, StringRef Rest) {
  std::string Name;
  raw_string_ostream(Name) << format("%04zu-", Number) << Rest;
  return Name;
}

namespace {
constexpr Stage AllStages[] = {Stage::Add, Stage::Thread, Stage::Switch,
                               Stage::Whole};

StringRef nameOf(Stage At) {
  constexpr StringLiteral Names[] = {"add", "thread", "switch", "migrate"};
  return Names[static_cast<size_t>(At)];
}

/// What a stage does for `Old`, which becomes `New`; \p Scope: whose object it
/// will be.
std::string sentence(Stage At, const std::string &Old, const std::string &New,
                     StringRef Scope) {
  bool Kept = Old == New;
  switch (At) {
  case Stage::Add:
    if (Kept)
      return "Add an overload of '" + New + "' that takes a context";
    return "Add '" + New + "', which takes a context, beside '" + Old + "'";
  case Stage::Thread:
    return "Pass a context to what calls '" + Old + "'";
  case Stage::Switch:
    if (Kept)
      return "Call the overload of '" + New + "' that takes a context";
    return "Call '" + New + "' where '" + Old + "' was called";
  case Stage::Whole:
    return "Migrate '" + Old + "'" + (Kept ? "" : " to '" + New + "'") +
           ", one object for each " + Scope.str();
  }
  return {};
}

/// A series is a chain of states of the tree, each planned and verified like a
/// fix of its own; a patch leads from one to the next.
class Series {
public:
  Series(const Session &S, const CommandLine &Line, Verifier &Checks,
         const FixResult &Whole)
      : S(S), Line(Line), Checks(Checks), Whole(Whole) {}

  Error run() {
    for (const Migration &M : Whole.Planned.Migrations)
      if (!M.refused())
        Todo.push_back(&M);
    for (size_t Count = 1; Count < Todo.size(); ++Count) {
      Pending.push_back(Todo[Count - 1]);
      Lessons Learnt = without(Count);
      Expected<FixStage> State = stageOf(S, Checks, Learnt, {});
      if (!State)
        return State.takeError();
      if (State->Stands && migrates(State->Planned, Count))
        if (Error E = stages(Learnt, State->Files))
          return E;
    }
    if (!Todo.empty()) {
      Pending.push_back(Todo.back());
      if (Error E = stages(Whole.Learnt, Whole.Files))
        return E;
    }
    return write();
  }

private:
  struct Patch {
    std::string Subject, Body, Diff;
    Stage At = Stage::Whole;
  };

  unsigned findingOf(const Migration &M) const {
    return static_cast<unsigned>(M.Of - S.Findings.data());
  }

  /// What to know to migrate the first \p Count alone.
  Lessons without(size_t Count) const {
    Lessons Learnt = Whole.Learnt;
    for (const Migration *M : ArrayRef(Todo).drop_front(Count))
      Learnt.TakenBack[findingOf(*M)] = {RefusalCode::Conflict,
                                         S.Linked->name(M->Of->entity()),
                                         "a later patch", M->Of->place()};
    return Learnt;
  }

  bool migrates(const Plan &Planned, size_t Count) const {
    return all_of(ArrayRef(Todo).take_front(Count), [&](const Migration *M) {
      const Migration *There = Planned.of(M->Of->Fingerprint);
      return There && !There->refused();
    });
  }

  /// The patches that lead to \p Files, with all that is pending migrated.
  Error stages(const Lessons &Learnt, ArrayRef<ChangedFile> Files) {
    Staging Steps;
    for (const Migration *M : Pending)
      Steps.Findings.insert(findingOf(*M));
    std::vector<Stage> Joined;
    for (Stage At : AllStages) {
      Joined.push_back(At);
      Steps.Upto = At;
      if (At == Stage::Whole) {
        add(Files, Joined);
        break;
      }
      Expected<FixStage> State = stageOf(S, Checks, Learnt, Steps);
      if (!State)
        return State.takeError();
      if (!State->Stands)
        continue;
      add(State->Files, Joined);
      Joined.clear();
    }
    Pending.clear();
    return Error::success();
  }

  /// One patch: to the tree with \p Files changed.
  void add(ArrayRef<ChangedFile> Files, ArrayRef<Stage> Joined) {
    Patch New;
    New.At = Joined.back();
    for (const ChangedFile &File : Files) {
      std::string &Last =
          Texts.try_emplace(File.Path, File.Before).first->second;
      New.Diff += diff(File.Path, Last, File.After);
      Last = File.After;
    }
    if (New.Diff.empty())
      return;
    // All four at once are one migration.
    ArrayRef<Stage> Said = Joined;
    if (Said.size() == std::size(AllStages))
      Said = Said.take_back();
    std::vector<std::string> Sentences;
    for (Stage At : Said)
      for (const Migration *M : Pending)
        Sentences.push_back(sentence(At, S.Linked->name(M->Of->entity()),
                                     newName(*M), M->Scope));
    New.Subject = Pending.size() == 1
                      ? Sentences.back()
                      : "Migrate " + counted(Pending.size(), "singleton") +
                            " (" + nameOf(New.At).str() + ")";
    if (Sentences.size() > 1)
      New.Body = join(Sentences, "\n") + "\n";
    if (New.At != Stage::Whole)
      New.Body += "There is still one object; what changes is how it is "
                  "reached.\n";
    Patches.push_back(std::move(New));
  }

  /// The factory's name, as qualified as the accessor's.
  std::string newName(const Migration &M) const {
    std::string Old = S.Linked->name(M.Of->entity());
    size_t Scope = Old.rfind("::");
    return (Scope == Old.npos ? "" : Old.substr(0, Scope + 2)) + M.NewName;
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
      std::string Name = numbered(I + 1, nameOf(P.At).str() + ".patch");
      if (Error E = writeBytes(Line.Series + "/" + Name, Text))
        return E;
    }
    return Error::success();
  }

  const Session &S;
  const CommandLine &Line;
  Verifier &Checks;
  const FixResult &Whole;
  std::vector<const Migration *> Todo, Pending;
  std::map<std::string, std::string> Texts; ///< as last patched
  std::vector<Patch> Patches;
  /// From the top of the work tree, to which git am wants paths to be relative.
  std::string Prefix = fromGit({"rev-parse", "--show-prefix"}, "");
};
} // namespace

Error writeSeries(const Session &S, const CommandLine &Line, Verifier &Checks,
                  const FixResult &Whole) {
  return Series(S, Line, Checks, Whole).run();
}

} // namespace unsingleton
