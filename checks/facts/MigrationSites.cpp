//===- MigrationSites.cpp - Finds what only the fix wants to know -*- C++
//-*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/facts/MigrationSites.h"
#include "checks/facts/Compat.h"
#include "checks/facts/ContextTypes.h"
#include "checks/facts/ExitHandlers.h"
#include "checks/facts/HolderType.h"
#include "clang/AST/Attr.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace unsingleton {

void MigrationSites::scope(const NamedDecl *D) {
  for (const auto *A : D->specific_attrs<AnnotateAttr>()) {
    llvm::StringRef Text = A->getAnnotation();
    llvm::StringRef Scope =
        StringSwitch<llvm::StringRef>(Text)
            .Case("isolation::per_request", "request")
            .Case("isolation::per_conversation", "conversation")
            .Case("isolation::per_user", "user")
            .Default("");
    if (!Scope.empty() && Spans.user(D->getLocation()))
      Facts.add(ScopeFact{Facts.symbol(D), Scope.str()});
  }
}

void MigrationSites::processContext(const VarDecl *V) {
  const CXXRecordDecl *R = recordOf(holderType(V->getType()).Object);
  if (!R || !R->getIdentifier() || R->getName() != "ProcessContext" ||
      !isRuntime(R))
    return;
  SymbolIndex Owner = State.Owner ? Facts.symbol(State.Owner) : NoSymbol;
  Facts.add(ProcessContextFact{Owner, V->getNameAsString(),
                               Spans.place(V->getLocation())});
}

/// The start of the comment that stands on the lines above \p Line, which ends
/// at that offset of \p Text; or \p Line.
static size_t withComment(llvm::StringRef Text, size_t Line) {
  bool Block = false;
  while (Line) {
    size_t Begin = Text.rfind('\n', Line - 1);
    Begin = Begin == llvm::StringRef::npos ? 0 : Begin + 1;
    llvm::StringRef Above = Text.slice(Begin, Line).trim();
    Block |= Above.ends_with("*/") && !Above.contains(';');
    if (!Block && !Above.starts_with("//"))
      break;
    Block &= !Above.contains("/*");
    Line = Begin;
  }
  return Line;
}

/// Where a member may be declared before \p First.
EditableSpan MigrationSites::memberPlace(const FieldDecl *First,
                                         bool &OwnLine) {
  SourceLocation Begin = First->getOuterLocStart();
  EditableSpan Result = Spans.between(Begin, Begin);
  if (!Result.editable() || Begin.isMacroID())
    return Result;
  auto [File, Offset] = Spans.SM.getDecomposedLoc(Begin);
  llvm::StringRef Text = Spans.SM.getBufferData(File);
  size_t Line = Text.rfind('\n', Offset);
  Line = Line == llvm::StringRef::npos ? 0 : Line + 1;
  OwnLine = Text.slice(Line, Offset).trim().empty();
  if (!OwnLine)
    return Result;
  size_t Place = Text.find_first_not_of(" \t", withComment(Text, Line));
  SourceLocation Where = Spans.SM.getLocForStartOfFile(File).getLocWithOffset(
      static_cast<int>(Place));
  return Spans.between(Where, Where);
}

void MigrationSites::record(const CXXRecordDecl *R) {
  if (!R->isThisDeclarationADefinition() || R->isLambda() || R->isImplicit() ||
      R->isInjectedClassName() ||
      isTemplateInstantiation(R->getTemplateSpecializationKind()) ||
      !Spans.user(R->getLocation()))
    return;
  for (const CXXConstructorDecl *C : R->ctors())
    if (!C->isImplicit())
      bodiless(C);
  if (R->isUnion() || R->isDependentContext())
    return;
  RecordSiteFact Fact;
  Fact.Record = Facts.symbol(R);
  if (Fact.Record == NoSymbol)
    return;
  EditableSpan Body = Spans.tokens(R->getBraceRange());
  Fact.Body = Body.Where;
  Fact.State = Body.State;
  if (!R->field_empty()) {
    EditableSpan Member = memberPlace(*R->field_begin(), Fact.OwnLine);
    Fact.Member = Member.Where;
    if (!Member.editable())
      Fact.State = Member.State;
  }
  Fact.Aggregate = R->isAggregate();
  if (const CXXDestructorDecl *D = R->getDestructor())
    Fact.PrivateDestructor = D->getAccess() != AS_public;
  for (const CXXConstructorDecl *C : R->ctors())
    Fact.Constructors |= !C->isImplicit() && !C->isCopyOrMoveConstructor();
  Facts.add(Fact);
}

/// What the class itself says of a constructor that nobody writes out.
void MigrationSites::bodiless(const CXXConstructorDecl *C) {
  bool Copies = C->isCopyOrMoveConstructor() || C->isDeleted();
  if (!Copies && !C->isDefaulted())
    return;
  ConstructorSiteFact Fact;
  Fact.Function = Facts.symbol(C);
  Fact.Where = Copies ? InitialiserPlace::Copies : InitialiserPlace::Alone;
  bool Left = C->isDefaulted() || C->isDeleted();
  Fact.State =
      Copies && Left ? Editability::Editable : Editability::NotContiguous;
  Fact.Place = Spans.place(C->getLocation());
  Facts.add(Fact);
}

void MigrationSites::constructor(const CXXConstructorDecl *C) {
  if (C->isImplicit() || C->isDefaulted() || C->isTemplateInstantiation() ||
      C->isCopyOrMoveConstructor() || !Spans.user(C->getLocation()))
    return;
  ConstructorSiteFact Fact;
  Fact.Function = Facts.symbol(C);
  std::vector<const CXXCtorInitializer *> Written;
  for (const CXXCtorInitializer *Init : C->inits())
    if (Init->isWritten())
      Written.push_back(Init);
  llvm::sort(Written, [](const auto *A, const auto *B) {
    return A->getSourceOrder() < B->getSourceOrder();
  });
  SourceLocation Place;
  for (const CXXCtorInitializer *Init : Written) {
    if (Init->isDelegatingInitializer()) {
      Fact.Where = InitialiserPlace::Delegates;
      Place = Init->getSourceLocation();
      break;
    }
    if (!Init->isBaseInitializer()) {
      Fact.Where = InitialiserPlace::Before;
      Place = Init->getSourceLocation();
      break;
    }
    Fact.Where = InitialiserPlace::After;
    Place = Spans.after(Init->getRParenLoc());
  }
  if (Written.empty())
    Place = C->getBody()->getBeginLoc();
  EditableSpan Span = Spans.between(Place, Place);
  Fact.Place = Span.Where;
  Fact.State = Span.State;
  // `try :` comes before the initialisers, and so does its `{`.
  if (isa<CXXTryStmt>(C->getBody()))
    Fact.State = Editability::NotContiguous;
  Facts.add(Fact);
}

void MigrationSites::macroCall(const CallExpr *E) {
  const FunctionDecl *Callee = E->getDirectCallee();
  if (!Callee || isa<CXXOperatorCallExpr, UserDefinedLiteral>(E) ||
      !Spans.user(Callee->getLocation()) || !State.Owner)
    return;
  const Expr *Named = E->getCallee()->IgnoreImplicit();
  SourceRange Range;
  if (const auto *R = dyn_cast<DeclRefExpr>(Named))
    Range = R->getNameInfo().getSourceRange();
  else if (const auto *M = dyn_cast<MemberExpr>(Named))
    Range = M->getMemberNameInfo().getSourceRange();
  EditableSpan Shown = Spans.tokens(Range);
  if (Shown.State != Editability::MacroBody)
    return;
  MacroCallFact Fact;
  Fact.Callee = Facts.symbol(Callee);
  Fact.Caller = Facts.symbol(State.Owner);
  Fact.Macro = Shown.Macro;
  Fact.Expansion = Shown.Where;
  for (const Expr *Argument : E->arguments())
    Fact.HasArguments |= !isa<CXXDefaultArgExpr>(Argument);
  EditableSpan Name = Spans.inMacro(Range.getBegin(), Range.getEnd());
  EditableSpan Arguments = Spans.argumentsInMacro(
      E->getCallee()->getEndLoc(), E->getRParenLoc(), Fact.ArgumentsInBody);
  if (!Name.editable() || !Arguments.editable())
    return;
  Fact.Name = Name.Where;
  Fact.Arguments = Arguments.Where;
  Facts.add(Fact);
}

const Stmt *
MigrationSites::receiver(llvm::ArrayRef<const Expr *> &Arguments) const {
  for (size_t N = 1; const Stmt *Parent = State.parent(N); ++N) {
    if (const auto *Address = dyn_cast<UnaryOperator>(Parent);
        isa<ImplicitCastExpr, ParenExpr, MaterializeTemporaryExpr,
            CXXBindTemporaryExpr>(Parent) ||
        (Address && Address->getOpcode() == UO_AddrOf))
      continue;
    if (const auto *Call = dyn_cast<CallExpr>(Parent)) {
      Arguments =
          llvm::ArrayRef<const Expr *>(Call->getArgs(), Call->getNumArgs());
      return Call;
    }
    if (const auto *Made = dyn_cast<CXXConstructExpr>(Parent)) {
      Arguments =
          llvm::ArrayRef<const Expr *>(Made->getArgs(), Made->getNumArgs());
      return Made;
    }
    return nullptr;
  }
  return nullptr;
}

void MigrationSites::mention(const Expr *E, const FunctionDecl *F,
                             SourceRange Name) {
  if (!Spans.user(F->getLocation()))
    return;
  if (isGivenToExit(State))
    Facts.add(ExitHandlerFact{Facts.symbol(F), Spans.place(E->getExprLoc())});
  llvm::ArrayRef<const Expr *> Arguments;
  const Stmt *To = receiver(Arguments);
  if (!To)
    return;
  bool Invokes = false;
  if (const auto *Call = dyn_cast<CallExpr>(To)) {
    const FunctionDecl *Callee = Call->getDirectCallee();
    if (!Callee || !Callee->getIdentifier() ||
        Spans.user(Callee->getLocation()))
      return;
    Invokes = isStd(Callee, "async") || isStd(Callee, "invoke");
  } else {
    const CXXConstructorDecl *C = cast<CXXConstructExpr>(To)->getConstructor();
    Invokes =
        isStd(C->getParent(), "thread") || isStd(C->getParent(), "jthread");
  }
  if (!Invokes)
    return;
  const auto *Mine = llvm::find_if(Arguments, [&](const Expr *Argument) {
    return Argument->getSourceRange().fullyContains(E->getSourceRange());
  });
  const auto *M = dyn_cast<CXXMethodDecl>(F);
  // A method's object comes first.
  if (Mine != Arguments.end() && M && M->isInstance())
    ++Mine;
  if (Mine == Arguments.end())
    return;
  SourceLocation End = Spans.after((*Mine)->getEndLoc());
  EditableSpan After = Spans.between(End, End);
  if (!After.editable())
    return;
  InvocationFact Fact;
  Fact.Callee = Facts.symbol(F);
  if (State.Owner)
    Fact.Caller = Facts.symbol(State.Owner);
  Fact.Name = Spans.tokens(Name).Where;
  Fact.After = After.Where;
  Facts.add(Fact);
}

} // namespace unsingleton
