//===- AliasFacts.cpp - What outlives a call keeps its result -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/facts/AliasFacts.h"
#include "checks/facts/HolderType.h"
#include "checks/facts/StorageExpression.h"
#include "checks/facts/Ways.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace unsingleton {

/// The expression that \p E is a part of, or reached through; null where \p E
/// is no step of that kind.
static const Expr *inner(const Expr *E) {
  if (const auto *C = dyn_cast<CXXMemberCallExpr>(E))
    return C->getImplicitObjectArgument();
  if (const auto *C = dyn_cast<CXXOperatorCallExpr>(E))
    return C->getNumArgs() ? C->getArg(0) : nullptr;
  if (const auto *C = dyn_cast<CallExpr>(E)) {
    const FunctionDecl *F = C->getDirectCallee();
    bool HandsOn = F && F->getIdentifier() && C->getNumArgs() == 1 &&
                   F->isInStdNamespace();
    return HandsOn ? C->getArg(0) : nullptr;
  }
  if (const auto *M = dyn_cast<MemberExpr>(E))
    return M->getBase();
  if (const auto *U = dyn_cast<UnaryOperator>(E))
    return U->getOpcode() == UO_AddrOf || U->getOpcode() == UO_Deref
               ? U->getSubExpr()
               : nullptr;
  if (const auto *C = dyn_cast<ExplicitCastExpr>(E))
    return C->getSubExpr();
  if (const auto *C = dyn_cast<CXXConstructExpr>(E))
    return C->getNumArgs() == 1 && isWay(C->getType()) ? C->getArg(0) : nullptr;
  return nullptr;
}

static SourceLocation nameOf(const CallExpr *C) {
  const Expr *Callee = C->getCallee()->IgnoreParenImpCasts();
  if (const auto *M = dyn_cast<MemberExpr>(Callee))
    return M->getMemberLoc();
  if (const auto *R = dyn_cast<DeclRefExpr>(Callee))
    return R->getLocation();
  return Callee->getExprLoc();
}

static void add(AliasFact Fact, QualType Type, const Expr *Init,
                SourceSpans &Spans, UnitFactsBuilder &Facts) {
  bool Way = isWay(Type);
  if (!Way && !Type->isRecordType())
    return; // a number that was read once is no alias
  for (const Expr *E = bare(Init); E; E = inner(E), E = E ? bare(E) : E) {
    const auto *C = dyn_cast<CallExpr>(E);
    const FunctionDecl *F = C ? C->getDirectCallee() : nullptr;
    if (!F || !Spans.user(F->getLocation())) {
      if (C && !Way && !isWay(C->getType()) && !C->isGLValue())
        return; // a new value, made from what was there
      continue;
    }
    if (!Way && !C->isGLValue())
      return;
    Fact.Accessor = Facts.symbol(F);
    Fact.Copy = !Way;
    Fact.Place = Spans.place(nameOf(C));
    Facts.add(Fact);
  }
}

void extractAlias(const VarDecl *V, SourceSpans &Spans,
                  UnitFactsBuilder &Facts) {
  if (!V->hasInit() || V->getType()->isDependentType())
    return;
  AliasFact Fact;
  Fact.Alias = Facts.symbol(V);
  add(Fact, V->getType(), V->getInit(), Spans, Facts);
}

void extractAliases(const CXXConstructorDecl *C, SourceSpans &Spans,
                    UnitFactsBuilder &Facts) {
  for (const CXXCtorInitializer *Init : C->inits()) {
    const FieldDecl *Field = Init->getAnyMember();
    const Expr *Value = Init->getInit();
    if (!Field || !Value || !isWay(Field->getType()))
      continue;
    if (const auto *Default = dyn_cast<CXXDefaultInitExpr>(Value))
      Value = Default->getExpr();
    AliasFact Fact;
    Fact.Alias = Facts.symbol(Field);
    Fact.Record = Facts.symbol(C->getParent());
    add(Fact, Field->getType(), Value, Spans, Facts);
  }
}

} // namespace unsingleton
