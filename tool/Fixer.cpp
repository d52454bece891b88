//===- Fixer.cpp - A plan that can be written -------------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "tool/Fixer.h"
#include "tool/Apply.h"
#include "tool/Postconditions.h"
#include "tool/StageClock.h"
#include "tool/UnseenCode.h"
#include "tool/Verify.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/xxhash.h"

using namespace llvm;

namespace unsingleton {

namespace {
Expected<std::string> analysedText(const Program &P, FileIndex File) {
  const FileFact &Fact = P.file(File);
  ErrorOr<std::unique_ptr<MemoryBuffer>> Text = MemoryBuffer::getFile(
      Fact.Path, /*IsText=*/false, /*RequiresNullTerminator=*/false,
      /*IsVolatile=*/true);
  if (!Text)
    return createStringError(Text.getError(),
                             "while reading '" + Fact.Path +
                                 "': " + Text.getError().message());
  if (utohexstr(xxh3_64bits((*Text)->getBuffer()), true, 16) != Fact.Digest)
    return createStringError(inconvertibleErrorCode(),
                             "'" + Fact.Path +
                                 "' has changed since it was analysed; nothing "
                                 "was changed, run again");
  return (*Text)->getBuffer().str();
}

class Fixer {
public:
  Fixer(const Session &S, const CommandLine &Line, Exclusions Excluded)
      : S(S), Line(Line), Unseen(S, Line.IgnoreUnseen) {
    Learnt.TakenBack = std::move(Excluded);
  }

  Expected<FixResult> run() {
    while (true) {
      Expected<Rendering> New = planned();
      if (!New)
        return New.takeError();
      Result.Files = std::move(New->Files);
      if (takeBackConflicts(*New) || takeBackReadOnly())
        continue;
      VerifyResult Verified = verified();
      Result.UnitsVerified = Verified.Units;
      bool Again = Verified.Errors.empty()
                       ? takeBackWarned(Verified) || takeBackUnproved(Verified)
                       : takeBackBroken(Verified);
      if (!Again) {
        Result.Learnt = std::move(Learnt);
        return std::move(Result);
      }
      if (++Rounds == MostRounds)
        takeBackAll();
    }
  }

private:
  Expected<Rendering> planned() {
    {
      StageClock Clock("plan", Line, Times);
      Result.Planned = planWithin(S, Unseen, Learnt);
    }
    StageClock Clock("render", Line, Times);
    return render(*S.Linked, Result.Planned, [&](FileIndex File) {
      return analysedText(*S.Linked, File);
    });
  }

  VerifyResult verified() {
    StageClock Clock("verify", Line, Times);
    return verify(*S.Linked, S.Units, Result.Files, S.Of, Line.Jobs,
                  !Line.Quiet);
  }

  /// A program that breaks in so many ways is beyond mending one by one.
  static constexpr unsigned MostRounds = 40;

  void takeBackAll() {
    for (unsigned I = 0; I < Result.Planned.Migrations.size(); ++I) {
      const Migration &M = Result.Planned.Migrations[I];
      if (!M.refused())
        takeBack(I,
                 {RefusalCode::VerificationFailed,
                  S.Linked->name(M.Of->entity()),
                  "it still did not after " + std::to_string(MostRounds) +
                      " attempts; use --only to migrate a few at a time",
                  M.Of->place()},
                 true);
    }
  }

  unsigned findingOf(unsigned Group) const {
    return static_cast<unsigned>(Result.Planned.Migrations[Group].Of -
                                 S.Findings.data());
  }

  void takeBack(unsigned Group, Refusal Why, bool RolledBack) {
    unsigned Finding = findingOf(Group);
    if (Learnt.TakenBack.try_emplace(Finding, std::move(Why)).second &&
        RolledBack)
      Result.RolledBack.insert(S.Findings[Finding].Fingerprint);
  }

  bool takeBackConflicts(const Rendering &New) {
    for (const EditConflict &Conflict : New.Conflicts) {
      unsigned Last =
          std::max(*Conflict.First.rbegin(), *Conflict.Second.rbegin());
      unsigned Other =
          std::min(*Conflict.First.begin(), *Conflict.Second.begin());
      const Finding &Of = *Result.Planned.Migrations[Other].Of;
      takeBack(Last,
               {RefusalCode::Conflict,
                S.Linked->name(Result.Planned.Migrations[Last].Of->entity()),
                S.Linked->name(Of.entity()), Of.place()},
               false);
    }
    return !New.Conflicts.empty();
  }

  bool takeBackReadOnly() {
    bool Any = false;
    for (const ChangedFile &File : Result.Files) {
      if (isWritable(File.Path))
        continue;
      for (unsigned Group : groupsIn(File.Path)) {
        const Finding &F = *Result.Planned.Migrations[Group].Of;
        takeBack(Group,
                 {RefusalCode::ReadOnly, S.Linked->name(F.entity()),
                  S.Of.shown(File.Path), F.place()},
                 false);
        Any = true;
      }
    }
    return Any;
  }

  std::set<unsigned> groupsIn(const std::string &Path) const {
    std::set<unsigned> Groups;
    for (const Edit &E : Result.Planned.Edits)
      if (S.Linked->file(E.Target.File).Path == Path)
        Groups.insert(E.Groups.begin(), E.Groups.end());
    return Groups;
  }

  /// The groups behind the edit that is nearest to a diagnostic; if its file
  /// has none, those of the last singleton still planned.
  std::set<unsigned> culprits(const UnitError &Error) const {
    const Edit *Nearest = nullptr;
    SmallString<256> Real;
    if (sys::fs::real_path(Error.File, Real))
      Real = Error.File;
    // The diagnostic speaks of the new text, edits of the old one.
    int64_t Offset = 0;
    for (const ChangedFile &File : Result.Files)
      if (File.Path == Real)
        Offset = File.offsetBefore(Error.Line, Error.Column);
    auto Distance = [&](const Edit &E) {
      return std::abs(static_cast<int64_t>(E.Target.Offset) - Offset);
    };
    for (const Edit &E : Result.Planned.Edits)
      if (S.Linked->file(E.Target.File).Path == Real &&
          (!Nearest || Distance(E) < Distance(*Nearest)))
        Nearest = &E;
    if (Nearest)
      return Nearest->Groups;
    // In a file that was not edited, such as the runtime's: whose object does
    // it speak of?
    std::set<unsigned> Named;
    for (unsigned I = 0; I < Result.Planned.Migrations.size(); ++I) {
      const Migration &M = Result.Planned.Migrations[I];
      if (!M.refused() &&
          StringRef(Error.Message).contains("'" + M.Of->Type + "'"))
        Named.insert(I);
    }
    if (!Named.empty())
      return Named;
    std::set<unsigned> Last;
    for (unsigned I = 0; I < Result.Planned.Migrations.size(); ++I)
      if (!Result.Planned.Migrations[I].refused())
        Last = {I};
    return Last;
  }

  /// Whether an error speaks of a class whose constructors were given a
  /// parameter, although code that nobody sees, such as a container's,
  /// constructs its objects: then they can be given none.
  bool learnConstructors(const UnitError &Error) {
    std::set<StringRef> Quoted;
    SmallVector<StringRef> Parts;
    StringRef(Error.Message).split(Parts, '\'');
    for (size_t I = 1; I < Parts.size(); I += 2)
      Quoted.insert(Parts[I]);
    std::set<SymbolIndex> Records;
    for (const RecordFact &R : S.Linked->all<RecordFact>()) {
      StringRef Last = StringRef(R.QualifiedName).rsplit("::").second;
      if (!Quoted.count(R.QualifiedName) && !Quoted.count(Last))
        continue;
      Records.insert(R.Record);
      for (const FieldFact &F : S.Linked->of<FieldFact>(R.Record))
        if (F.Owned != NoSymbol)
          Records.insert(F.Owned);
    }
    bool Any = false;
    for (const Migration &M : Result.Planned.Migrations)
      for (SymbolIndex Function : M.Threaded) {
        const auto *F = S.Linked->one<FunctionFact>(Function);
        if (!F || F->Kind != FunctionKind::Constructor ||
            !Records.count(F->Record))
          continue;
        Refusal Why{RefusalCode::ImplicitConstruction,
                    S.Linked->name(F->Record), "", S.Linked->place(Function)};
        Any |= Learnt.NoParameter.try_emplace(Function, std::move(Why)).second;
      }
    return Any;
  }

  bool takeBackBroken(const VerifyResult &Verified) {
    const UnitError &Error = Verified.Errors.front();
    return learnConstructors(Error) ||
           takeBackCulprits(Error, RefusalCode::VerificationFailed);
  }

  /// A new warning is no error, but people build with them as errors.
  bool takeBackWarned(const VerifyResult &Verified) {
    return !Verified.Warnings.empty() &&
           takeBackCulprits(Verified.Warnings.front(), RefusalCode::NewWarning);
  }

  bool takeBackCulprits(const UnitError &Error, RefusalCode Code) {
    std::string Text = S.Of.shown(Error.File) + ":" +
                       std::to_string(Error.Line) + ": " + Error.Message;
    std::set<unsigned> Groups = culprits(Error);
    for (unsigned Group : Groups) {
      const Finding &F = *Result.Planned.Migrations[Group].Of;
      takeBack(Group, {Code, S.Linked->name(F.entity()), Text, F.place()},
               true);
    }
    return !Groups.empty();
  }

  /// What the fix promises of the changed program, read off its facts.
  bool takeBackUnproved(VerifyResult &Verified) {
    Program After = Program::link(std::move(Verified.Facts), /*Whole=*/true);
    std::vector<Unproved> Found =
        checkPostconditions(S, Result.Planned, After, changedPaths());
    bool Any = false;
    for (const Unproved &U : Found) {
      if (!U.Migration) {
        Any |= takeBackCulprits(U.What, RefusalCode::PostCondition);
        continue;
      }
      const Finding &F = *Result.Planned.Migrations[*U.Migration].Of;
      takeBack(*U.Migration,
               {RefusalCode::PostCondition, S.Linked->name(F.entity()),
                U.What.Message, F.place()},
               true);
      Any = true;
    }
    return Any;
  }

  std::set<std::string> changedPaths() const {
    std::set<std::string> Paths;
    for (const ChangedFile &File : Result.Files)
      Paths.insert(File.Path);
    return Paths;
  }

  const Session &S;
  const CommandLine &Line;
  UnseenCode Unseen;
  Lessons Learnt;
  FixResult Result;
  RunRecord Times; ///< said with -v
  unsigned Rounds = 0;
};
} // namespace

Expected<FixResult> planFix(const Session &S, const CommandLine &Line,
                            Exclusions Excluded) {
  return Fixer(S, Line, std::move(Excluded)).run();
}

Expected<FixStage> stageOf(const Session &S, const CommandLine &Line,
                           const Lessons &Learnt, const Staging &Steps,
                           const FileTexts &Proved) {
  FixStage Result;
  Result.Planned = plan(*S.Linked, S.Findings, S.Of.Fixing, Learnt, Steps);
  Expected<Rendering> New =
      render(*S.Linked, Result.Planned,
             [&](FileIndex File) { return analysedText(*S.Linked, File); });
  if (!New)
    return New.takeError();
  Result.Files = std::move(New->Files);
  if (New->Conflicts.empty()) {
    VerifyResult Verified = verify(*S.Linked, S.Units, Result.Files, S.Of,
                                   Line.Jobs, !Line.Quiet, Proved);
    Result.Stands = Verified.Errors.empty() && Verified.Warnings.empty();
  }
  return Result;
}

} // namespace unsingleton
