//===- Verdict.cpp - What the program does to a singleton's object -*- C++
//-*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// From facts about types and writes, never from `const` alone:
//
//  - a write, outside construction, to the storage or to what an accessor
//    returned, followed through the calls that they are given to (Changes.h);
//  - the classes that make up the object: its own, the one it is created as,
//    their bases, and what their members own; a write, outside construction, to
//    a member of one of those counts too, since the object may have got to the
//    writer by a way that no fact shows, or code outside the program may call
//    it. Not where other objects of the class explain the write, and the
//    accessors' callers are known (all in their file, or some in the program)
//    and never let this one out of sight;
//  - for an object of a library's class, also every place that hands it to
//    code which may change it.
//
// Plain state, without an accessor, can be reached by its name
// only: there the writes that are seen are all there are.
//
// No change is what makes the object (once, fillsNew, belongsToProtocol), fills
// it before main, or lets it go (Teardown.h).
//
// In one unit (clang-tidy) an object with state counts as changed, since the
// change may be anywhere, unless no other unit can
// name it.
//
//===----------------------------------------------------------------------===//
#include "checks/rules/Changes.h"
#include "checks/rules/ObjectClasses.h"
#include "checks/rules/Singleton.h"
#include "checks/rules/StorageReach.h"
#include "checks/rules/Teardown.h"
#include <set>
#include <utility>

using namespace unsingleton;

namespace {
class Judge {
public:
  Judge(const RuleInput &Input, const Singleton &S)
      : P(Input.Linked), All(Input.Known), S(S), Options(Input.Options),
        Reach(P, All, S) {}

  Judgement run() {
    collectClasses();
    if (declaredProcessWide())
      return finish(Verdict::ProcessWide);
    if (Reach.isVacant()) {
      Result.Reasons.push_back({S.Place, "nothing is ever put into it"});
      return finish(Verdict::ConstAfterInit);
    }
    collectMembers();
    if (UserClass && !Unseen && !UnseenState && !State && !replaced())
      return finish(Verdict::Stateless);
    findWrites();
    if (!Changed && !UnseenState)
      return finish(Verdict::ConstAfterInit);
    if (onlyCounts())
      return finish(Verdict::ProcessWide);
    if (selectsByContext())
      return finish(Verdict::PerContext);
    return finish(Resource.empty() ? Verdict::SharedMutable
                                   : Verdict::ProcessResource);
  }

private:
  Judgement finish(Verdict What) {
    Result.What = What;
    Result.Classes.assign(Classes.begin(), Classes.end());
    llvm::sort(Result.Writes);
    if (What == Verdict::ProcessResource)
      Result.Reasons.push_back(
          {ResourcePlace, "'" + ResourceName + "' owns a " + Resource});
    return Result;
  }

  /// Every accessor takes something that tells users apart, and hands out what
  /// belongs to that.
  bool selectsByContext() {
    const AccessFact *Example = nullptr;
    for (const AccessFact *Access : P.accessesTo(S.Storage->Storage)) {
      if (Access->ByValue || !Reach.isAccessor(Access->Function))
        continue;
      if (Access->Selector.empty())
        return false;
      Example = Access;
    }
    if (Example)
      Result.Reasons.push_back(
          {Example->Value, "selected by '" + Example->Selector + "'"});
    return Example;
  }

  /// A counter of the objects that exist: each constructor and destructor takes
  /// part, and no user's data is in it.
  bool onlyCounts() {
    size_t Counted = 0;
    auto Counts = [&](SymbolIndex Target) {
      for (const WriteFact &Write : P.of<WriteFact>(Target)) {
        if (Write.Of != Part::Whole || Write.Construction ||
            !All.holds(Write) ||
            (Reach.isAccessor(Write.Function) && Write.Escape))
          continue;
        const auto *F = P.one<FunctionFact>(Write.Function);
        if (!Write.Count || !F ||
            (F->Kind != FunctionKind::Constructor &&
             F->Kind != FunctionKind::Destructor))
          return false;
        ++Counted;
      }
      return true;
    };
    if (UserClass || !Counts(S.Storage->Storage) ||
        !llvm::all_of(S.Accessors, Counts) || !Counted)
      return false;
    Result.Reasons = {
        {S.Place, "it only counts objects, in constructors and destructors"}};
    return true;
  }

  bool named(const std::string &Name) const {
    return llvm::is_contained(Options.ProcessWide, Name);
  }

  bool declaredProcessWide() const {
    if (S.Storage->ProcessWide || shown(S).ProcessWide ||
        S.Storage->Synchronisation || named(S.Type) ||
        named(S.Storage->QualifiedName))
      return true;
    for (SymbolIndex Accessor : S.Accessors)
      if (const auto *F = P.one<FunctionFact>(Accessor))
        if (F->ProcessWide || named(F->QualifiedName))
          return true;
    for (SymbolIndex Class : Own)
      if (const auto *R = P.one<RecordFact>(Class); R && R->ProcessWide)
        return true;
    return false;
  }

  void collectClasses() {
    Own = ownClasses(P, S);
    Classes = classesOf(P, S, Own);
    for (const StorageObjectFact *Object : S.Objects)
      UserClass |= Object->Record != NoSymbol;
    for (const StorageObjectFact *Object : S.Objects)
      if (Resource.empty() && !Object->Resource.empty()) {
        Resource = Object->Resource;
        ResourceName = S.Storage->Name;
        ResourcePlace = S.Place;
      }
  }

  void collectMembers() {
    for (SymbolIndex Class : Classes) {
      if (!P.one<RecordFact>(Class) && !std::exchange(Unseen, true))
        UnseenName = nameOf(P, S, Classes, Class);
      for (const FieldFact &Field : P.of<FieldFact>(Class)) {
        State |= Field.State;
        Library |= Field.Base && Field.State;
        Streams |= Field.Stream;
      }
    }
    if (const FieldFact *Field = resourceIn(P, Classes);
        Field && Resource.empty()) {
      Resource = Field->Resource;
      ResourceName = Field->Name;
      ResourcePlace = Field->Place;
    }
    findStream();
    const auto *Interface = Own.size() == 1 && Classes == Own
                                ? P.one<RecordFact>(*Own.begin())
                                : nullptr;
    bool Unimplemented = Interface && Interface->Abstract;
    ReadOnly = S.Storage->ObjectConst || Reach.onlyReadable();
    bool Const = ReadOnly;
    if (!Const && Unseen && !S.Plain) {
      UnseenState = true;
      Result.Reasons.push_back({Span(), "the definition of '" + UnseenName +
                                            "' is not in any unit"});
    } else if (!Const && Unimplemented && !S.Plain) {
      UnseenState = true;
      Result.Reasons.push_back(
          {Span(), "no class that implements '" + S.Type + "' is in any unit"});
    }
    // One unit is not the program: what it does not change, another may.
    if (!P.whole() && !Const && (!UserClass || State) &&
        !(S.Plain && (S.Storage->InternalLinkage ||
                      S.Storage->Kind == StorageKind::FunctionLocal)))
      UnseenState = true;
  }

  /// A process has one of each standard stream.
  void findStream() {
    if (!Resource.empty() || (UserClass && !Streams))
      return;
    for (const CreationFact &Made : P.of<CreationFact>(S.Storage->Storage))
      if (Made.Stream) {
        Resource = "stream of the process";
        ResourceName = S.Storage->Name;
        ResourcePlace = Made.Whole;
        return;
      }
  }

  /// Of several changes, the plainest convinces: one to the object's own
  /// members (rank 0) before one to what they own, then the first in the text.
  void change(unsigned Rank, const WriteFact &Write, llvm::StringRef What) {
    Result.Writes.push_back({Rank, Write.Escape, Write.Place, Write.Target,
                             Write.Function, Write.Through, What.str()});
    if (Changed && std::tie(Best, Result.Write) <= std::tie(Rank, Write.Place))
      return;
    Changed = true;
    Best = Rank;
    Result.Writer = Write.Function;
    Result.Write = Write.Place;
    WriteText = What.str();
  }

  void findWrites() {
    storageWrites();
    for (const auto *Family : {&S.Accessors, &S.PartAccessors})
      for (SymbolIndex Accessor : *Family)
        resultWrites(Accessor);
    if (!S.Plain && (Changed || Escaped || !othersExplain()))
      memberWrites();
    if (Changed)
      Result.Reasons.push_back({Result.Write, WriteText});
  }

  /// Whether the variable is made to stand for another object, later.
  bool replaced() const {
    return llvm::any_of(
        P.of<WriteFact>(S.Storage->Storage), [&](const WriteFact &Write) {
          return !Write.Escape && !Write.Construction && !Write.Beyond &&
                 Write.Through == NoSymbol && !All.once(Write) &&
                 !Reach.belongsToProtocol(Write) &&
                 !isTeardown(P, All, S, Write);
        });
  }

  void storageWrites() {
    const std::string &Name = (S.Shown ? S.Shown : S.Storage)->Name;
    for (const WriteFact &Write : P.of<WriteFact>(S.Storage->Storage)) {
      bool FillsNew = Write.Through != NoSymbol &&
                      All.fillsNew(Write.Function, Write.Guard, Write.Target);
      if (Write.Construction || !All.holds(Write) || All.once(Write) ||
          FillsNew || Reach.belongsToProtocol(Write) ||
          isTeardown(P, All, S, Write))
        continue;
      if (UserClass && !S.Plain && isHandedOut(Write)) {
        Escaped = true; // its members' writes decide
        continue;
      }
      change(1, Write, verb(Write, "'" + Name + "'"));
    }
  }

  void resultWrites(SymbolIndex Accessor) {
    for (const WriteFact &Write : P.of<WriteFact>(Accessor)) {
      // An initialiser of a static variable registers something; what it keeps
      // may change later.
      bool Starts = Write.Construction && !Write.Escape;
      if (Write.Of != Part::Whole || !All.holds(Write) || All.once(Write) ||
          Starts)
        continue;
      if (UserClass && isHandedOut(Write))
        Escaped = true;
      else
        change(1, Write, verb(Write, "the object"));
    }
  }

  /// Whether whoever gets the object by \p Write changes it by its members
  /// only, which say so.
  bool isHandedOut(const WriteFact &Write) const {
    return Write.Escape || (P.whole() && !Library && All.escapes(Write));
  }

  std::string verb(const WriteFact &Write, const std::string &What) const {
    std::string By = " by '" + P.name(Write.Function) + "'";
    if (Write.Through != NoSymbol && Write.ThroughPart == Part::This)
      return What + " is changed" + By + ", which calls '" +
             P.name(Write.Through) + "'";
    if (Write.Through != NoSymbol)
      return What + " is changed" + By + ", which gives it to '" +
             P.name(Write.Through) + "'";
    return What + (Write.Escape ? " is handed out" : " is changed") + By;
  }

  /// Whether a write to a member must be one to another object of the class:
  /// such objects exist, and the callers of each accessor show what this one is
  /// for. Where none is seen, they are outside the program.
  bool othersExplain() const {
    for (SymbolIndex Accessor : S.Accessors)
      if (const auto *F = P.one<FunctionFact>(Accessor);
          !F || !(F->InternalLinkage ||
                  (isOwn() && (hasCallers(Accessor) || isFallback(Accessor)))))
        return false;
    std::set<SymbolIndex> Makers(S.Accessors.begin(), S.Accessors.end());
    for (const CreationFact &Made : P.of<CreationFact>(S.Storage->Storage))
      Makers.insert(Made.Function);
    return P.whole() && llvm::all_of(Own, [&](SymbolIndex Class) {
             return All.hasOtherInstances(Class, Makers);
           });
  }

  /// Whether the object was made for the storage, so that nobody else has it.
  bool isOwn() const {
    if (S.Storage->How == Holder::Value)
      return true;
    llvm::ArrayRef<CreationFact> All = P.of<CreationFact>(S.Storage->Storage);
    return !All.empty() && llvm::all_of(All, [](const CreationFact &Made) {
      return Made.Form == CreationForm::New ||
             Made.Form == CreationForm::Make ||
             Made.Form == CreationForm::Value;
    });
  }

  /// Whether \p Accessor hands out parts of its own object, and this storage
  /// where there is none.
  bool isFallback(SymbolIndex Accessor) const {
    return llvm::any_of(
        P.of<AccessFact>(Accessor), [&](const AccessFact &Access) {
          return Access.Storage == S.Storage->Storage && Access.Fallback;
        });
  }

  bool hasCallers(SymbolIndex Accessor) const {
    return llvm::any_of(P.callsTo(Accessor), [&](const CallFact *Call) {
      return Call->Kind == CallKind::Call && !Reach.isAccessor(Call->Caller);
    });
  }

  void memberWrites() {
    // A const object changes all the same where its const methods see to it.
    for (SymbolIndex Class : Classes)
      if (const WriteFact *Write = ReadOnly ? All.constWrite(Class) : nullptr)
        change(0, *Write,
               "the const method '" + P.name(Write->Function) +
                   "' changes its object");
    for (SymbolIndex Class : Classes)
      for (const FieldFact &Field : P.of<FieldFact>(Class)) {
        if (Field.Base || Field.Synchronisation || Field.Field == NoSymbol)
          continue;
        // Through a const object only `mutable` members change; other objects
        // of the class are not this one.
        if (ReadOnly && !Field.MutableKeyword)
          continue;
        for (const WriteFact &Write : P.of<WriteFact>(Field.Field))
          if (!All.constructs(Write, Class) && All.holds(Write) &&
              !All.once(Write))
            change(Own.count(Class) ? 0 : 2, Write,
                   verb(Write, "'" + Field.Name + "'"));
      }
  }

  const Program &P;
  const Changes &All;
  const Singleton &S;
  const RuleOptions &Options;
  const StorageReach Reach;
  Judgement Result;
  std::set<SymbolIndex> Own;     ///< the object's class, static and created
  std::set<SymbolIndex> Classes; ///< those and everything in them
  std::string Resource;          ///< what it owns that a process has once
  std::string ResourceName;
  Span ResourcePlace;
  bool ReadOnly = false; ///< it can only be read, but for `mutable` members
  bool UserClass = false;
  bool Library = false; ///< it is derived from a class of a library
  bool Unseen = false;
  bool UnseenState = false;
  std::string UnseenName; ///< of the class that no unit defines
  bool State = false;
  bool Streams = false; ///< a member leads to a stream that it is given
  bool Changed = false;
  bool Escaped = false; ///< code that no fact follows may have it
  unsigned Best = 0;    ///< rank of the change in Result
  std::string WriteText;
};
} // namespace

Judgement unsingleton::judge(const RuleInput &Input, const Singleton &S) {
  return Judge(Input, S).run();
}
