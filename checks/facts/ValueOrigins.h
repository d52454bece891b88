//===- ValueOrigins.h - Where the value of an expression comes from -*- C++
//-*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Inside one function. Two questions about an expression:
//
//   valuesOf   what it may hold or point to: for `Job{user_context, cb}` the
//              context and whatever `cb` holds;
//   targetsOf  which object it stands for, so that what is put into it is put
//              there: for `bus().list()[0]` what `bus` returns.
//
// Local variables are seen through, in whatever order they are written, once
// every value that the function puts into them has been contributed.
//
// Not handled: what a called function does, which linking knows; a value that
// takes its way through a member of a parameter, other than a context.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_FACTS_VALUEORIGINS_H
#define UNSINGLETON_CHECKS_FACTS_VALUEORIGINS_H

#include "checks/facts/ContextTypes.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"

namespace unsingleton {

using Origins = llvm::SmallVector<FlowSource, 2>;

class ValueOrigins {
public:
  /// \p Owner: the function, or null for an initialiser at namespace scope.
  ValueOrigins(const clang::FunctionDecl *Owner, ContextTypes &Types,
               SourceSpans &Spans, UnitFactsBuilder &Facts)
      : Owner(Owner), Types(Types), Spans(Spans), Facts(Facts) {}

  /// \p V, or its member \p Field, is given \p Value besides its initialiser.
  void contribute(const clang::VarDecl *V, const clang::FieldDecl *Field,
                  const clang::Expr *Value) {
    Given[V].push_back({Field, Value});
  }
  llvm::SmallVector<const clang::Expr *, 2>
  given(const clang::VarDecl *V, const clang::FieldDecl *Field = nullptr) const;

  Origins valuesOf(const clang::Expr *E);
  Origins targetsOf(const clang::Expr *E);

  /// The value of a call or construction, as the end of a flow.
  FlowEnd valueEnd(const clang::Expr *E);
  FlowEnd valueEnd(const clang::VarDecl *V);
  /// Whether an answer so far was the value of the call \p E.
  bool isAsked(const clang::Expr *E) const { return Asked.contains(E); }

private:
  /// Expressions are asked about through other expressions: no deeper.
  static constexpr unsigned Deepest = 24;

  struct Gift {
    const clang::FieldDecl *Field;
    const clang::Expr *Value;
  };

  static void add(Origins &Out, FlowSource Source) {
    if (!llvm::is_contained(Out, Source))
      Out.push_back(std::move(Source));
  }

  void values(const clang::Expr *E, Origins &Out);
  void valuesOfVariable(const clang::VarDecl *V, Origins &Out);
  void valuesOfMember(const clang::MemberExpr *E, Origins &Out);
  void valuesOfLambda(const clang::LambdaExpr *E, Origins &Out);
  void valuesOfConstruction(const clang::CXXConstructExpr *E, Origins &Out);
  void valuesOfCall(const clang::CallExpr *E, Origins &Out);
  void valuesOfForeignCall(const clang::CallExpr *E, Origins &Out);
  void valuesOfAll(llvm::ArrayRef<const clang::Expr *> Parts, Origins &Out);

  void targets(const clang::Expr *E, Origins &Out);
  void targetsOfVariable(const clang::VarDecl *V, Origins &Out);
  void targetsOfCall(const clang::CallExpr *E, Origins &Out);

  /// A context by its type, if it is one of a request.
  void contextCall(const clang::Expr *E, Origins &Out);
  void context(const Span &Where, llvm::StringRef Text, Origins &Out);
  void made(const clang::Expr *E, Origins &Out);
  void simple(FlowKind Kind, SymbolIndex Symbol, Origins &Out);
  bool isOwnParameter(const clang::VarDecl *V) const;
  SymbolIndex recordOf(clang::QualType Type);
  uint32_t inMacro(clang::SourceLocation Where) const;
  std::string spelled(const clang::Expr *E) const;

  const clang::FunctionDecl *Owner;
  ContextTypes &Types;
  SourceSpans &Spans;
  UnitFactsBuilder &Facts;
  llvm::DenseMap<const clang::VarDecl *, llvm::SmallVector<Gift, 2>> Given;
  llvm::DenseSet<const clang::Expr *> Asked;
  llvm::SmallVector<const clang::VarDecl *, 8> Open; ///< being resolved
  unsigned Depth = 0;
};

} // namespace unsingleton

#endif
