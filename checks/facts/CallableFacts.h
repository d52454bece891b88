//===- CallableFacts.h - What is kept now and called later -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A request seldom calls by name what serves it: the server has put it into a
// table at start-up. These facts say which callables each slot (see SlotFact)
// may hold and who calls what a slot holds:
//
//     void Server::on(Handler h) { handlers_.push_back(std::move(h)); }
//     int main() { server.on(&chat); }
//     void Server::serve(Request &r) { for (auto &h : handlers_) h(r); }
//
//     serve calls Server::handlers_, which takes parameter 1 of Server::on,
//     which holds chat
//
// Neither order nor objects are told apart: a slot is a member of every object
// of its class, and holds all that is ever put into it. A function that merely
// names another is a CallFact already (Mention).
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_FACTS_CALLABLEFACTS_H
#define UNSINGLETON_CHECKS_FACTS_CALLABLEFACTS_H

#include "checks/facts/CallableType.h"
#include "checks/facts/SourceSpans.h"
#include "checks/facts/WalkState.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/DenseSet.h"

namespace unsingleton {

class CallableFacts {
public:
  CallableFacts(SourceSpans &Spans, UnitFactsBuilder &Facts,
                const WalkState &State)
      : Spans(Spans), Facts(Facts), State(State) {}

  // Each is called when State.Path ends with the expression.
  void function(const clang::DeclRefExpr *E, const clang::FunctionDecl *F);
  /// \p V: what \p E names, or what is taken apart into it.
  void variable(const clang::Expr *E, const clang::VarDecl *V);
  void field(const clang::MemberExpr *E, const clang::FieldDecl *F);
  void lambda(const clang::LambdaExpr *L);
  void construction(const clang::CXXConstructExpr *E);

private:
  /// What an expression stands for: a function or slot, or a lambda.
  struct Source {
    SymbolIndex Callable = NoSymbol;
    Span Lambda;
    bool Slot = false;     ///< Callable is a slot
    bool Operator = false; ///< Callable is the call operator of an object
    bool operator==(const Source &) const = default;
  };

  void follow(const Source &From, const clang::Expr *E);
  void store(SymbolIndex Slot, const Source &From, const clang::Expr *E);
  SymbolIndex slot(const clang::FieldDecl *F);
  SymbolIndex slot(const clang::VarDecl *V);
  SymbolIndex slot(const clang::FunctionDecl *Callee, unsigned Parameter);
  SymbolIndex named(SymbolIndex Slot, std::string Name, unsigned Parameter = 0);
  Span place(const clang::Expr *E);

  SourceSpans &Spans;
  UnitFactsBuilder &Facts;
  const WalkState &State;
  CallableTypes Types;
  llvm::DenseSet<SymbolIndex> Named; ///< slots whose SlotFact is given
  /// What locals stand for, so far as the walk has come.
  llvm::DenseMap<const clang::VarDecl *, llvm::SmallVector<Source, 1>> Locals;
};

} // namespace unsingleton

#endif
