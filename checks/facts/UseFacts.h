//===- UseFacts.h - Facts about uses of storages and writes to state -*- C++
//-*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_FACTS_USEFACTS_H
#define UNSINGLETON_CHECKS_FACTS_USEFACTS_H

#include "checks/facts/SourceSpans.h"
#include "checks/facts/WalkState.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"
#include <set>

namespace unsingleton {

class UseFacts {
public:
  UseFacts(SourceSpans &Spans, UnitFactsBuilder &Facts, const WalkState &State)
      : Spans(Spans), Facts(Facts), State(State) {}

  /// A variable or parameter is named by \p E, the current statement.
  void variable(const clang::Expr *E, const clang::VarDecl *V);
  /// A field is named by \p E, the current statement.
  void field(const clang::MemberExpr *E, const clang::FieldDecl *F);
  /// \p E, the current statement, hands out \p Object, which a library's holder
  /// owns.
  void libraryObject(const clang::CallExpr *E, SymbolIndex Object);
  /// \p E, the current statement, calls a user function.
  void result(const clang::CallExpr *E, const clang::FunctionDecl *F);
  /// `this` is named, or meant, by \p E, the current statement.
  void self(const clang::CXXThisExpr *E);

private:
  /// What a write is about, and the function that leads to it, if any.
  struct Subject {
    SymbolIndex Target = NoSymbol;
    Part Of = Part::Whole;
    const clang::FunctionDecl *Provided = nullptr;
    bool Number = false;             ///< a variable of arithmetic type
    const clang::Stmt *By = nullptr; ///< that made a local stand for it
    bool operator==(const Subject &) const = default;
  };

  void use(const clang::Expr *E, const clang::VarDecl *V);
  void aliases(const clang::Expr *E, const clang::VarDecl *V);
  void parameter(const clang::Expr *E, const clang::ParmVarDecl *V);
  /// \p Copied: \p E is a copied pointer or iterator, so that moving it on or
  /// pointing it elsewhere changes nothing that it led to.
  void writes(const Subject &About, const clang::Expr *E,
              const clang::CXXRecordDecl *Of, bool Copied = false);
  WriteFact describe(const Subject &About, const clang::Expr *E,
                     const clang::CXXRecordDecl *Of);
  bool construction(const clang::CXXRecordDecl *Of) const;
  void returned(const Subject &About, const clang::Expr *E);

  SourceSpans &Spans;
  UnitFactsBuilder &Facts;
  const WalkState &State;
  /// What each local reference or pointer stands for.
  llvm::DenseMap<const clang::VarDecl *, llvm::SmallVector<Subject, 2>> Aliases;
  /// What a body says of its own object and parameters, it says once.
  std::set<WriteFact> Said;
};

} // namespace unsingleton

#endif
