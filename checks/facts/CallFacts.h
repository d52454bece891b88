//===- CallFacts.h - Facts about calls, constructions and lambdas -*- C++
//-*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_FACTS_CALLFACTS_H
#define UNSINGLETON_CHECKS_FACTS_CALLFACTS_H

#include "checks/facts/PassedPacks.h"
#include "checks/facts/SourceSpans.h"
#include "checks/facts/WalkState.h"
#include "clang/AST/ExprCXX.h"

namespace unsingleton {

/// The name of the callee as spelled.
clang::SourceRange calleeName(const clang::Expr *Callee);

class CallFacts {
public:
  CallFacts(SourceSpans &Spans, UnitFactsBuilder &Facts, const WalkState &State)
      : Spans(Spans), Facts(Facts), State(State) {}

  void call(const clang::CallExpr *E);
  void construction(const clang::CXXConstructExpr *E);
  /// Constructions that a constructor makes without spelling them.
  void implicitInitialisers(const clang::CXXConstructorDecl *C);
  /// A function that is named; the walk has seen whether it is also called.
  void mention(const clang::Expr *E, const clang::FunctionDecl *F,
               clang::SourceRange Name);
  void usingDeclaration(const clang::UsingDecl *D);
  /// \p Candidate may be null: then anything called \p Name may be meant.
  void dependent(const clang::Expr *E, const clang::NamedDecl *Candidate,
                 llvm::StringRef Name, bool Member);
  void lambda(const clang::LambdaExpr *L);

private:
  CallFact begin(const clang::FunctionDecl *Callee);
  /// Notes what lets the call happen for the first time only.
  void guard(CallFact &Fact);
  /// Where what is given to a constructor stands, when a call that does not
  /// name the constructor gives it.
  struct ForwardingPlace {
    Span Whole;
    EditableSpan Name;
    EditableSpan Arguments;
    bool Others = false; ///< other arguments stand there
    bool Varies = false; ///< a template's parameter says what is constructed
    bool Behind = false; ///< arguments of the call's own come first
  };
  ForwardingPlace placeIn(const clang::CallExpr *E) const;
  /// One of \p Constructors is given what stands at \p Place.
  void givenTo(llvm::ArrayRef<const clang::CXXConstructorDecl *> Constructors,
               const ForwardingPlace &Place);
  void forwarded(const clang::CallExpr *E, const clang::FunctionDecl *Callee);
  /// What \p Callee, a template of user code, constructs with its pack.
  void passedOn(const clang::CallExpr *E, const clang::FunctionDecl *Callee);
  /// The object of \p R that an optional is constructed with.
  void inPlace(const clang::CXXConstructExpr *E, const clang::CXXRecordDecl *R);
  /// Whether anything stands between the parentheses, which it may although an
  /// instantiation is given nothing: `f(args...)`.
  bool isWritten(clang::SourceLocation Open, clang::SourceLocation Close) const;
  void finish(CallFact Fact, const EditableSpan &Name,
              const EditableSpan &Arguments);

  SourceSpans &Spans;
  UnitFactsBuilder &Facts;
  const WalkState &State;
  PassedPacks Packs;
};

} // namespace unsingleton

#endif
