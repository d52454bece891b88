//===- UnitWalker.cpp - One pass over what a unit declares -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/facts/UnitWalker.h"
#include "checks/facts/AccessExtractor.h"
#include "checks/facts/AliasFacts.h"
#include "checks/facts/CallFacts.h"
#include "checks/facts/CallableFacts.h"
#include "checks/facts/Compat.h"
#include "checks/facts/ContextFacts.h"
#include "checks/facts/DeclarationFacts.h"
#include "checks/facts/Detections.h"
#include "checks/facts/ExplicitInstantiation.h"
#include "checks/facts/HolderNotes.h"
#include "checks/facts/HolderType.h"
#include "checks/facts/LibraryFacts.h"
#include "checks/facts/MigrationSites.h"
#include "checks/facts/ProtocolExtractor.h"
#include "checks/facts/StorageExpression.h"
#include "checks/facts/SymbolName.h"
#include "checks/facts/UseFacts.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "llvm/ADT/DenseSet.h"

using namespace clang;

namespace unsingleton {

namespace {
class Walker : public RecursiveASTVisitor<Walker> {
  using Base = RecursiveASTVisitor<Walker>;

public:
  Walker(SourceSpans &Spans, UnitFactsBuilder &Facts,
         const ExtractOptions &Options, Describes Ours)
      : Spans(Spans), Facts(Facts), Ours(Ours),
        Declarations(Spans, Facts, Options), Calls(Spans, Facts, State),
        Callables(Spans, Facts, State), Uses(Spans, Facts, State),
        Library(Spans, Facts, Options, State, Declarations),
        Contexts(Spans, Facts, Options), Sites(Spans, Facts, State) {}

  // What an instantiation calls, its template calls.
  bool shouldVisitTemplateInstantiations() const { return true; }

  bool TraverseDecl(Decl *D) {
    if (!D || (D->isImplicit() && !isa<CXXRecordDecl>(D)))
      return true;
    if (D->getLocation().isValid() && !Spans.user(D->getLocation()))
      return true;
    WalkState Saved = std::move(State);
    State = WalkState();
    State.Owner = Saved.Owner;
    State.Unevaluated = Saved.Unevaluated;
    State.Where = Saved.Where;
    State.Variable = Saved.Variable;
    bool Scoped = enter(D);
    if (!Scoped) {
      State.Path = std::move(Saved.Path);
      State.Field = Saved.Field;
    }
    bool Result = Base::TraverseDecl(D);
    if (!Scoped)
      Saved.Path = std::move(State.Path);
    State = std::move(Saved);
    return Result;
  }

  // Overriding the one-argument form turns data recursion off, so that Path
  // is what it says.
  bool TraverseStmt(Stmt *S) {
    if (!S)
      return true;
    State.Path.push_back(S);
    auto Pop = scope_exit([&] { State.Path.pop_back(); });
    return Base::TraverseStmt(S);
  }

  bool TraverseLambdaExpr(LambdaExpr *L) {
    Calls.lambda(L);
    Callables.lambda(L);
    scopeOfParameters(L->getCallOperator());
    return Base::TraverseLambdaExpr(L);
  }

  bool TraverseConstructorInitializer(CXXCtorInitializer *Init) {
    State.Field = Init->getAnyMember();
    auto Reset = scope_exit([&] { State.Field = nullptr; });
    return Base::TraverseConstructorInitializer(Init);
  }

  // Later versions of Clang also say whether to go into the qualifier.
  template <typename... Rest>
  bool TraverseDecltypeTypeLoc(DecltypeTypeLoc T, Rest... More) {
    return unevaluated(
        [&] { return Base::TraverseDecltypeTypeLoc(T, More...); });
  }
  bool TraverseUnaryExprOrTypeTraitExpr(UnaryExprOrTypeTraitExpr *E) {
    return unevaluated(
        [&] { return Base::TraverseUnaryExprOrTypeTraitExpr(E); });
  }
  bool TraverseCXXNoexceptExpr(CXXNoexceptExpr *E) {
    return unevaluated([&] { return Base::TraverseCXXNoexceptExpr(E); });
  }

  bool VisitFunctionDecl(FunctionDecl *F) {
    if (isLambdaCall(F))
      return true;
    // What an instantiation declares, its pattern does; but which methods of a
    // base that depends on a parameter it overrides, only it knows.
    if (!F->isTemplateInstantiation() && describes(F)) {
      Declarations.function(F);
      Sites.scope(F);
    } else if (F->isTemplateInstantiation()) {
      addExplicitInstantiation(F, Spans, Facts);
      if (const auto *M = dyn_cast<CXXMethodDecl>(F))
        Declarations.overrides(M);
    }
    // A template whose parsing is delayed until it is used has a body that
    // nobody has read.
    if (!F->doesThisDeclarationHaveABody() || !F->getBody())
      return true;
    Declarations.body(F);
    extractAccesses(F, Spans, Facts);
    extractMaker(F, Spans, Facts);
    Contexts.function(F);
    scopeOfParameters(F);
    if (const auto *C = dyn_cast<CXXConstructorDecl>(F)) {
      Calls.implicitInitialisers(C);
      Sites.constructor(C);
      extractAliases(C, Spans, Facts);
    }
    return true;
  }

  bool VisitVarDecl(VarDecl *V) {
    if (isStorage(V)) {
      Declarations.storage(V, State.Owner);
      Sites.scope(V);
      Sites.processContext(V);
      Library.variable(V);
      if (Spans.user(V->getLocation()))
        extractAlias(V, Spans, Facts);
      Contexts.storage(V);
    }
    return true;
  }

  bool VisitDeclStmt(DeclStmt *S) {
    for (const Decl *D : S->decls())
      if (const auto *V = dyn_cast<VarDecl>(D); V && V->hasLocalStorage()) {
        scopeOf(V, Spans.next(V->getEndLoc(), tok::semi), enclosingScope());
        Sites.processContext(V);
      }
    return true;
  }

  bool VisitCXXRecordDecl(CXXRecordDecl *R) {
    Declarations.record(R);
    Sites.record(R);
    Sites.scope(R);
    Library.bases(R);
    Contexts.record(R);
    // What nobody has written is not visited, but constructs bases and members.
    for (const CXXConstructorDecl *C : R->ctors())
      if (C->isImplicit() && C->isDefaultConstructor() && C->hasBody())
        Calls.implicitInitialisers(C);
    return true;
  }

  bool VisitTypedefNameDecl(TypedefNameDecl *D) {
    Library.alias(D);
    return true;
  }

  bool VisitUsingDecl(UsingDecl *D) {
    Calls.usingDeclaration(D);
    return true;
  }

  bool VisitCallExpr(CallExpr *E) {
    Calls.call(E);
    Sites.macroCall(E);
    if (const FunctionDecl *F = E->getDirectCallee();
        F && Spans.user(F->getLocation()))
      Uses.result(E, F);
    if (SymbolIndex Object = Library.use(E); Object != NoSymbol)
      Uses.libraryObject(E, Object);
    return true;
  }

  bool VisitCXXConstructExpr(CXXConstructExpr *E) {
    Calls.construction(E);
    Callables.construction(E);
    instance(E);
    return true;
  }

  bool VisitCXXThisExpr(CXXThisExpr *E) {
    Uses.self(E);
    return true;
  }

  bool VisitDeclRefExpr(DeclRefExpr *E) {
    const ValueDecl *Named = E->getDecl();
    if (const auto *B = dyn_cast<BindingDecl>(Named))
      Named = B->getDecomposedDecl() ? B->getDecomposedDecl() : Named;
    if (const auto *V = dyn_cast<VarDecl>(Named)) {
      Uses.variable(E, V);
      Callables.variable(E, V);
    } else if (const auto *F = dyn_cast<FunctionDecl>(E->getDecl())) {
      Calls.mention(E, F, E->getNameInfo().getSourceRange());
      Sites.mention(E, F, E->getNameInfo().getSourceRange());
      Callables.function(E, F);
    }
    return true;
  }

  bool VisitMemberExpr(MemberExpr *E) {
    if (const auto *V = dyn_cast<VarDecl>(E->getMemberDecl())) {
      Uses.variable(E, V);
      Callables.variable(E, V);
    } else if (const auto *F = dyn_cast<FieldDecl>(E->getMemberDecl())) {
      Uses.field(E, F);
      Callables.field(E, F);
    } else if (const auto *M = dyn_cast<CXXMethodDecl>(E->getMemberDecl())) {
      Calls.mention(E, M, E->getMemberNameInfo().getSourceRange());
      Sites.mention(E, M, E->getMemberNameInfo().getSourceRange());
    }
    return true;
  }

  bool VisitUnresolvedLookupExpr(UnresolvedLookupExpr *E) {
    std::string Name = E->getName().getAsString();
    for (const NamedDecl *Candidate : E->decls())
      Calls.dependent(E, Candidate, Name, false);
    if (E->requiresADL()) // and what the arguments' namespaces hold
      Calls.dependent(E, nullptr, Name, false);
    return true;
  }
  bool VisitUnresolvedMemberExpr(UnresolvedMemberExpr *E) {
    for (const NamedDecl *Candidate : E->decls())
      Calls.dependent(E, Candidate, E->getMemberName().getAsString(), true);
    return true;
  }
  bool VisitCXXDependentScopeMemberExpr(CXXDependentScopeMemberExpr *E) {
    Calls.dependent(E, nullptr, E->getMember().getAsString(), true);
    return true;
  }
  bool VisitDependentScopeDeclRefExpr(DependentScopeDeclRefExpr *E) {
    Calls.dependent(E, nullptr, E->getDeclName().getAsString(), true);
    return true;
  }

private:
  bool describes(const NamedDecl *D) {
    SymbolIndex Symbol = Facts.symbol(D);
    return Symbol == NoSymbol || Ours(D, Facts.Out.Symbols[Symbol]);
  }

  template <class Traverse> bool unevaluated(Traverse Go) {
    bool Before = State.Unevaluated;
    State.Unevaluated = true;
    bool Result = Go();
    State.Unevaluated = Before;
    return Result;
  }

  /// Sets the state for what \p D contains. False: \p D opens no new scope and
  /// the path of statements goes on through it.
  bool enter(Decl *D) {
    if (auto *F = dyn_cast<FunctionDecl>(D)) {
      if (isLambdaCall(F)) {
        // An instance of a generic lambda comes by itself, and is code of the
        // function in which the lambda is written.
        if (State.Owner || !F->isTemplateInstantiation())
          return false;
        F = writtenIn(F);
      }
      State.Owner = F;
      State.Where = Surroundings::Body;
      State.Variable = nullptr;
      return true;
    }
    if (isa<ParmVarDecl>(D)) {
      State.Where = Surroundings::DefaultArgument;
      State.Variable = nullptr;
      return true;
    }
    if (auto *V = dyn_cast<VarDecl>(D)) {
      if (isStorage(V))
        State.Where = V->isStaticLocal() ? Surroundings::LocalStatic
                                         : Surroundings::StaticInitialiser;
      if (!isStorage(V))
        return false;
      State.Variable = V;
      return true;
    }
    if (auto *F = dyn_cast<FieldDecl>(D)) {
      State.Field = F;
      State.Where = Surroundings::MemberInitialiser;
      State.Variable = nullptr;
      State.Owner = nullptr;
      return true;
    }
    if (isa<TagDecl, NamespaceDecl>(D)) {
      State.Owner = isa<TagDecl>(D) ? State.Owner : nullptr;
      State.Where = Surroundings::Body;
      State.Variable = nullptr;
      return true;
    }
    return false;
  }

  void instance(const CXXConstructExpr *E) {
    const CXXRecordDecl *R = E->getConstructor()->getParent();
    bool Own =
        State.Variable &&
        elementRecordOf(holderType(State.Variable->getType()).Object) == R;
    if (Own || !Spans.user(R->getLocation()) || R->isLambda())
      return;
    InstanceFact Fact;
    Fact.Record = Facts.symbol(R);
    if (State.Owner)
      Fact.Function = Facts.symbol(State.Owner);
    if (Instances.insert({Fact.Record, Fact.Function}).second)
      Facts.add(Fact);
  }

  /// The statement whose end is the end of the scope of a declaration here.
  const Stmt *enclosingScope() const {
    for (size_t N = 1; const Stmt *S = State.parent(N); ++N)
      if (isa<CompoundStmt, ForStmt, CXXForRangeStmt, IfStmt, WhileStmt,
              SwitchStmt, CXXCatchStmt>(S))
        return S;
    return nullptr;
  }

  void scopeOf(const VarDecl *V, SourceLocation From, const Stmt *Scope) {
    if (!State.Owner || !Scope)
      return;
    SourceLocation Begin = From.isValid() ? From : V->getEndLoc();
    source(V, Spans.between(Begin, Scope->getEndLoc()), false);
  }

  void scopeOfParameters(const FunctionDecl *F) {
    for (const ParmVarDecl *P : F->parameters())
      if (F->getBody())
        source(P, Spans.between(P->getEndLoc(), F->getBody()->getEndLoc()),
               true);
  }

  void source(const VarDecl *V, const EditableSpan &Visible, bool Parameter) {
    if (!V->getIdentifier() || !Spans.user(V->getLocation()))
      return;
    bool Direct = false;
    std::string E =
        Declarations.contextFrom(V->getType(), V->getName(), Direct);
    if (E.empty() || Visible.State == Editability::NotContiguous)
      return;
    const FunctionDecl *Owner = State.Owner;
    if (!Owner)
      return;
    Facts.add(ContextSourceFact{Facts.symbol(Owner), V->getNameAsString(), E,
                                Direct, Parameter, Visible.Where});
  }

  SourceSpans &Spans;
  UnitFactsBuilder &Facts;
  Describes Ours;
  WalkState State;
  DeclarationFacts Declarations;
  CallFacts Calls;
  CallableFacts Callables;
  UseFacts Uses;
  LibraryFacts Library;
  ContextFacts Contexts;
  MigrationSites Sites;
  /// One InstanceFact a class and function is enough.
  llvm::DenseSet<std::pair<SymbolIndex, SymbolIndex>> Instances;
};
} // namespace

void walkUnit(const std::vector<Decl *> &TopLevel, SourceSpans &Spans,
              UnitFactsBuilder &Facts, const ExtractOptions &Options,
              Describes Ours) {
  if (!TopLevel.empty())
    noteHolders(TopLevel.front()->getASTContext(), Options.Holders);
  Walker W(Spans, Facts, Options, Ours);
  for (size_t I = 0; I < TopLevel.size(); ++I) // it may grow
    W.TraverseDecl(TopLevel[I]);
  extractDetections(TopLevel, Spans, Facts);
}

} // namespace unsingleton
