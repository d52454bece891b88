//===- Fixer.cpp - A plan that can be written -------------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "tool/Fixer.h"
#include "tool/Apply.h"
#include "tool/Blame.h"
#include "tool/MisledCalls.h"
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
  Fixer(const Session &S, const CommandLine &Line, Verifier &Checks,
        Exclusions Excluded)
      : S(S), Line(Line), Checks(Checks), Unseen(S, Line.IgnoreUnseen) {
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
                       ? takeBackWarned(Verified) || takeBackUnproved()
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
    return Checks.verify(Result.Files);
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

  Blame blame() const { return {*S.Linked, Result.Planned, Result.Files}; }

  /// Whether any of \p Functions is not known yet to take no parameter.
  bool learn(const std::vector<SymbolIndex> &Functions, RefusalCode Code) {
    bool Any = false;
    for (SymbolIndex Function : Functions) {
      const auto *F = S.Linked->one<FunctionFact>(Function);
      bool Made = Code == RefusalCode::ImplicitConstruction;
      Refusal Why{Code, S.Linked->name(Made ? F->Record : Function), "",
                  S.Linked->place(Function)};
      Any |= Learnt.NoParameter.try_emplace(Function, std::move(Why)).second;
    }
    return Any;
  }

  bool takeBackBroken(const VerifyResult &Verified) {
    return learnFrom(Verified.Errors, [&](const Complaint &Error) {
      return learn(blame().constructors(Error.What),
                   RefusalCode::ImplicitConstruction) ||
             learn(blame().hooks(Error),
                   RefusalCode::FrontierForeignOverride) ||
             takeBackCulprits(Error, RefusalCode::VerificationFailed);
    });
  }

  /// A new warning is no error, but people build with them as errors.
  bool takeBackWarned(const VerifyResult &Verified) {
    return learnFrom(Verified.Warnings, [&](const Complaint &Warning) {
      return takeBackCulprits(Warning, RefusalCode::NewWarning);
    });
  }

  /// What comes after the first diagnostic may be due to the same group. Who
  /// wrote the very line that it is about had better answer for it at once: a
  /// round for each would parse the same units as often.
  bool learnFrom(ArrayRef<Complaint> Complaints,
                 function_ref<bool(const Complaint &)> Learn) {
    bool Any = false;
    for (const Complaint &What : Complaints)
      if (!Any || blame().isCertain(What))
        Any |= Learn(What);
    return Any;
  }

  std::string placeText(const UnitError &At) const {
    return S.Of.shown(At.File) + ":" + std::to_string(At.Line);
  }

  std::string placeText(const Span &At) const {
    return placeText({S.Linked->file(At.File).Path, At.Line, At.Column, ""});
  }

  bool takeBackCulprits(const Complaint &What, RefusalCode Code) {
    const UnitError &Ours = blame().placeOf(What);
    std::string Text = placeText(Ours) + ": " + What.What.Message;
    if (&Ours != &What.What)
      Text += " (in " + placeText(What.What) + ")";
    std::set<unsigned> Groups = blame().culprits(What);
    for (unsigned Group : Groups) {
      const Finding &F = *Result.Planned.Migrations[Group].Of;
      takeBack(Group, {Code, S.Linked->name(F.entity()), Text, F.place()},
               true);
    }
    return !Groups.empty();
  }

  /// What the fix promises of the changed program, read off its facts.
  bool takeBackUnproved() {
    Program After = Program::link(Checks.facts(), /*Whole=*/true);
    std::vector<Unproved> Found =
        checkPostconditions(S, Result.Planned, After, changedPaths());
    bool Any = takeBackMisled(After);
    for (const Unproved &U : Found) {
      if (!U.Migration) {
        Any |= takeBackCulprits({U.What, {}}, RefusalCode::PostCondition);
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

  /// What a call would mean otherwise if it passed a context keeps its
  /// parameters; if nothing can ask in its place, who needs it is taken back.
  bool takeBackMisled(const Program &After) {
    bool Any = false;
    for (const MisledCall &Call :
         misledCalls(*S.Linked, Result.Planned, Result.Files, After)) {
      std::string Name = S.Linked->name(Call.Function);
      std::string Text = placeText(Call.Place) + ": '" + Name +
                         "' would not be called here any more";
      if (Call.Instead.valid())
        Text += ", but what " + placeText(Call.Instead) + " declares";
      Refusal Why{RefusalCode::PostCondition, Name, Text, Call.Place};
      if (Learnt.NoParameter.try_emplace(Call.Function, Why).second) {
        Any = true;
        continue;
      }
      for (unsigned I = 0; I < Result.Planned.Migrations.size(); ++I)
        if (is_contained(Result.Planned.Migrations[I].Threaded, Call.Function))
          takeBack(I, Why, true), Any = true;
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
  Verifier &Checks;
  UnseenCode Unseen;
  Lessons Learnt;
  FixResult Result;
  RunRecord Times; ///< said with -v
  unsigned Rounds = 0;
};
} // namespace

Verifier verifierOf(const Session &S, const CommandLine &Line) {
  return Verifier(*S.Linked, S.Units, S.Of, Line.Jobs, !Line.Quiet);
}

Expected<FixResult> planFix(const Session &S, const CommandLine &Line,
                            Verifier &Checks, Exclusions Excluded) {
  return Fixer(S, Line, Checks, std::move(Excluded)).run();
}

Expected<FixStage> stageOf(const Session &S, Verifier &Checks,
                           const Lessons &Learnt, const Staging &Steps) {
  FixStage Result;
  Result.Planned = plan(*S.Linked, S.Findings, S.Of.Fixing, Learnt, Steps);
  Expected<Rendering> New =
      render(*S.Linked, Result.Planned,
             [&](FileIndex File) { return analysedText(*S.Linked, File); });
  if (!New)
    return New.takeError();
  Result.Files = std::move(New->Files);
  if (New->Conflicts.empty()) {
    VerifyResult Verified = Checks.verify(Result.Files);
    Result.Stands = Verified.Errors.empty() && Verified.Warnings.empty();
  }
  return Result;
}

} // namespace unsingleton
