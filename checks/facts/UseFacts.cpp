//===- UseFacts.cpp - Facts about uses of storages and writes to state -*- C++
//-*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/facts/UseFacts.h"
#include "checks/facts/GivenAnew.h"
#include "checks/facts/LambdaRuns.h"
#include "checks/facts/LibraryTypes.h"
#include "checks/facts/MutationPath.h"
#include "checks/facts/Occasion.h"
#include "checks/facts/StorageExpression.h"
#include "checks/facts/SymbolName.h"
#include "checks/facts/UseForms.h"
#include "checks/facts/Ways.h"
#include "checks/facts/WrittenNames.h"

using namespace clang;

namespace unsingleton {

/// Constants can neither be written nor be the storage of a singleton.
static bool isConstant(const VarDecl *V) {
  QualType Type = V->getType();
  return V->isConstexpr() || (Type.isConstQualified() &&
                              !Type->isRecordType() && !Type->isPointerType());
}

void UseFacts::variable(const Expr *E, const VarDecl *V) {
  aliases(E, V);
  if (const auto *P = dyn_cast<ParmVarDecl>(V))
    return parameter(E, P);
  if (!isStorage(V) || !Spans.user(V->getLocation()) || isConstant(V))
    return;
  use(E, V);
  if (isSynchronisation(V->getType()))
    return;
  Subject About{Facts.symbol(storageBehind(V))};
  // A table that holds the address of a number is how it is changed.
  About.Number = V->getType()->isArithmeticType();
  writes(About, E, nullptr);
}

void UseFacts::aliases(const Expr *E, const VarDecl *V) {
  if (auto It = Aliases.find(V); It != Aliases.end())
    for (const Subject &About : llvm::SmallVector<Subject, 2>(It->second))
      if (!isGivenAnew(State, V, About.By))
        writes(About, E, nullptr, !V->getType()->isReferenceType());
}

void UseFacts::parameter(const Expr *E, const ParmVarDecl *V) {
  const auto *F = dyn_cast<FunctionDecl>(V->getDeclContext());
  if (!F || F != State.Owner || !isOpenWay(V->getType()))
    return; // a lambda's own parameters lead to what its caller gives it
  if (isGivenAnew(State, V, nullptr))
    return;
  writes({Facts.symbol(F), parameterPart(V->getFunctionScopeIndex())}, E,
         nullptr, !V->getType()->isReferenceType());
}

/// Whether \p E is a part of a local variable or parameter, which nobody else
/// can mean.
static bool isPartOfLocal(const Expr *E) {
  for (;;) {
    E = E->IgnoreParenImpCasts();
    if (const auto *M = dyn_cast<MemberExpr>(E); M && !M->isArrow())
      E = M->getBase();
    else if (const auto *S = dyn_cast<ArraySubscriptExpr>(E);
             S && S->getBase()->IgnoreImpCasts()->getType()->isArrayType())
      E = S->getBase();
    else
      break;
  }
  const auto *Ref = dyn_cast<DeclRefExpr>(E);
  const auto *V = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  return V && V->hasLocalStorage() && V->getType()->isRecordType();
}

void UseFacts::field(const MemberExpr *E, const FieldDecl *F) {
  if (!E->isArrow() && !isOpenWay(F->getType()) && isPartOfLocal(E->getBase()))
    return;
  if (!Spans.user(F->getLocation()) || isSynchronisation(F->getType()) ||
      isMemo(F->getType()) ||
      (F->getType().isConstQualified() && !isOpenWay(F->getType())))
    return;
  writes({Facts.symbol(F)}, E, dyn_cast<CXXRecordDecl>(F->getParent()));
}

void UseFacts::result(const CallExpr *E, const FunctionDecl *F) {
  if (isWay(F->getReturnType())) // also to const, for const_cast
    writes({Facts.symbol(F)}, E, nullptr);
}

void UseFacts::libraryObject(const CallExpr *E, SymbolIndex Object) {
  if (!isOpenWay(E->getCallReturnType(E->getDirectCallee()->getASTContext())))
    return;
  StorageUseFact Fact;
  Fact.Storage = Object;
  if (State.Owner)
    Fact.Function = Facts.symbol(State.Owner);
  EditableSpan Where = Spans.tokens(E->getSourceRange());
  Fact.Place = Where.Where;
  Fact.State = Where.State;
  Fact.Where = State.Where;
  Facts.add(Fact);
  writes({Object}, E, nullptr);
}

void UseFacts::self(const CXXThisExpr *E) {
  const auto *M = dyn_cast_or_null<CXXMethodDecl>(State.Owner);
  if (M && !isa<CXXConstructorDecl>(M) && !isa<CXXDestructorDecl>(M))
    writes({Facts.symbol(M), Part::This}, E, nullptr);
}

/// Nobody else can have the object yet, or any more.
bool UseFacts::construction(const CXXRecordDecl *Of) const {
  const auto *M = dyn_cast_or_null<CXXMethodDecl>(State.Owner);
  return M && Of && isa<CXXConstructorDecl, CXXDestructorDecl>(M) &&
         patternOf(M->getParent()) == patternOf(Of);
}

WriteFact UseFacts::describe(const Subject &About, const Expr *E,
                             const CXXRecordDecl *Of) {
  WriteFact Fact;
  Fact.Target = About.Target;
  Fact.Of = About.Of;
  if (State.Owner)
    Fact.Function = Facts.symbol(State.Owner);
  if (About.Provided)
    Fact.Provided = Facts.symbol(About.Provided);
  Fact.Later = runsLater(State);
  Fact.Construction = (construction(Of) && !Fact.Later) || initialises(State);
  Fact.Place = Spans.place(E->getExprLoc());
  return Fact;
}

void UseFacts::writes(const Subject &About, const Expr *E,
                      const CXXRecordDecl *Of, bool Copied) {
  if (State.Unevaluated)
    return;
  const FieldDecl *Field = About.Of == Part::Whole ? State.Field : nullptr;
  for (const MutationResult &Found :
       mutationsOf(State.Path, State.Variable, Field, Spans)) {
    if (Copied && Found.Direct)
      continue;
    Subject Now = About;
    if (!Now.Provided)
      Now.Provided = Found.Provided;
    if (Found.Kind == Mutation::Alias) {
      Now.By = Found.By;
      auto &Known = Aliases[Found.Alias];
      if (!llvm::is_contained(Known, Now))
        Known.push_back(Now);
      continue;
    }
    if (Found.Kind == Mutation::Return && !inLambda(State))
      returned(Now, E);
    WriteFact Fact = describe(Now, E, Of);
    if (Found.Through)
      Fact.Through = Facts.symbol(Found.Through);
    Fact.ThroughPart = Found.ThroughPart;
    Fact.Escape = Found.Kind != Mutation::Change;
    Fact.Construction &= !(Fact.Escape && Now.Number);
    Fact.Count = Found.Count;
    Fact.Replace = Found.Replace || (Found.Direct && !Found.Count);
    Fact.Self = Found.Self;
    Fact.Injected = Found.Injected;
    Fact.Varies = Found.Varies;
    Fact.Fresh = Found.Fresh;
    Fact.Beyond = Found.Beyond;
    if (Now.Of == Part::Whole) {
      if (const VarDecl *Guard = guardOf(State))
        Fact.Guard = Facts.symbol(Guard);
      Facts.add(Fact);
      if (!Fact.Escape)
        writtenNames(State, Spans, Facts, Fact.Place);
      continue;
    }
    // Which statement of the body it is, nobody asks.
    if (Fact.Escape && Found.Kind == Mutation::Return)
      continue;
    WriteFact Key = Fact;
    Key.Place = Span();
    if (Said.insert(Key).second)
      Facts.add(Fact);
  }
}

/// What leads into the object or an argument is handed back to the caller.
void UseFacts::returned(const Subject &About, const Expr *E) {
  if (!State.Owner || About.Of == Part::Whole)
    return;
  WriteFact Fact = describe(About, E, nullptr);
  Fact.Target = Facts.symbol(State.Owner);
  Fact.Of = Part::Inside;
  Fact.Escape = true;
  WriteFact Key = Fact;
  Key.Place = Span();
  if (Said.insert(Key).second)
    Facts.add(Fact);
}

void UseFacts::use(const Expr *E, const VarDecl *V) {
  StorageUse Use = describeUse(E, V, State, Spans);
  Use.Fact.Storage = Facts.symbol(V);
  if (State.Owner)
    Use.Fact.Function = Facts.symbol(State.Owner);
  Use.Fact.Where = State.Where;
  Facts.add(Use.Fact);
  if (!Use.Installs)
    return;
  Use.Installs->Storage = Use.Fact.Storage;
  Use.Installs->Function = Use.Fact.Function;
  Facts.add(*Use.Installs);
}

} // namespace unsingleton
