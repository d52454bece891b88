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

  struct NearestEdit {
    const Edit *Of = nullptr;
    bool SameLine = false; ///< as the diagnostic
  };

  /// The place of \p What that a change can be blamed for: a library's
  /// template fails where it is instantiated for a type of ours.
  const UnitError &placeOf(const Complaint &What) const {
    auto Edited = [&](const UnitError &At) {
      return nearest(At).Of != nullptr;
    };
    if (!Edited(What.What))
      if (auto Note = find_if(What.Notes, Edited); Note != What.Notes.end())
        return *Note;
    return What.What;
  }

  NearestEdit nearest(const UnitError &Error) const {
    NearestEdit Found;
    SmallString<256> Real;
    if (sys::fs::real_path(Error.File, Real))
      Real = Error.File;
    auto File = find_if(Result.Files, [&](const ChangedFile &Changed) {
      return Changed.Path == Real;
    });
    if (File == Result.Files.end())
      return Found;
    // The diagnostic speaks of the new text, edits of the old one.
    auto Offset =
        static_cast<int64_t>(File->offsetBefore(Error.Line, Error.Column));
    int64_t Least = 0;
    for (const Edit &E : Result.Planned.Edits) {
      int64_t Away = static_cast<int64_t>(E.Target.Offset) - Offset;
      if (S.Linked->file(E.Target.File).Path != Real ||
          (Found.Of && std::abs(Away) >= Least))
        continue;
      Found.Of = &E;
      Least = std::abs(Away);
      size_t Begin = std::min<int64_t>(Offset, E.Target.Offset);
      Found.SameLine =
          !StringRef(File->Before).substr(Begin, Least).contains('\n');
    }
    return Found;
  }

  /// The groups behind the edit that is nearest to a diagnostic; if its file
  /// has none, those of the last singleton still planned.
  std::set<unsigned> culprits(const Complaint &What) const {
    if (NearestEdit Found = nearest(placeOf(What)); Found.Of)
      return Found.Of->Groups;
    const UnitError &Error = What.What;
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

  /// Whether a library's template calls a function that was given a parameter,
  /// as a hook: then it can be given none. The compiler notes its declaration.
  bool learnHooks(const Complaint &Error) {
    if (nearest(Error.What).Of)
      return false;
    bool Any = false;
    for (const UnitError &Note : Error.Notes) {
      NearestEdit Named = nearest(Note);
      if (!Named.Of || !Named.SameLine)
        continue;
      for (const Migration &M : Result.Planned.Migrations)
        for (SymbolIndex Function : M.Threaded)
          for (const FunctionSiteFact &Site :
               S.Linked->of<FunctionSiteFact>(Function))
            if (Site.Parameters.File == Named.Of->Target.File &&
                Site.Parameters.Offset <= Named.Of->Target.Offset &&
                Named.Of->Target.Offset <= Site.Parameters.end())
              Any |= Learnt.NoParameter
                         .try_emplace(
                             Function,
                             Refusal{RefusalCode::FrontierForeignOverride,
                                     S.Linked->name(Function), "", Site.Name})
                         .second;
    }
    return Any;
  }

  bool takeBackBroken(const VerifyResult &Verified) {
    return learnFrom(Verified.Errors, [&](const Complaint &Error) {
      return learnConstructors(Error.What) || learnHooks(Error) ||
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
      if (!Any || nearest(placeOf(What)).SameLine)
        Any |= Learn(What);
    return Any;
  }

  std::string placeText(const UnitError &At) const {
    return S.Of.shown(At.File) + ":" + std::to_string(At.Line);
  }

  bool takeBackCulprits(const Complaint &What, RefusalCode Code) {
    const UnitError &Ours = placeOf(What);
    std::string Text = placeText(Ours) + ": " + What.What.Message;
    if (&Ours != &What.What)
      Text += " (in " + placeText(What.What) + ")";
    std::set<unsigned> Groups = culprits(What);
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
    bool Any = false;
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
