//===- MutationClimber.h - Climbing from an expression ----------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The walk behind MutationPath.h: MutationPath.cpp knows the expressions and
// statements, MutationCalls.cpp what functions do with what they are given.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_FACTS_MUTATIONCLIMBER_H
#define UNSINGLETON_CHECKS_FACTS_MUTATIONCLIMBER_H

#include "checks/facts/MutationPath.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

namespace unsingleton {

/// A parameter of the function around, as it is or moved from.
bool isParameter(const clang::Expr *E);

/// Whether \p E names a parameter of the function around.
bool varies(const clang::Stmt *E);

/// Climbs from an expression to its parents for as long as their values lead
/// to the same state; notes what happens to it on the way.
class MutationClimber {
public:
  MutationClimber(const SourceSpans &Spans, const clang::VarDecl *Variable,
                  const clang::FieldDecl *Field)
      : Spans(Spans), Variable(Variable), Field(Field) {}

  llvm::SmallVector<MutationResult, 2>
  run(llvm::ArrayRef<const clang::Stmt *> Path);

private:
  enum : bool { Stop = false, Climb = true };

  bool add(MutationResult R) {
    R.Provided = Provided;
    R.Beyond = Beyond;
    Results.push_back(R);
    return Stop;
  }
  bool change() {
    MutationResult R;
    R.Direct = First;
    return add(R);
  }
  bool count() {
    MutationResult R;
    R.Count = true;
    R.Direct = First;
    return add(R);
  }
  bool escape() {
    MutationResult R;
    R.Kind = Mutation::Escape;
    return add(R);
  }
  void through(const clang::FunctionDecl *Callee, Part Of) {
    MutationResult R;
    R.Through = Callee;
    R.ThroughPart = Of;
    add(R);
  }
  /// Goes on with what \p Callee returned, if that may lead to the state.
  bool result(const clang::FunctionDecl *Callee, const clang::Expr *Call);

  bool alias(const clang::VarDecl *V);
  bool up(const clang::Stmt *Parent, const clang::Stmt *Child,
          const clang::Stmt *Grand);
  bool returned(const clang::Expr *E, bool Plain);
  /// `[&x = g]`
  bool capture(const clang::LambdaExpr *L, const clang::Stmt *Child);
  bool cast(const clang::CastExpr *Cast);
  bool binary(const clang::BinaryOperator *B, const clang::Stmt *Child);
  bool stored(const clang::Expr *To);
  bool member(const clang::MemberExpr *M, const clang::Stmt *Call);
  bool declaration(const clang::DeclStmt *D, const clang::Stmt *Child);

  // MutationCalls.cpp
  bool method(const clang::CXXMethodDecl *Method, const clang::Expr *Call);
  bool operatorCall(const clang::CXXOperatorCallExpr *C,
                    const clang::Stmt *Child);
  bool argument(const clang::FunctionDecl *Callee, const clang::CallExpr *C,
                const clang::Stmt *Child);
  bool parameter(const clang::FunctionDecl *Callee, unsigned Index,
                 const clang::Expr *E, const clang::Expr *Call);
  /// `for_each(begin, end, [](T &each) { … })`, `visit`: the lambda's parameter
  /// stands for what is there.
  bool applied(const clang::FunctionDecl *Callee, const clang::Expr *E);
  bool construct(const clang::CXXConstructExpr *C, const clang::Stmt *Child);

  const SourceSpans &Spans;
  const clang::VarDecl *Variable;
  const clang::FieldDecl *Field;
  llvm::ArrayRef<const clang::Stmt *> Path;
  size_t At = 0; ///< of the parent that is looked at, in Path
  const clang::FunctionDecl *Provided = nullptr;
  bool Beyond = false;
  bool First = true; ///< the parent is that of the expression itself
  llvm::SmallVector<MutationResult, 2> Results;
};

} // namespace unsingleton

#endif
