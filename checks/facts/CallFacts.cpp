//===- CallFacts.cpp - Facts about calls, constructions and lambdas -*- C++
//-*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/facts/CallFacts.h"
#include "checks/facts/Compat.h"
#include "checks/facts/ExitHandlers.h"
#include "checks/facts/ForwardedCalls.h"
#include "checks/facts/HolderType.h"
#include "checks/facts/LambdaRuns.h"
#include "checks/facts/MutationClimber.h"
#include "checks/facts/Occasion.h"
#include "checks/facts/StorageExpression.h"
#include "checks/facts/SymbolName.h"
#include "clang/AST/DeclTemplate.h"

using namespace clang;

namespace unsingleton {

CallFact CallFacts::begin(const FunctionDecl *Callee) {
  CallFact Fact;
  if (State.Owner)
    Fact.Caller = Facts.symbol(State.Owner);
  Fact.Callee = Facts.symbol(Callee);
  if (State.Variable)
    Fact.Variable = Facts.symbol(State.Variable);
  Fact.Where = State.Where;
  Fact.Unevaluated = State.Unevaluated;
  Fact.Later = runsLater(State);
  const FunctionDecl *Pattern = patternOf(Callee);
  const auto *Method = dyn_cast<CXXMethodDecl>(Pattern);
  if (!Method || Method->isStatic() || Method->getAccess() == AS_private ||
      !Pattern->hasExternalFormalLinkage())
    guard(Fact);
  return Fact;
}

void CallFacts::guard(CallFact &Fact) {
  if (const VarDecl *Guard = guardOf(State))
    Fact.Guard = Facts.symbol(Guard);
}

void CallFacts::finish(CallFact Fact, const EditableSpan &Name,
                       const EditableSpan &Arguments) {
  Fact.Name = Name.Where;
  Fact.Arguments = Arguments.Where;
  Fact.State = Name.State;
  Fact.Macro = Name.Macro;
  if (Name.editable() && !Arguments.editable()) {
    Fact.State = Arguments.State;
    Fact.Macro = Arguments.Macro;
  }
  Facts.add(Fact);
}

bool CallFacts::isWritten(SourceLocation Open, SourceLocation Close) const {
  return State.Owner && State.Owner->isTemplateInstantiation() &&
         Open.isValid() && Close.isValid() &&
         Spans.next(Open, tok::r_paren) != Close &&
         Spans.next(Open, tok::r_brace) != Close;
}

SourceRange calleeName(const Expr *Callee) {
  Callee = Callee->IgnoreImplicit();
  if (const auto *R = dyn_cast<DeclRefExpr>(Callee))
    return R->getNameInfo().getSourceRange();
  if (const auto *M = dyn_cast<MemberExpr>(Callee))
    return M->getMemberNameInfo().getSourceRange();
  return Callee->getSourceRange();
}

void CallFacts::call(const CallExpr *E) {
  const FunctionDecl *Callee = E->getDirectCallee();
  if (!Callee)
    return;
  if (!Spans.user(Callee->getLocation()))
    return forwarded(E, Callee);
  CallFact Fact = begin(Callee);
  Fact.Whole = Spans.tokens(E->getSourceRange()).Where;
  if (const auto *Member = dyn_cast<CXXMemberCallExpr>(E)) {
    const Expr *Object = Member->getImplicitObjectArgument();
    // What a parameter gives is the first caller's, for everybody.
    if (llvm::any_of(E->arguments(), [](const Expr *A) { return varies(A); }))
      Fact.Guard = NoSymbol;
    else if (storageExpression(Object) || rootOf(Object))
      guard(Fact);
    Fact.OnThis = isa<CXXThisExpr>(
                      Member->getImplicitObjectArgument()->IgnoreImpCasts()) &&
                  !Fact.Later;
  }
  if (isa<CXXOperatorCallExpr, UserDefinedLiteral>(E)) {
    Fact.Name = Fact.Arguments = Fact.Whole;
    Fact.State = Editability::NotContiguous;
    Facts.add(Fact);
    return;
  }
  passedOn(E, Callee);
  SourceLocation Open = Spans.next(E->getCallee()->getEndLoc(), tok::l_paren);
  Fact.HasArguments = isWritten(Open, E->getRParenLoc());
  for (const Expr *Argument : E->arguments())
    Fact.HasArguments |= !isa<CXXDefaultArgExpr>(Argument);
  finish(Fact, Spans.tokens(calleeName(E->getCallee())),
         Spans.inside(Open, E->getRParenLoc()));
}

void CallFacts::construction(const CXXConstructExpr *E) {
  const CXXConstructorDecl *C = E->getConstructor();
  if (const CXXRecordDecl *R = madeInPlace(E);
      R && Spans.user(R->getLocation()))
    return inPlace(E, R);
  if (C->isImplicit() || !Spans.user(C->getLocation()) ||
      Packs.fills(State.Owner, E->getParenOrBraceRange().getEnd()))
    return;
  CallFact Fact = begin(C);
  Fact.Kind = CallKind::Construct;
  Fact.Varies = isParameter(E->getType());
  Fact.Whole = Spans.tokens(E->getSourceRange()).Where;
  for (const Expr *Argument : E->arguments())
    Fact.HasArguments |= !isa<CXXDefaultArgExpr>(Argument);
  EditableSpan Name = Spans.tokens(SourceRange(E->getLocation()));
  SourceRange Range = E->getParenOrBraceRange();
  Fact.HasArguments |= isWritten(Range.getBegin(), Range.getEnd());
  if (Range.isValid())
    return finish(Fact, Name, Spans.inside(Range.getBegin(), Range.getEnd()));
  if (C->isCopyOrMoveConstructor())
    return; // no arguments to add to
  // `T x;` and `new T` get their parentheses after the last token.
  const Stmt *Parent = State.parent();
  const auto *New = dyn_cast_or_null<CXXNewExpr>(Parent);
  bool Declared = State.Variable && !Fact.HasArguments &&
                  E->getLocation() == State.Variable->getLocation();
  if (Parent && isa<DeclStmt>(Parent) && !Fact.HasArguments)
    Declared = true;
  if (!Fact.HasArguments && (New || Declared)) {
    SourceLocation Last = New ? New->getEndLoc() : E->getLocation();
    Fact.Style = ArgumentStyle::NeedsParentheses;
    SourceLocation End = Spans.after(Last);
    return finish(Fact, Name, Spans.between(End, End));
  }
  Fact.Kind = CallKind::Implicit;
  finish(Fact, Name, Name);
}

void CallFacts::implicitInitialisers(const CXXConstructorDecl *C) {
  for (const CXXCtorInitializer *Init : C->inits()) {
    if (Init->isWritten() || !Init->getInit())
      continue;
    const auto *E =
        dyn_cast<CXXConstructExpr>(Init->getInit()->IgnoreImplicit());
    if (!E || E->getConstructor()->isImplicit() ||
        !Spans.user(E->getConstructor()->getLocation()))
      continue;
    CallFact Fact;
    Fact.Caller = Facts.symbol(C);
    Fact.Callee = Facts.symbol(E->getConstructor());
    Fact.Kind = CallKind::Implicit;
    Fact.Whole = Spans.place(C->getLocation());
    EditableSpan Place = Spans.tokens(SourceRange(C->getLocation()));
    finish(Fact, Place, Place);
  }
}

void CallFacts::mention(const Expr *E, const FunctionDecl *F,
                        SourceRange Name) {
  // A call's own callee is seen through implicit casts and parentheses only.
  for (size_t N = 1; const Stmt *Parent = State.parent(N); ++N) {
    if (isa<ImplicitCastExpr, ParenExpr>(Parent))
      continue;
    if (const auto *Call = dyn_cast<CallExpr>(Parent);
        Call && Call->getCallee()->IgnoreParenImpCasts() == E)
      return;
    break;
  }
  if (!Spans.user(F->getLocation()))
    return;
  CallFact Fact = begin(F);
  Fact.Kind = CallKind::Mention;
  Fact.Whole = Spans.tokens(E->getSourceRange()).Where;
  EditableSpan Where = Spans.tokens(Name);
  finish(Fact, Where, Where);
}

void CallFacts::usingDeclaration(const UsingDecl *D) {
  for (const UsingShadowDecl *Shadow : D->shadows()) {
    const NamedDecl *Target = Shadow->getTargetDecl()->getUnderlyingDecl();
    if (const auto *T = dyn_cast<FunctionTemplateDecl>(Target))
      Target = T->getTemplatedDecl();
    const auto *F = dyn_cast<FunctionDecl>(Target);
    if (!F || !Spans.user(F->getLocation()))
      continue;
    CallFact Fact;
    Fact.Callee = Facts.symbol(F);
    Fact.Kind = CallKind::Declaration;
    Fact.Whole = Spans.tokens(D->getSourceRange()).Where;
    EditableSpan Name = Spans.tokens(D->getNameInfo().getSourceRange());
    finish(Fact, Name, Name);
  }
}

void CallFacts::dependent(const Expr *E, const NamedDecl *Candidate,
                          llvm::StringRef Name, bool Member) {
  if (Name.empty() || !Spans.user(E->getExprLoc()))
    return;
  DependentCallFact Fact;
  if (Candidate) {
    const FunctionDecl *F = Candidate->getUnderlyingDecl()->getAsFunction();
    if (!F || !Spans.user(F->getLocation()))
      return;
    Fact.Candidate = Facts.symbol(F);
  }
  Fact.Member = Member;
  Fact.Unevaluated = State.Unevaluated;
  if (State.Owner)
    Fact.Caller = Facts.symbol(State.Owner);
  Fact.Name = Name.str();
  Fact.Whole = Spans.tokens(E->getSourceRange()).Where;
  Facts.add(Fact);
}

/// An algorithm of the standard library that calls its function object before
/// it returns.
static bool callsAtOnce(const FunctionDecl *F) {
  if (!F || !F->getIdentifier() || !F->isInStdNamespace())
    return false;
  return StringSwitch<bool>(F->getName())
      .Cases({"for_each", "for_each_n", "find_if", "find_if_not", "any_of",
              "all_of", "none_of", "count_if"},
             true)
      .Cases({"transform", "copy_if", "remove_if", "replace_if", "erase_if",
              "partition", "stable_partition", "generate"},
             true)
      .Cases({"sort", "stable_sort", "partial_sort", "nth_element",
              "lower_bound", "upper_bound", "max_element", "min_element"},
             true)
      .Cases({"accumulate", "reduce", "call_once", "visit", "invoke", "apply"},
             true)
      .Default(false);
}

void CallFacts::lambda(const LambdaExpr *L) {
  LambdaFact Fact;
  if (State.Owner)
    Fact.Function = Facts.symbol(State.Owner);
  EditableSpan Introducer = Spans.tokens(L->getIntroducerRange());
  Fact.Introducer = Introducer.Where;
  Fact.State = Introducer.State;
  Fact.Whole = Spans.tokens(L->getSourceRange()).Where;
  Fact.Default = L->getCaptureDefault() == LCD_ByCopy ? CaptureDefault::Copy
                 : L->getCaptureDefault() == LCD_ByRef
                     ? CaptureDefault::Reference
                     : CaptureDefault::None;
  for (const LambdaCapture &Capture : L->captures()) {
    if (Capture.capturesThis())
      Fact.CapturesThis = true;
    if (!Capture.isExplicit())
      continue;
    Fact.HasCaptures = true;
    if (Capture.capturesVariable())
      Fact.Captured += Capture.getCapturedVar()->getNameAsString() + ",";
  }
  if (Fact.Default != CaptureDefault::None)
    if (const auto *M = dyn_cast_or_null<CXXMethodDecl>(State.Owner))
      Fact.CapturesThis |= M->isInstance();
  const Stmt *Child = L;
  for (size_t N = 1; const Stmt *Parent = State.parent(N);
       Child = Parent, ++N) {
    if (const auto *Cast = dyn_cast<ImplicitCastExpr>(Parent);
        Cast && Cast->getCastKind() == CK_UserDefinedConversion &&
        Cast->getType()->isFunctionPointerType())
      Fact.ToFunctionPointer = true;
    if (const auto *Call = dyn_cast<CXXOperatorCallExpr>(Parent);
        Call && Call->getOperator() == OO_Call && Call->getArg(0) == Child)
      Fact.Escapes = false;
    else if (const auto *Call = dyn_cast<CallExpr>(Parent);
             Call && callsAtOnce(Call->getDirectCallee())) {
      Fact.Escapes = false;
      Fact.Once = isStd(Call->getDirectCallee(), "call_once");
    }
    if (const auto *Assign = dyn_cast<CXXOperatorCallExpr>(Parent);
        Assign && Assign->getOperator() == OO_Equal &&
        Assign->getNumArgs() == 2 && Assign->getArg(1) == Child)
      if (std::optional<StorageExpression> To =
              storageExpression(Assign->getArg(0)))
        Fact.StoredIn = Facts.symbol(To->Storage);
    bool Transparent =
        isa<ImplicitCastExpr, ParenExpr, MaterializeTemporaryExpr,
            CXXBindTemporaryExpr, ExprWithCleanups, CXXConstructExpr,
            CXXMemberCallExpr, MemberExpr, UnaryOperator>(Parent);
    if (!Transparent)
      break;
  }
  // The closure is gone when the coroutine goes on: what has no captures must
  // not get any.
  if (isa_and_nonnull<CoroutineBodyStmt>(L->getBody()) &&
      Fact.Default == CaptureDefault::None && !Fact.HasCaptures)
    Fact.ToFunctionPointer = true;
  Fact.AtExit = isGivenToExit(State);
  Fact.Kept = isKeptByStatic(State, Spans);
  Facts.add(Fact);
}

} // namespace unsingleton
