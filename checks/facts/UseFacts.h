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

namespace unsingleton {

class UseFacts {
public:
  UseFacts(SourceSpans &Spans, UnitFactsBuilder &Facts, const WalkState &State)
      : Spans(Spans), Facts(Facts), State(State) {}

  /// A variable is named by \p E, the current statement.
  void variable(const clang::Expr *E, const clang::VarDecl *V);
  /// A field is named by \p E, the current statement.
  void field(const clang::MemberExpr *E, const clang::FieldDecl *F);
  /// \p E, the current statement, calls a user function.
  void result(const clang::CallExpr *E, const clang::FunctionDecl *F);

private:
  void use(const clang::Expr *E, const clang::VarDecl *V);
  void writes(SymbolIndex Target, const clang::Expr *E,
              const clang::CXXRecordDecl *Of, bool AccessorResult);

  SourceSpans &Spans;
  UnitFactsBuilder &Facts;
  const WalkState &State;
  /// What each local reference or pointer stands for.
  llvm::DenseMap<const clang::VarDecl *, llvm::SmallVector<SymbolIndex, 2>>
      Aliases;
};

} // namespace unsingleton

#endif
