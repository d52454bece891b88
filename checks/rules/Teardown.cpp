//===- Teardown.cpp - The end of an object is no change ---------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/rules/Teardown.h"
#include "checks/rules/ObjectClasses.h"
#include <set>

using namespace unsingleton;

namespace {
class Teardown {
public:
  Teardown(const Program &P, const Changes &All, const Singleton &S)
      : P(P), All(All), S(S) {}

  /// Whether the next who asks gets another object, or the object itself is at
  /// its end: else it is taken away from those who still want it.
  bool leavesNoGap(SymbolIndex Function) const {
    const auto *F = P.one<FunctionFact>(Function);
    if (S.Idiom == "lazy" || S.Idiom == "double-checked" ||
        (F && F->Kind == FunctionKind::Destructor))
      return true;
    SymbolIndex Storage = S.Storage->Storage;
    return llvm::any_of(P.of<WriteFact>(Storage), [&](const WriteFact &Write) {
      return Write.Fresh && Write.Guard == Storage;
    });
  }

  /// Whether \p Function, or one that calls it, makes another object next.
  bool isFollowedByAnother(SymbolIndex Function) const {
    if (makesAfter(Function, Span()))
      return true;
    return llvm::any_of(P.callsTo(Function), [&](const CallFact *Call) {
      return makesAfter(Call->Caller, Call->Name);
    });
  }

  /// Whether what a constructor of the object reads may be another by then.
  bool variesByState() const {
    std::set<SymbolIndex> Makers(S.Accessors.begin(), S.Accessors.end());
    std::set<SymbolIndex> Own = ownClasses(P, S);
    for (const FunctionFact &F : P.all<FunctionFact>())
      if (F.Kind == FunctionKind::Constructor && Own.count(F.Record))
        Makers.insert(F.Function);
    for (const StorageUseFact &Use : P.all<StorageUseFact>())
      if (Use.Storage != S.Storage->Storage && Makers.count(Use.Function) &&
          changes(Use.Storage))
        return true;
    return false;
  }

private:
  bool makesAfter(SymbolIndex Function, const Span &After) const {
    return llvm::any_of(P.of<CallFact>(Function), [&](const CallFact &Call) {
      bool Later = !After.valid() || (Call.Name.File == After.File &&
                                      Call.Name.Offset > After.Offset);
      return Later && makes(Call.Callee);
    });
  }

  bool makes(SymbolIndex Function) const {
    return llvm::is_contained(S.Accessors, Function) ||
           llvm::any_of(P.of<WriteFact>(S.Storage->Storage),
                        [&](const WriteFact &Write) {
                          return Write.Function == Function && !Write.Escape &&
                                 !All.clears(Write);
                        });
  }

  bool changes(SymbolIndex Storage) const {
    return llvm::any_of(P.of<WriteFact>(Storage), [&](const WriteFact &Write) {
      return !Write.Construction && All.holds(Write) && !All.once(Write);
    });
  }

  const Program &P;
  const Changes &All;
  const Singleton &S;
};
} // namespace

bool unsingleton::isTeardown(const Program &P, const Changes &All,
                             const Singleton &S, const WriteFact &Write) {
  bool Plain = S.Accessors.empty() && S.Idiom != "self-registering";
  if (Plain || !All.clears(Write))
    return false;
  Teardown End(P, All, S);
  return End.leavesNoGap(Write.Function) &&
         !End.isFollowedByAnother(Write.Function) && !End.variesByState();
}
