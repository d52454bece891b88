//===- WrittenNames.cpp - What the values that are written are called -*- C++
//-*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/facts/WrittenNames.h"
#include "checks/facts/HolderType.h"
#include "checks/facts/SymbolName.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;
using namespace unsingleton;

namespace {
class Collector {
public:
  Collector(const WalkState &State, SourceSpans &Spans, UnitFactsBuilder &Facts,
            Span Write)
      : State(State), Spans(Spans), Facts(Facts), Write(Write) {}

  void run() {
    const Stmt *Child = State.Path.back();
    for (size_t N = 1;
         const auto *Parent = dyn_cast_or_null<Expr>(State.parent(N));
         Child = Parent, ++N) {
      if (const auto *B = dyn_cast<BinaryOperator>(Parent)) {
        if (B->isAssignmentOp() && B->getLHS() == Child)
          names(B->getRHS(), 0);
      } else if (const auto *A = dyn_cast<ArraySubscriptExpr>(Parent)) {
        names(A->getIdx(), 0);
      } else if (const auto *C = dyn_cast<CallExpr>(Parent)) {
        for (const Expr *Argument : C->arguments())
          if (Argument != Child)
            names(Argument, 0);
      }
    }
  }

private:
  void name(const NamedDecl *D, SourceLocation Where) {
    if (!D || !D->getIdentifier() || D->isInStdNamespace())
      return;
    WrittenNameFact Fact;
    if (State.Owner)
      Fact.Function = Facts.symbol(State.Owner);
    Fact.Place = Write;
    Fact.Name = D->getNameAsString();
    Fact.Where = Spans.place(Where);
    Facts.add(Fact);
  }

  void names(const Stmt *S, unsigned Depth) {
    constexpr unsigned Deepest = 12; // a value's name is near its top
    if (!S || Depth > Deepest || isa<LambdaExpr>(S))
      return;
    if (const auto *R = dyn_cast<DeclRefExpr>(S))
      name(R->getDecl(), R->getLocation());
    else if (const auto *M = dyn_cast<MemberExpr>(S))
      name(M->getMemberDecl(), M->getMemberLoc());
    else if (const auto *C = dyn_cast<CXXTemporaryObjectExpr>(S))
      name(recordOf(C->getType()), C->getLocation());
    for (const Stmt *Child : S->children())
      names(Child, Depth + 1);
  }

  const WalkState &State;
  SourceSpans &Spans;
  UnitFactsBuilder &Facts;
  Span Write;
};
} // namespace

void unsingleton::writtenNames(const WalkState &State, SourceSpans &Spans,
                               UnitFactsBuilder &Facts, Span Write) {
  if (!State.Path.empty())
    Collector(State, Spans, Facts, Write).run();
}
