//===- MigrationSites.h - Finds what only the fix wants to know -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_FACTS_MIGRATIONSITES_H
#define UNSINGLETON_CHECKS_FACTS_MIGRATIONSITES_H

#include "checks/facts/SourceSpans.h"
#include "checks/facts/WalkState.h"
#include "clang/AST/ExprCXX.h"

namespace unsingleton {

class MigrationSites {
public:
  MigrationSites(SourceSpans &Spans, UnitFactsBuilder &Facts,
                 const WalkState &State)
      : Spans(Spans), Facts(Facts), State(State) {}

  void record(const clang::CXXRecordDecl *R);
  void constructor(const clang::CXXConstructorDecl *C);
  /// Whether \p V, at any scope, holds the program's ProcessContext.
  void processContext(const clang::VarDecl *V);
  /// The scope that \p D is annotated with.
  void scope(const clang::NamedDecl *D);
  void macroCall(const clang::CallExpr *E);
  /// \p E, the current statement, names \p F without calling it.
  void mention(const clang::Expr *E, const clang::FunctionDecl *F,
               clang::SourceRange Name);

private:
  EditableSpan memberPlace(const clang::FieldDecl *First, bool &OwnLine);
  void bodiless(const clang::CXXConstructorDecl *C);
  /// The call or construction that the current statement is an argument of,
  /// and its arguments.
  const clang::Stmt *
  receiver(llvm::ArrayRef<const clang::Expr *> &Arguments) const;

  SourceSpans &Spans;
  UnitFactsBuilder &Facts;
  const WalkState &State;
};

} // namespace unsingleton

#endif
