//===- CreationFacts.cpp - How the object of a storage is made --*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/facts/CreationFacts.h"
#include "checks/facts/Compat.h"
#include "checks/facts/HolderType.h"
#include "checks/facts/ProcessStream.h"
#include "checks/facts/StorageExpression.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/RecursiveASTVisitor.h"

using namespace clang;

namespace unsingleton {

namespace {
class LocalsFinder : public RecursiveASTVisitor<LocalsFinder> {
public:
  bool Found = false;
  bool VisitDeclRefExpr(DeclRefExpr *E) {
    if (const auto *V = dyn_cast<VarDecl>(E->getDecl()))
      Found |= !V->hasGlobalStorage();
    return !Found;
  }
  bool VisitCXXThisExpr(CXXThisExpr *) { return !(Found = true); }
};

/// A function of the standard library that makes a smart pointer or optional.
bool isMake(const FunctionDecl *F) {
  if (!F || !F->getIdentifier())
    return false;
  // Projects have their own of these names.
  return F->getName() == "make_unique" || F->getName() == "make_shared" ||
         isStd(F, "allocate_shared");
}

/// A number that is no object's address: they mark what has no neighbour, or
/// is not made yet. `(Node *)-1`
bool isSentinel(const Expr *E, const ASTContext &Context) {
  E = E->IgnoreParenImpCasts();
  const auto *Cast = dyn_cast<CastExpr>(E);
  // In a template, the class that it points to may be the template.
  if (!Cast || !Cast->getType()->isPointerType() ||
      !Cast->getSubExpr()->getType()->isIntegralType(Context))
    return false;
  Expr::EvalResult Value;
  if (Cast->getSubExpr()->isValueDependent() ||
      !Cast->getSubExpr()->EvaluateAsInt(Value, Context))
    return false;
  // Nothing lies in the first page, nor in the last.
  constexpr int64_t Page = 4096;
  int64_t Number = Value.Val.getInt().extOrTrunc(64).getSExtValue();
  return Number > -Page && Number < Page;
}

/// A container of the library: made without arguments, it is empty.
bool isContainer(QualType Type) {
  const NamedDecl *D = Type->getAsCXXRecordDecl();
  if (!D)
    if (const auto *T = Type->getAs<TemplateSpecializationType>())
      D = T->getTemplateName().getAsTemplateDecl();
  if (!D || !D->getIdentifier() || !D->isInStdNamespace())
    return false;
  return StringSwitch<bool>(D->getName())
      .Cases({"vector", "deque", "list", "forward_list", "basic_string"}, true)
      .Cases({"set", "map", "multiset", "multimap", "unordered_set",
              "unordered_map", "unordered_multiset", "unordered_multimap"},
             true)
      .Default(false);
}

/// Without an initialiser, or by one that says nothing: `{}`, `= T()`.
bool defaultInitialised(const VarDecl *V) {
  const Expr *Init = V->getInit();
  if (!Init)
    return true;
  Init = bare(Init);
  if (const auto *L = dyn_cast<InitListExpr>(Init))
    return L->getNumInits() == 0;
  if (const auto *L = dyn_cast<ParenListExpr>(Init))
    return L->getNumExprs() == 0;
  if (const auto *C = dyn_cast<CXXUnresolvedConstructExpr>(Init))
    return C->getNumArgs() == 0;
  const auto *C = dyn_cast<CXXConstructExpr>(Init);
  return C && llvm::all_of(C->arguments(), [](const Expr *Argument) {
           return isa<CXXDefaultArgExpr>(Argument);
         });
}

} // namespace

bool makesObject(const Expr *E) {
  E = bare(E);
  if (const auto *C = dyn_cast<CXXConstructExpr>(E))
    if (C->getNumArgs() >= 1 && holderType(C->getType()).How != Holder::Value)
      E = bare(C->getArg(0));
  if (const auto *N = dyn_cast<CXXNewExpr>(E))
    return !N->getNumPlacementArgs();
  const auto *C = dyn_cast<CallExpr>(E);
  if (!C)
    return false;
  // A unique_ptr given by value: nobody else has one.
  return isMake(C->getDirectCallee()) ||
         (C->isPRValue() && holderType(C->getType()).How == Holder::UniquePtr);
}

/// `""`, `{}`, `{0}`: what an array holds that nobody gives anything.
static bool makesZeros(const Expr *Init, const ASTContext &Context) {
  Init = bare(Init);
  if (const auto *Text = dyn_cast<StringLiteral>(Init))
    return Text->getLength() == 0;
  if (const auto *List = dyn_cast<InitListExpr>(Init))
    return llvm::all_of(List->inits(), [&](const Expr *Element) {
      return makesZeros(Element, Context);
    });
  return isa<ImplicitValueInitExpr>(Init) ||
         (!Init->isValueDependent() && isNull(Init, Context));
}

bool beginsEmpty(const VarDecl *V) {
  QualType Type = V->getType();
  if (Type->isArrayType())
    return defaultInitialised(V) ||
           makesZeros(V->getInit(), V->getASTContext());
  if (isContainer(Type))
    return defaultInitialised(V);
  Holder How = holderType(Type).How;
  if (How == Holder::Value || How == Holder::Reference ||
      How == Holder::Library)
    return false;
  return !V->getInit() || makesNothing(V);
}

CreationFact describeCreation(const Expr *E, SourceSpans &Spans) {
  CreationFact Fact;
  E = bare(E);
  // In a template `shared_ptr<T> p(new T)` is a list yet, without a type.
  if (const auto *L = dyn_cast<ParenListExpr>(E); L && L->getNumExprs())
    E = bare(L->getExpr(0));
  if (const auto *C = dyn_cast<CXXConstructExpr>(E)) {
    if (C->getNumArgs() >= 1 && holderType(C->getType()).How != Holder::Value)
      if (const auto *N = dyn_cast<CXXNewExpr>(bare(C->getArg(0))))
        E = N;
  }
  if (const auto *U = dyn_cast<UnaryOperator>(E);
      U && U->getOpcode() == UO_Deref) // static X &x = *new X;
    if (const auto *N = dyn_cast<CXXNewExpr>(bare(U->getSubExpr())))
      E = N;
  if (const auto *N = dyn_cast<CXXNewExpr>(E);
      N && !N->isArray() && !N->getNumPlacementArgs()) {
    Fact.Form = CreationForm::New;
    Fact.Type =
        Spans
            .tokens(
                N->getAllocatedTypeSourceInfo()->getTypeLoc().getSourceRange())
            .Where;
    if (SourceRange Init = N->getDirectInitRange(); Init.isValid())
      Fact.Arguments = Spans.tokens(Init).Where;
    else if (const Expr *Init = N->getInitializer()) { // new T{a}
      SourceRange Range;
      if (isa<InitListExpr>(Init))
        Range = Init->getSourceRange();
      else if (const auto *C = dyn_cast<CXXConstructExpr>(Init))
        Range = C->getParenOrBraceRange();
      if (Range.isValid())
        Fact.Arguments = Spans.tokens(Range).Where;
    }
    return Fact;
  }
  if (const auto *C = dyn_cast<CallExpr>(E);
      C && isMake(C->getDirectCallee())) {
    Fact.Form = CreationForm::Make;
    return Fact;
  }
  if (E->getType().isNull()) // several initialisers: one of a pack
    return Fact;
  Holder How = holderType(E->getType()).How;
  Fact.Form = How == Holder::UniquePtr || How == Holder::SharedPtr ||
                      How == Holder::SmartPtr
                  ? CreationForm::Holder
                  : CreationForm::Opaque;
  return Fact;
}

bool makesDerived(const Expr *E, QualType Kept) {
  const auto *C = dyn_cast_or_null<CallExpr>(E ? bare(E) : nullptr);
  if (!C || !isMake(C->getDirectCallee()))
    return false;
  QualType Made = holderType(C->getType()).Object;
  Kept = holderType(Kept).Object;
  return !Made.isNull() && !Kept.isNull() && !Made->isDependentType() &&
         !Kept->isDependentType() &&
         Made.getCanonicalType().getUnqualifiedType() !=
             Kept.getCanonicalType().getUnqualifiedType();
}

CreationFact describeInitialiser(const VarDecl *V, SourceSpans &Spans) {
  CreationFact Fact;
  HolderType Type = holderType(V->getType());
  if (Type.How != Holder::Value && Type.How != Holder::Optional)
    Fact = describeCreation(V->getInit(), Spans);
  else
    Fact.Form = CreationForm::Value;
  Fact.Derived = makesDerived(V->getInit(), V->getType());
  InitialiserText Text = initialiserText(V, Spans);
  Fact.Whole = Text.Where.Where.valid() ? Text.Where.Where
                                        : Spans.place(V->getLocation());
  if (Fact.Form == CreationForm::Value)
    Fact.Arguments = Text.Where.Where;
  Fact.UsesLocals = usesLocals(V->getInit());
  Fact.Stream = givesProcessStream(V->getInit());
  return Fact;
}

bool makesNothing(const VarDecl *V) {
  HolderType Type = holderType(V->getType());
  if (Type.How == Holder::Value || Type.How == Holder::Reference)
    return false;
  const Expr *Init = bare(V->getInit());
  if (isNull(Init, V->getASTContext()) ||
      isSentinel(V->getInit(), V->getASTContext()))
    return true;
  if (const auto *List = dyn_cast<InitListExpr>(Init))
    return List->getNumInits() == 0 ||
           isNull(List->getInit(0), V->getASTContext());
  const auto *C = dyn_cast<CXXConstructExpr>(Init);
  return C && (C->getNumArgs() == 0 || isa<CXXDefaultArgExpr>(C->getArg(0)) ||
               isNull(C->getArg(0), V->getASTContext()) ||
               C->getArg(0)->getType()->isNullPtrType());
}

bool usesLocals(const Stmt *E) {
  LocalsFinder Finder;
  if (E)
    Finder.TraverseStmt(const_cast<Stmt *>(E));
  return Finder.Found;
}

InitialiserText initialiserText(const VarDecl *V, SourceSpans &Spans) {
  InitialiserText Result;
  const Expr *Init = V->getInit();
  if (!Init)
    return Result;
  SourceRange Range = Init->getSourceRange();
  switch (V->getInitStyle()) {
  case VarDecl::CInit: {
    if (const auto *C = dyn_cast<CXXConstructExpr>(Init->IgnoreImplicit());
        C && C->getParenOrBraceRange().isInvalid() &&
        C->getBeginLoc() == V->getLocation())
      return Result; // `T t;`
    Result.Style = InitStyle::Equals;
    Result.Where = Spans.tokens(Range);
    return Result;
  }
  case VarDecl::ListInit:
    Result.Style = InitStyle::Braces;
    if (const auto *C = dyn_cast<CXXConstructExpr>(Init->IgnoreImplicit());
        C && C->getParenOrBraceRange().isValid())
      Range = C->getParenOrBraceRange();
    Result.Where = Spans.tokens(Range);
    return Result;
  case VarDecl::CallInit:
  case VarDecl::ParenListInit: {
    Result.Style = InitStyle::Parentheses;
    SourceRange Paren;
    if (const auto *C = dyn_cast<CXXConstructExpr>(Init->IgnoreImplicit()))
      Paren = C->getParenOrBraceRange();
    if (Paren.isInvalid()) {
      SourceLocation Open = Spans.next(V->getLocation(), tok::l_paren);
      SourceLocation Close = Spans.next(Range.getEnd(), tok::r_paren);
      Paren = SourceRange(Open, Close);
    }
    Result.Where = Spans.tokens(Paren);
    return Result;
  }
  }
  return Result;
}

void extractInitialiser(const VarDecl *V, const FunctionDecl *In,
                        SourceSpans &Spans, UnitFactsBuilder &Facts) {
  if (!V->getInit() || V->getType()->isDependentType() || makesNothing(V))
    return;
  CreationFact Fact = describeInitialiser(V, Spans);
  Fact.Storage = Facts.symbol(V);
  if (In)
    Fact.Function = Facts.symbol(In);
  Facts.add(Fact);
}

} // namespace unsingleton
