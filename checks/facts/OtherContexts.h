//===- OtherContexts.h - Contexts that a function was not given -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A function is given contexts as parameters, by its object, or inside either.
// Any other it has made, or taken from somewhere that all requests share.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_FACTS_OTHERCONTEXTS_H
#define UNSINGLETON_CHECKS_FACTS_OTHERCONTEXTS_H

#include "checks/facts/ValueOrigins.h"

namespace unsingleton {

class OtherContexts {
public:
  OtherContexts(const clang::FunctionDecl *Owner, ContextTypes &Types,
                SourceSpans &Spans, UnitFactsBuilder &Facts,
                const ValueOrigins &From)
      : Owner(Owner), Types(Types), Spans(Spans), Facts(Facts), From(From) {}

  void variable(const clang::VarDecl *V) { Variables.push_back(V); }
  void returned(const clang::Expr *Value) { Returns.push_back(Value); }
  /// \p Arguments are handed to \p Callee.
  void call(const clang::FunctionDecl *Callee,
            llvm::ArrayRef<const clang::Expr *> Arguments);
  void emit();

private:
  struct Passed {
    const clang::FunctionDecl *Callee;
    const clang::Expr *Value;
  };
  struct Answer {
    OtherContext What = OtherContext::None;
    SymbolIndex Source = NoSymbol;
    bool UsesParameters = false;
  };

  Answer ask(const clang::Expr *E, unsigned Depth) const;
  Answer askVariable(const clang::VarDecl *V, unsigned Depth) const;
  Answer askCall(const clang::CallExpr *E, unsigned Depth) const;
  Answer made(const clang::Expr *E) const;

  const clang::FunctionDecl *Owner;
  ContextTypes &Types;
  SourceSpans &Spans;
  UnitFactsBuilder &Facts;
  const ValueOrigins &From; ///< what variables are given
  llvm::SmallVector<const clang::VarDecl *, 4> Variables;
  llvm::SmallVector<const clang::Expr *, 4> Returns;
  llvm::SmallVector<Passed, 8> Calls;
};

} // namespace unsingleton

#endif
