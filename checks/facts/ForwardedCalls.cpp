//===- ForwardedCalls.cpp - Arguments that others give a constructor -----===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/facts/ForwardedCalls.h"
#include "checks/facts/CallFacts.h"
#include "checks/facts/HolderType.h"
#include "checks/facts/SymbolName.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "llvm/ADT/SmallPtrSet.h"

using namespace clang;

namespace unsingleton {

bool isParameter(QualType Type) {
  return !Type.isNull() && Type->getAs<SubstTemplateTypeParmType>();
}

/// `make_unique<T>(a)`, in a template, of its own `T`.
static bool makesParameter(const CallExpr *E) {
  const auto *Ref =
      dyn_cast<DeclRefExpr>(E->getCallee()->IgnoreParenImpCasts());
  if (!Ref || !Ref->getNumTemplateArgs())
    return false;
  const TemplateArgument &First = Ref->getTemplateArgs()[0].getArgument();
  return First.getKind() == TemplateArgument::Type &&
         isParameter(First.getAsType());
}

const CXXRecordDecl *forwardedTo(const FunctionDecl *Callee) {
  if (!Callee->getIdentifier())
    return nullptr;
  llvm::StringRef Name = Callee->getName();
  bool Make = Name == "make_unique" || Name == "make_shared";
  if (Make) {
    const TemplateArgumentList *Arguments =
        Callee->getTemplateSpecializationArgs();
    if (!Arguments || !Arguments->size() ||
        Arguments->get(0).getKind() != TemplateArgument::Type)
      return nullptr;
    return recordOf(Arguments->get(0).getAsType());
  }
  bool Emplace =
      Name == "emplace" || Name == "emplace_back" || Name == "emplace_front";
  const auto *Method = dyn_cast<CXXMethodDecl>(Callee);
  const auto *Container =
      Method ? dyn_cast<ClassTemplateSpecializationDecl>(Method->getParent())
             : nullptr;
  if (!Emplace || !Container || !Container->getTemplateArgs().size() ||
      Container->getTemplateArgs()[0].getKind() != TemplateArgument::Type)
    return nullptr;
  llvm::StringRef Kind = Container->getName();
  bool Keyed = Kind.contains("map");
  return Keyed ? nullptr
               : recordOf(Container->getTemplateArgs()[0].getAsType());
}

namespace {
/// Finds what an instantiated function of a library constructs of a class,
/// itself or by what it calls.
class MadeFinder : public RecursiveASTVisitor<MadeFinder> {
public:
  MadeFinder(const CXXRecordDecl *R, unsigned Count) : R(R), Count(Count) {}

  const CXXConstructorDecl *in(const FunctionDecl *F) {
    constexpr size_t Enough = 64; // bodies, nearest first
    follow(F);
    for (size_t I = 0; I < Bodies.size() && I < Enough && !Made; ++I)
      TraverseDecl(const_cast<FunctionDecl *>(Bodies[I]));
    return Made;
  }

  bool VisitCallExpr(CallExpr *E) {
    follow(E->getDirectCallee());
    return true;
  }
  bool VisitCXXConstructExpr(CXXConstructExpr *E) {
    const CXXConstructorDecl *C = E->getConstructor();
    if (C->getParent()->getCanonicalDecl() != R->getCanonicalDecl())
      follow(C);
    else if (!C->isImplicit() && !C->isCopyOrMoveConstructor() &&
             E->getNumArgs() >= Count)
      Made = C;
    return !Made;
  }

private:
  void follow(const FunctionDecl *F) {
    const FunctionDecl *Body = nullptr;
    if (F && F->isTemplateInstantiation() && F->hasBody(Body) &&
        Seen.insert(Body).second)
      Bodies.push_back(Body);
  }

  const CXXRecordDecl *R;
  unsigned Count;
  const CXXConstructorDecl *Made = nullptr;
  llvm::SmallVector<const FunctionDecl *, 16> Bodies;
  llvm::SmallPtrSet<const FunctionDecl *, 16> Seen;
};
} // namespace

llvm::SmallVector<const CXXConstructorDecl *, 1>
takersOf(const FunctionDecl *Through, const CXXRecordDecl *R, unsigned Count) {
  llvm::SmallVector<const CXXConstructorDecl *, 1> Result;
  R = R->getDefinition();
  if (!R)
    return Result;
  if (const CXXConstructorDecl *Made = MadeFinder(R, Count).in(Through))
    return {Made};
  for (const CXXConstructorDecl *C : R->ctors())
    if (!C->isImplicit() && !C->isCopyOrMoveConstructor() &&
        Count >= C->getMinRequiredArguments() && Count <= C->getNumParams())
      Result.push_back(C);
  return Result;
}

CallFacts::ForwardingPlace CallFacts::placeIn(const CallExpr *E) const {
  SourceLocation Open = Spans.next(E->getCallee()->getEndLoc(), tok::l_paren);
  ForwardingPlace Place;
  Place.Whole = Spans.tokens(E->getSourceRange()).Where;
  Place.Name = Spans.tokens(calleeName(E->getCallee()));
  Place.Arguments = Spans.inside(Open, E->getRParenLoc());
  Place.Others = E->getNumArgs() || isWritten(Open, E->getRParenLoc());
  Place.Varies = makesParameter(E);
  return Place;
}

void CallFacts::givenTo(llvm::ArrayRef<const CXXConstructorDecl *> Constructors,
                        const ForwardingPlace &Place) {
  for (const CXXConstructorDecl *C : Constructors) {
    if (!Spans.user(C->getLocation()))
      continue;
    CallFact Fact = begin(C);
    Fact.Kind = CallKind::Forwarded;
    Fact.Varies = Place.Varies;
    Fact.Whole = Place.Whole;
    Fact.HasArguments = Place.Others;
    if (Place.Behind)
      Facts.add(InvocationFact{Fact.Callee, Fact.Caller, Place.Name.Where,
                               Place.Arguments.Where});
    finish(Fact, Place.Name, Place.Arguments);
  }
}

void CallFacts::forwarded(const CallExpr *E, const FunctionDecl *Callee) {
  const CXXRecordDecl *R = forwardedTo(Callee);
  if (R && (R = R->getDefinition()) && Spans.user(R->getLocation()) &&
      !Packs.fills(State.Owner, E->getRParenLoc()))
    givenTo(takersOf(Callee, R, E->getNumArgs()), placeIn(E));
}

void CallFacts::passedOn(const CallExpr *E, const FunctionDecl *Callee) {
  // Asked first: what `of` returns is valid until the next question.
  if (Packs.fills(State.Owner, E->getRParenLoc()))
    return;
  const PassedPack *Passed = Packs.of(Callee);
  if (!Passed)
    return;
  ForwardingPlace Place = placeIn(E);
  if (Passed->First) { // behind the parameters that the template has itself
    const Expr *Before = E->getNumArgs() < Passed->First
                             ? nullptr
                             : E->getArg(Passed->First - 1);
    if (!Before || isa<CXXDefaultArgExpr>(Before))
      return;
    SourceLocation End = Spans.after(Before->getEndLoc());
    Place.Arguments = Spans.between(End, End);
    Place.Behind = true;
  }
  givenTo(Passed->Constructors, Place);
}

const CXXRecordDecl *madeInPlace(const CXXConstructExpr *E) {
  const CXXConstructorDecl *C = E->getConstructor();
  const auto *Optional =
      dyn_cast<ClassTemplateSpecializationDecl>(C->getParent());
  if (!Optional || !isStd(Optional, "optional") || !E->getNumArgs() ||
      !C->getNumParams())
    return nullptr;
  const CXXRecordDecl *Tag = recordOf(C->getParamDecl(0)->getType());
  if (!Tag || !isStd(Tag, "in_place_t"))
    return nullptr;
  const CXXRecordDecl *R = recordOf(Optional->getTemplateArgs()[0].getAsType());
  return R ? R->getDefinition() : nullptr;
}

void CallFacts::inPlace(const CXXConstructExpr *E, const CXXRecordDecl *R) {
  SourceLocation End = Spans.after(E->getArg(0)->getEndLoc());
  ForwardingPlace Place;
  Place.Whole = Spans.tokens(E->getSourceRange()).Where;
  Place.Name = Spans.tokens(SourceRange(E->getLocation()));
  Place.Arguments = Spans.between(End, End);
  Place.Others = Place.Behind = true; // the tag
  givenTo(takersOf(E->getConstructor(), R, E->getNumArgs() - 1), Place);
}

} // namespace unsingleton
