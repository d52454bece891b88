//===- Stages.cpp - A migration in steps that build -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "fixits/Stages.h"
#include "fixits/FunctionText.h"

using namespace unsingleton;

namespace {
/// Which of the calls that a whole migration changes are changed by a stage.
class Reached {
public:
  Reached(Stage At, const Unfinished &Left) : At(At), Left(Left) {}

  bool operator()(const CallFact &Call) const {
    // What creates an object stays as it is for as long as the storage does.
    bool Creates =
        Left.Accessors.count(Call.Caller) ||
        (Call.Variable != NoSymbol && Left.Storages.count(Call.Variable));
    return !Creates && callee(Call.Callee);
  }
  bool callee(SymbolIndex Callee) const {
    return At >= (Left.Accessors.count(Callee) ? Stage::Switch : Stage::Thread);
  }

private:
  Stage At;
  const Unfinished &Left;
};
} // namespace

void unsingleton::keepUpto(Stage At, const Unfinished &Left, Threads &Whole) {
  if (At == Stage::Whole)
    return;
  if (At == Stage::Add) {
    Whole = {};
    return;
  }
  Reached Kept(At, Left);
  llvm::erase_if(Whole.Calls,
                 [&](const ThreadedCall &T) { return !Kept(*T.Call); });
  llvm::erase_if(Whole.MacroCalls, [&](const ThreadedMacroCall &T) {
    return !Kept.callee(T.Call->Callee);
  });
  llvm::erase_if(Whole.Renames,
                 [&](const CallFact *C) { return !Kept.callee(C->Callee); });
  if (Whole.MacroCalls.empty())
    Whole.MacroUses.clear();
  // Uses of the storage go through a key, and there is none yet.
  Whole.Uses.clear();
  Whole.Itself.clear();
  // A local context is fetched once something reads it.
  std::set<SymbolIndex> Asking;
  auto Reads = [&](const Span &Body) {
    return llvm::any_of(Whole.Calls, [&](const ThreadedCall &T) {
      return Body.contains(T.Call->Name);
    });
  };
  for (const ThreadedCall &T : Whole.Calls)
    Asking.insert(T.Call->Caller);
  for (const ThreadedMacroCall &T : Whole.MacroCalls)
    Asking.insert(T.Call->Caller);
  std::erase_if(Whole.Locals,
                [&](const auto &Local) { return !Reads(Local.first); });
  std::erase_if(Whole.Bridged, [&](const auto &Bridge) {
    return !Asking.count(Bridge.first);
  });
}

void unsingleton::addFactoryBeside(const Program &P, const Policy &How,
                                   SymbolIndex Accessor,
                                   const std::string &NewName, unsigned Group,
                                   EditSet &Out) {
  const auto *F = P.one<FunctionFact>(Accessor);
  llvm::ArrayRef<FunctionSiteFact> Sites = P.of<FunctionSiteFact>(Accessor);
  // Nobody knows what names its arguments have.
  if (!F || llvm::any_of(Sites, [](const auto &S) { return S.HasParameters; }))
    return;
  for (const FunctionSiteFact &Site : Sites) {
    const Span *Body = bodyOf(P, Site);
    if (Site.Friend || (Site.Definition && !Body))
      continue;
    Span Type = Site.Whole, Tail = Site.Whole;
    Type.Length = Site.Name.Offset - Type.Offset;
    Tail.Offset = Site.Parameters.end() + 1; // behind the parenthesis
    Tail.Length = tailOf(P, Site);
    std::string Context =
        Site.Definition ? "/*" + How.ContextName + "*/" : How.ContextName;
    Edit E;
    E.With = {
        Piece::lineBreak(), Piece::copy(Type),
        Piece::text(NewName + "(" + parameterType(P, How, Accessor) + Context +
                    ")"),
        Piece::copy(Tail),
        Piece::text(Site.Definition ? "{ return " + F->Name + "(); }" : ";")};
    E.Target = Site.Whole;
    E.Target.Offset = Body ? Body->end() : Site.Whole.end();
    E.Target.Length = 0;
    E.Behind = !Site.Definition;
    Out.add(std::move(E), Group);
    Out.include(Site.Name.File, How.ContextHeader);
  }
}
