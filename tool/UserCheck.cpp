//===- UserCheck.cpp - The user's own check of a fix ------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "tool/UserCheck.h"
#include "tool/Apply.h"
#include "llvm/Support/Program.h"
#include "llvm/Support/raw_ostream.h"
#include <set>

using namespace llvm;

namespace unsingleton {

namespace {
class Bisection {
public:
  Bisection(const Session &S, const CommandLine &Line, Verifier &Checks)
      : S(S), Line(Line), Checks(Checks),
        Log(journalsFolder(S.Of.Root) + "/verify-command.log") {}

  Expected<FixResult> run(FixResult Whole) {
    for (const Migration &M : Whole.Planned.Migrations)
      if (!M.refused())
        Todo.push_back(static_cast<unsigned>(M.Of - S.Findings.data()));
    Expected<bool> Passes = passes(Whole);
    if (!Passes)
      return Passes.takeError();
    if (*Passes)
      return finish(std::move(Whole));
    if (Error E = passesWithout())
      return std::move(E);
    if (Error E = halves(Todo))
      return std::move(E);
    return finish();
  }

private:
  /// Whose fault is it? A check that is red anyway proves nothing.
  Error passesWithout() {
    Expected<bool> Passes = command();
    if (!Passes || *Passes)
      return Passes.takeError();
    return createStringError(inconvertibleErrorCode(),
                             "'" + Line.VerifyCommand +
                                 "' fails without the fix too; nothing was "
                                 "changed (see '" +
                                 Log + "')");
  }

  /// Adds to Accepted those of \p Candidates that pass with it.
  Error grow(ArrayRef<unsigned> Candidates) {
    // Planning reads the files as they were analysed.
    if (Error E = clear())
      return E;
    std::set<unsigned> With = Accepted;
    With.insert(Candidates.begin(), Candidates.end());
    Expected<FixResult> Part = planFix(S, Line, Checks, allBut(With));
    if (!Part)
      return Part.takeError();
    Expected<bool> Passes = passes(*Part);
    if (!Passes)
      return Passes.takeError();
    if (*Passes) {
      Accepted = std::move(With);
      Best = std::move(*Part);
    }
    return *Passes ? Error::success() : halves(Candidates);
  }

  /// The same for \p Candidates that do not pass all together.
  Error halves(ArrayRef<unsigned> Candidates) {
    if (Candidates.size() < 2)
      return Error::success();
    size_t Half = Candidates.size() / 2;
    if (Error E = grow(Candidates.take_front(Half)))
      return E;
    return grow(Candidates.drop_front(Half));
  }

  Exclusions allBut(const std::set<unsigned> &With) const {
    Exclusions Result;
    for (unsigned I : Todo)
      if (!With.count(I))
        Result[I] = {RefusalCode::VerifyCommand,
                     S.Linked->name(S.Findings[I].entity()), Line.VerifyCommand,
                     S.Findings[I].place()};
    return Result;
  }

  Error clear() {
    if (!Standing)
      return Error::success();
    Journal Last = *std::exchange(Standing, std::nullopt);
    return takeBack(Last);
  }

  /// Where it passes, the files are left standing: the next try takes them
  /// back, or there is none.
  Expected<bool> passes(const FixResult &Result) {
    if (Result.Files.empty())
      return true;
    Expected<Journal> Applied = applyFiles(S.Of.Root, Result.Files);
    if (!Applied)
      return Applied.takeError();
    Expected<bool> Passes = command();
    if (!Passes)
      return joinErrors(Passes.takeError(), takeBack(*Applied));
    if (!Line.Quiet)
      errs() << "'" << Line.VerifyCommand << "' "
             << (*Passes ? "passes" : "fails") << " with "
             << counted(count_if(Result.Planned.Migrations,
                                 [](const auto &M) { return !M.refused(); }),
                        "migrated singleton")
             << "\n";
    if (*Passes)
      Standing = std::move(*Applied);
    else if (Error E = takeBack(*Applied))
      return std::move(E);
    return Passes;
  }

  /// Whether the command ends with status 0. It is run where we were.
  Expected<bool> command() {
    ErrorOr<std::string> Shell = sys::findProgramByName("sh");
    if (!Shell)
      return createStringError(Shell.getError(),
                               "'--verify-command' needs a shell, 'sh'");
    std::optional<StringRef> Redirects[] = {StringRef(), StringRef(Log),
                                            StringRef(Log)};
    StringRef Arguments[] = {*Shell, "-c", Line.VerifyCommand};
    std::string Problem;
    int Status = sys::ExecuteAndWait(*Shell, Arguments, std::nullopt, Redirects,
                                     0, 0, &Problem);
    if (Status == -1)
      return createStringError(inconvertibleErrorCode(),
                               "'" + Line.VerifyCommand +
                                   "' cannot be run: " + Problem);
    return Status == 0;
  }

  /// Writes what was accepted.
  Expected<FixResult> finish() {
    if (!Standing) {
      Expected<FixResult> Last = planFix(S, Line, Checks, allBut(Accepted));
      if (!Last)
        return Last;
      Best = std::move(*Last);
    }
    for (const Migration &M : Best.Planned.Migrations)
      for (const Refusal &R : M.Refusals)
        if (R.Code == RefusalCode::VerifyCommand)
          Best.RolledBack.insert(M.Of->Fingerprint);
    return finish(std::move(Best));
  }

  Expected<FixResult> finish(FixResult Result) {
    if (!Standing && !Result.Files.empty()) {
      Expected<Journal> Applied = applyFiles(S.Of.Root, Result.Files);
      if (!Applied)
        return Applied.takeError();
      Standing = std::move(*Applied);
    }
    if (Standing)
      if (Error E = commit(*Standing))
        return std::move(E);
    return std::move(Result);
  }

  const Session &S;
  const CommandLine &Line;
  Verifier &Checks;
  std::string Log;                 ///< what the command prints
  std::vector<unsigned> Todo;      ///< findings that planning accepts
  std::set<unsigned> Accepted;     ///< those of them that pass together
  FixResult Best;                  ///< the plan of Accepted
  std::optional<Journal> Standing; ///< Best on disk, not committed
};
} // namespace

Expected<FixResult> applyChecked(const Session &S, const CommandLine &Line,
                                 Verifier &Checks, FixResult Whole) {
  return Bisection(S, Line, Checks).run(std::move(Whole));
}

} // namespace unsingleton
