//===- Detections.cpp - What templates ask of their arguments -------------===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/facts/Detections.h"
#include "checks/facts/Compat.h"
#include "checks/facts/HolderType.h"
#include "clang/AST/ASTConcept.h"
#include "clang/AST/DeclFriend.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprConcepts.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SetVector.h"

using namespace clang;

namespace unsingleton {

namespace {
struct Question {
  const Expr *At;
  DeclarationName Name;
  bool Member; ///< of a class, else found by its arguments
};

/// A template, a partial specialisation, a concept or an alias.
struct Detector {
  std::vector<Question> Asks;
  llvm::SetVector<const Decl *> Mentions; ///< concepts and aliases
  llvm::SetVector<const CXXRecordDecl *> Classes;
};

/// Collects what a piece of a template asks and mentions.
class Reader : public RecursiveASTVisitor<Reader> {
  using Base = RecursiveASTVisitor<Reader>;

public:
  /// \p Asks: the piece decides which template is meant; else instantiations
  /// resolve it.
  Reader(Detector &Out, const SourceSpans &Spans, bool Asks)
      : Out(Out), Spans(Spans), Asks(Asks) {}

  void parameters(const TemplateParameterList *Parameters) {
    for (NamedDecl *Parameter : *Parameters)
      TraverseDecl(Parameter);
    TraverseStmt(const_cast<Expr *>(Parameters->getRequiresClause()));
  }

  bool VisitCXXDependentScopeMemberExpr(CXXDependentScopeMemberExpr *E) {
    return ask(E, E->getMember(), true);
  }
  bool VisitUnresolvedMemberExpr(UnresolvedMemberExpr *E) {
    return ask(E, E->getMemberName(), true);
  }
  bool VisitDependentScopeDeclRefExpr(DependentScopeDeclRefExpr *E) {
    return ask(E, E->getDeclName(), true);
  }
  bool VisitUnresolvedLookupExpr(UnresolvedLookupExpr *E) {
    return !E->requiresADL() || ask(E, E->getName(), false);
  }
  bool VisitConceptReference(ConceptReference *R) {
    return mention(R->getNamedConcept());
  }
  bool VisitTemplateSpecializationTypeLoc(TemplateSpecializationTypeLoc T) {
    return mention(T.getTypePtr()->getTemplateName().getAsTemplateDecl());
  }
  bool TraverseTemplateName(TemplateName Name) {
    return mention(Name.getAsTemplateDecl()) &&
           Base::TraverseTemplateName(Name);
  }

private:
  bool ask(const Expr *At, DeclarationName Name, bool Member) {
    if (Asks && Spans.user(At->getExprLoc()))
      Out.Asks.push_back({At, Name, Member});
    return true;
  }

  bool mention(const TemplateDecl *T) {
    if (isa_and_nonnull<ConceptDecl, TypeAliasTemplateDecl>(T) &&
        Spans.user(T->getLocation()))
      Out.Mentions.insert(T->getCanonicalDecl());
    return true;
  }

  Detector &Out;
  const SourceSpans &Spans;
  bool Asks;
};

/// Finds the detectors of a unit, and the classes that each was asked about.
class Collector : public RecursiveASTVisitor<Collector> {
  using Base = RecursiveASTVisitor<Collector>;

public:
  Collector(SourceSpans &Spans, UnitFactsBuilder &Facts)
      : Spans(Spans), Facts(Facts) {}

  bool TraverseDecl(Decl *D) {
    if (D && D->getLocation().isValid() && !Spans.user(D->getLocation()))
      return true;
    return Base::TraverseDecl(D);
  }

  bool VisitClassTemplatePartialSpecializationDecl(
      ClassTemplatePartialSpecializationDecl *D) {
    return partial(D);
  }
  bool VisitVarTemplatePartialSpecializationDecl(
      VarTemplatePartialSpecializationDecl *D) {
    return partial(D);
  }
  bool VisitClassTemplateDecl(ClassTemplateDecl *T) {
    for (ClassTemplateSpecializationDecl *Instance : T->specializations()) {
      add(Detectors[T->getCanonicalDecl()], Instance->getTemplateArgs());
      for (Decl *Member : Instance->decls())
        if (auto *Inner = dyn_cast<FunctionTemplateDecl>(Member))
          instances(Inner);
    }
    return whole(T);
  }
  bool VisitVarTemplateDecl(VarTemplateDecl *T) {
    for (VarTemplateSpecializationDecl *Instance : T->specializations())
      add(Detectors[T->getCanonicalDecl()], Instance->getTemplateArgs());
    return whole(T);
  }
  bool VisitFunctionTemplateDecl(FunctionTemplateDecl *T) {
    instances(T);
    whole(T);
    Reader(Detectors[T->getCanonicalDecl()], Spans, /*Asks=*/true)
        .TraverseStmt(
            const_cast<Expr *>(trailingConstraint(T->getTemplatedDecl())));
    return true;
  }
  bool VisitConceptDecl(ConceptDecl *C) {
    Reader(Detectors[C->getCanonicalDecl()], Spans, /*Asks=*/true)
        .TraverseStmt(C->getConstraintExpr());
    return true;
  }
  bool VisitTypeAliasTemplateDecl(TypeAliasTemplateDecl *T) {
    Reader(Detectors[T->getCanonicalDecl()], Spans, /*Asks=*/true)
        .TraverseTypeLoc(
            T->getTemplatedDecl()->getTypeSourceInfo()->getTypeLoc());
    return true;
  }

  // Outside of templates the answer is asked for by name.
  bool VisitConceptSpecializationExpr(ConceptSpecializationExpr *E) {
    Detector &D = Detectors[E->getNamedConcept()->getCanonicalDecl()];
    for (const TemplateArgument &Argument : E->getTemplateArguments())
      add(D, Argument);
    return true;
  }
  bool VisitTemplateSpecializationTypeLoc(TemplateSpecializationTypeLoc T) {
    Detector Named; // the alias itself, and those that it is given
    Reader(Named, Spans, /*Asks=*/false).TraverseTypeLoc(T);
    for (unsigned I = 0; !Named.Mentions.empty() && I < T.getNumArgs(); ++I)
      add(Named, T.getArgLoc(I).getArgument());
    for (const Decl *D : Named.Mentions)
      Detectors[D].Classes.insert(Named.Classes.begin(), Named.Classes.end());
    return true;
  }

  void report() {
    for (const auto &[D, Asked] : Detectors) {
      if (Asked.Classes.empty())
        continue;
      llvm::SetVector<const Decl *> Reached;
      Reached.insert(D);
      for (size_t I = 0; I < Reached.size(); ++I)
        if (auto It = Detectors.find(Reached[I]); It != Detectors.end()) {
          for (const Question &Q : It->second.Asks)
            for (const CXXRecordDecl *R : Asked.Classes)
              candidates(Q, R);
          Reached.insert(It->second.Mentions.begin(),
                         It->second.Mentions.end());
        }
    }
  }

private:
  template <class Partial> bool partial(Partial *D) {
    Detector &Out = Detectors[D];
    Reader Read(Out, Spans, /*Asks=*/true);
    Read.parameters(D->getTemplateParameters());
    if (const auto *Written = D->getTemplateArgsAsWritten())
      for (const TemplateArgumentLoc &Argument : Written->arguments())
        Read.TraverseTemplateArgumentLoc(Argument);
    for (auto *Instance : D->getSpecializedTemplate()->specializations())
      if (Instance->getInstantiatedFrom().template dyn_cast<Partial *>() == D)
        add(Out, Instance->getTemplateInstantiationArgs());
    return true;
  }

  template <class Template> bool whole(Template *T) {
    Detector &Out = Detectors[T->getCanonicalDecl()];
    Reader Read(Out, Spans, /*Asks=*/true);
    Read.parameters(T->getTemplateParameters());
    Reader(Out, Spans, /*Asks=*/false).TraverseDecl(T->getTemplatedDecl());
    return true;
  }

  void instances(FunctionTemplateDecl *T) {
    FunctionTemplateDecl *Root = T;
    while (FunctionTemplateDecl *From =
               Root->getInstantiatedFromMemberTemplate())
      Root = From;
    for (FunctionDecl *Instance : T->specializations())
      if (const TemplateArgumentList *Given =
              Instance->getTemplateSpecializationArgs())
        add(Detectors[Root->getCanonicalDecl()], *Given);
  }

  void add(Detector &To, const TemplateArgumentList &Arguments) {
    for (const TemplateArgument &Argument : Arguments.asArray())
      add(To, Argument);
  }

  void add(Detector &To, const TemplateArgument &Argument) {
    if (Argument.getKind() == TemplateArgument::Pack)
      for (const TemplateArgument &Element : Argument.pack_elements())
        add(To, Element);
    if (Argument.getKind() != TemplateArgument::Type)
      return;
    QualType Type = Argument.getAsType().getNonReferenceType();
    if (Type->isPointerType())
      Type = Type->getPointeeType();
    const CXXRecordDecl *R = recordOf(Type);
    if (R && (R = R->getDefinition()) && Spans.user(R->getLocation()))
      To.Classes.insert(R);
  }

  void candidates(const Question &Q, const CXXRecordDecl *R) {
    if (!Q.Member) {
      named(Q, R->getDeclContext()->getRedeclContext()->lookup(Q.Name));
      for (const FriendDecl *Friend : R->friends())
        if (NamedDecl *D = Friend->getFriendDecl();
            D && D->getDeclName() == Q.Name)
          candidate(Q, D);
      return;
    }
    if (named(Q, R->lookup(Q.Name)))
      return;
    for (const CXXBaseSpecifier &Base : R->bases())
      if (const CXXRecordDecl *B = recordOf(Base.getType()))
        if ((B = B->getDefinition()))
          candidates(Q, B);
  }

  bool named(const Question &Q, DeclContext::lookup_result Found) {
    for (const NamedDecl *D : Found)
      candidate(Q, D);
    return !Found.empty();
  }

  void candidate(const Question &Q, const NamedDecl *D) {
    const FunctionDecl *F = D->getUnderlyingDecl()->getAsFunction();
    if (!F || !Spans.user(F->getLocation()))
      return;
    DependentCallFact Fact;
    Fact.Candidate = Facts.symbol(F);
    Fact.Name = Q.Name.getAsString();
    Fact.Member = Q.Member;
    Fact.Unevaluated = true;
    Fact.Whole = Spans.tokens(Q.At->getSourceRange()).Where;
    Facts.add(Fact);
  }

  SourceSpans &Spans;
  UnitFactsBuilder &Facts;
  llvm::MapVector<const Decl *, Detector> Detectors;
};
} // namespace

void extractDetections(const std::vector<Decl *> &TopLevel, SourceSpans &Spans,
                       UnitFactsBuilder &Facts) {
  Collector All(Spans, Facts);
  for (size_t I = 0; I < TopLevel.size(); ++I) // it may grow
    All.TraverseDecl(TopLevel[I]);
  All.report();
}

} // namespace unsingleton
