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
//  - the classes that make up the object: its own, the one it is created as,
//    their bases, and what their members own;
//  - a write, outside construction, to a member of one of those, to the
//    storage, or to what an accessor returned;
//  - for an object of a library's class, also every place that hands it to
//    code which may change it.
//
// In one unit (clang-tidy) an object with state counts as changed, since the
// change may be anywhere.
//
//===----------------------------------------------------------------------===//
#include "checks/rules/Singleton.h"
#include <set>

using namespace unsingleton;

namespace {
class Judge {
public:
  Judge(const Program &P, const Singleton &S, const RuleOptions &Options)
      : P(P), S(S), Options(Options) {}

  Judgement run() {
    collectClasses();
    if (declaredProcessWide())
      return finish(Verdict::ProcessWide);
    collectMembers();
    if (UserClass && !Unseen && !State)
      return finish(Verdict::Stateless);
    findWrites();
    if (Changed || UnseenState)
      return finish(Resource ? Verdict::ProcessResource
                             : Verdict::SharedMutable);
    return finish(Verdict::ConstAfterInit);
  }

private:
  Judgement finish(Verdict What) {
    Result.What = What;
    if (What == Verdict::ProcessResource && Resource)
      Result.Reasons.push_back(
          {Resource->Place,
           "'" + Resource->Name + "' owns a " + Resource->Resource});
    return Result;
  }

  bool named(const std::string &Name) const {
    return llvm::is_contained(Options.ProcessWide, Name);
  }

  bool declaredProcessWide() const {
    if (S.Storage->ProcessWide || S.Storage->Synchronisation || named(S.Type) ||
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

  /// The classes of the object itself, then everything they own.
  void collectClasses() {
    for (const StorageObjectFact &Object :
         P.of<StorageObjectFact>(S.Storage->Storage))
      if (Object.Record != NoSymbol)
        Own.insert(Object.Record);
    UserClass = !Own.empty();
    for (const CreationFact &Creation : P.of<CreationFact>(S.Storage->Storage))
      for (const CallFact &Call : P.of<CallFact>(Creation.Function))
        if ((Call.Kind == CallKind::Construct ||
             Call.Kind == CallKind::Forwarded) &&
            Creation.Whole.contains(Call.Name))
          if (const auto *F = P.one<FunctionFact>(Call.Callee))
            Own.insert(F->Record);
    bool Abstract = Own.size() == 1; // nothing says what is made: any subclass
    std::vector<SymbolIndex> Work(Own.begin(), Own.end());
    Classes = Own;
    if (Abstract)
      for (SymbolIndex Derived : P.derived(*Own.begin()))
        if (Classes.insert(Derived).second)
          Work.push_back(Derived);
    while (!Work.empty()) {
      SymbolIndex Class = Work.back();
      Work.pop_back();
      for (const FieldFact &Field : P.of<FieldFact>(Class))
        if (Field.Owned != NoSymbol && Classes.insert(Field.Owned).second)
          Work.push_back(Field.Owned);
    }
  }

  /// Whether \p Use only makes or returns the object.
  bool inProtocol(const StorageUseFact &Use) const {
    for (const StatementFact &S : P.of<StatementFact>(Use.Function))
      if (S.Storage == Use.Storage && S.Kind == StatementKind::Other &&
          S.Whole.contains(Use.Place))
        return false;
    return true;
  }

  /// Nobody but the accessors names the storage, and they hand it out as const.
  bool onlyReadable() const {
    if (S.Storage->How != Holder::Value)
      return false;
    for (const AccessFact *Access : P.accessesTo(S.Storage->Storage))
      if (!Access->ConstObject)
        return false;
    for (const StorageUseFact &Use : P.of<StorageUseFact>(S.Storage->Storage))
      if (!isAccessor(Use.Function) || !inProtocol(Use))
        return false;
    return true;
  }

  void collectMembers() {
    for (SymbolIndex Class : Classes) {
      if (!P.one<RecordFact>(Class))
        Unseen = true;
      for (const FieldFact &Field : P.of<FieldFact>(Class)) {
        State |= Field.State;
        if (!Field.Resource.empty() && !Resource)
          Resource = &Field;
      }
    }
    ReadOnly = S.Storage->ObjectConst || onlyReadable();
    bool Const = ReadOnly;
    if (!Const && Unseen) {
      UnseenState = true;
      Result.Reasons.push_back(
          {Span(), "the definition of '" + S.Type + "' is not in any unit"});
    }
    // One unit is not the program: what it does not change, another may.
    if (!P.whole() && !Const && (!UserClass || State))
      UnseenState = true;
  }

  bool isAccessor(SymbolIndex Function) const {
    return llvm::is_contained(S.Accessors, Function);
  }

  /// Of several changes, the plainest convinces: one to the object's own
  /// members (rank 0) before one to what they own, then the first in the text.
  void change(unsigned Rank, const WriteFact &Write, llvm::StringRef What) {
    if (Changed && std::tie(Best, Result.Write) <= std::tie(Rank, Write.Place))
      return;
    Changed = true;
    Best = Rank;
    Result.Writer = Write.Function;
    Result.Write = Write.Place;
    WriteText = What.str();
  }

  void findWrites() {
    for (SymbolIndex Class : Classes)
      for (const FieldFact &Field : P.of<FieldFact>(Class)) {
        if (Field.Base || Field.Synchronisation || Field.Field == NoSymbol)
          continue;
        // Through a const object only `mutable` members change; other objects
        // of the class are not this one.
        if (ReadOnly && !Field.MutableKeyword)
          continue;
        for (const WriteFact &Write : P.of<WriteFact>(Field.Field))
          if (!Write.Construction)
            change(Own.count(Class) ? 0 : 2, Write,
                   "'" + Field.Name + "' is changed by '" +
                       P.name(Write.Function) + "'");
      }
    for (const WriteFact &Write : P.of<WriteFact>(S.Storage->Storage)) {
      bool Replaced = S.Storage->How != Holder::Value;
      if (isAccessor(Write.Function) && (Write.Escape || Replaced))
        continue;
      if (!Write.Escape || !UserClass)
        change(1, Write,
               "'" + S.Storage->Name + "' is " +
                   (Write.Escape ? "handed out" : "changed") + " by '" +
                   P.name(Write.Function) + "'");
    }
    for (SymbolIndex Accessor : S.Accessors)
      for (const WriteFact &Write : P.of<WriteFact>(Accessor))
        if (!Write.Escape || !UserClass)
          change(1, Write,
                 "the object is " +
                     std::string(Write.Escape ? "handed out" : "changed") +
                     " by '" + P.name(Write.Function) + "'");
    if (Changed)
      Result.Reasons.push_back({Result.Write, WriteText});
  }

  const Program &P;
  const Singleton &S;
  const RuleOptions &Options;
  Judgement Result;
  std::set<SymbolIndex> Own;     ///< the object's class, static and created
  std::set<SymbolIndex> Classes; ///< those and everything in them
  const FieldFact *Resource = nullptr;
  bool ReadOnly = false; ///< it can only be read, but for `mutable` members
  bool UserClass = false;
  bool Unseen = false;
  bool UnseenState = false;
  bool State = false;
  bool Changed = false;
  unsigned Best = 0; ///< rank of the change in Result
  std::string WriteText;
};
} // namespace

Judgement unsingleton::judge(const Program &P, const Singleton &S,
                             const RuleOptions &Options) {
  return Judge(P, S, Options).run();
}
