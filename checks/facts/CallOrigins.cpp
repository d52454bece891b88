//===- CallOrigins.cpp - Where the value of a call comes from ------------===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The part of ValueOrigins that answers for calls and constructions: what the
// runtime and other libraries do with their arguments is known here; what user
// code does, linking finds.
//
//===----------------------------------------------------------------------===//
#include "checks/facts/ExpressionShape.h"
#include "checks/facts/HolderType.h"
#include "checks/facts/ParameterUse.h"
#include "checks/facts/ValueOrigins.h"

using namespace clang;

namespace unsingleton {

/// Of a call or a construction.
template <class Call>
static llvm::ArrayRef<const Expr *> argumentsOf(const Call *E) {
  return {E->getArgs(), E->getNumArgs()};
}

/// A context that is made here is a request's if it is made of parameters.
void ValueOrigins::made(const Expr *E, Origins &Out) {
  if (usesParameters(E, /*OrThis=*/false))
    context(Spans.tokens(E->getSourceRange()).Where, "", Out);
}

void ValueOrigins::contextCall(const Expr *E, Origins &Out) {
  if (Types.holdsContext(E->getType()) && usesParameters(E, /*OrThis=*/true))
    context(Spans.tokens(E->getSourceRange()).Where, spelled(E), Out);
}

void ValueOrigins::valuesOfConstruction(const CXXConstructExpr *E,
                                        Origins &Out) {
  const CXXRecordDecl *R = E->getConstructor()->getParent();
  if (Types.isContext(R))
    return made(E, Out);
  if (isRuntime(R) && R->getName() == "ProcessContext")
    return;
  if (Types.foreign(R))
    return valuesOfAll(argumentsOf(E), Out);
  Asked.insert(E);
  FlowSource Source;
  Source.End = valueEnd(E);
  add(Out, std::move(Source));
}

void ValueOrigins::valuesOfForeignCall(const CallExpr *E, Origins &Out) {
  const FunctionDecl *F = E->getDirectCallee();
  if (const auto *C = dyn_cast<CXXOperatorCallExpr>(E)) {
    if (C->getOperator() == OO_Equal)
      return values(C->getArg(1), Out);
    if (C->getOperator() != OO_Call)
      return values(C->getArg(0), Out);
    return contextCall(E, Out);
  }
  if (const auto *C = dyn_cast<CXXMemberCallExpr>(E)) {
    if (emplacedBy(E, Types)) {
      Asked.insert(E);
      FlowSource Source;
      Source.End = valueEnd(E);
      return add(Out, std::move(Source));
    }
    if (isa<CXXConversionDecl>(F) ||
        (F->getIdentifier() && passesOn(F->getName())))
      return values(C->getImplicitObjectArgument(), Out);
    return contextCall(E, Out);
  }
  llvm::StringRef Name = F->getIdentifier() ? F->getName() : "";
  if (const CXXRecordDecl *R = madeBy(E)) {
    if (Types.foreign(R) || (R->hasDefinition() && R->isAggregate()))
      return valuesOfAll(argumentsOf(E), Out);
    if (E->getNumArgs() == 1 &&
        unsingleton::recordOf(E->getArg(0)->getType()) == R)
      return values(E->getArg(0), Out); // a copy
    Asked.insert(E);
    FlowSource Source;
    Source.End = valueEnd(E);
    return add(Out, std::move(Source));
  }
  if (joins(Name)) {
    Origins Held;
    valuesOfAll(argumentsOf(E), Held);
    for (FlowSource &Source : Held) {
      Source.Callback |= llvm::StringRef(Name).contains_insensitive("bind");
      add(Out, Source);
    }
    return;
  }
  if (E->getNumArgs() && passesOn(Name) && Name != "exchange")
    return values(E->getArg(0), Out);
  contextCall(E, Out);
}

void ValueOrigins::valuesOfCall(const CallExpr *E, Origins &Out) {
  const FunctionDecl *F = E->getDirectCallee();
  if (!F)
    return contextCall(E, Out);
  const auto *Method = dyn_cast<CXXMethodDecl>(F);
  if (Method && Types.isContext(Method->getParent())) {
    if (!Types.givesContext(E->getType()))
      return;
    if (const auto *C = dyn_cast<CXXMemberCallExpr>(E);
        C && !Method->isStatic())
      return values(C->getImplicitObjectArgument(), Out); // child, parent
    if (isa<CXXOperatorCallExpr>(E))
      return values(E->getArg(0), Out);
    return made(E, Out);
  }
  if (isSlotAccess(F)) {
    FlowSource Source;
    Source.End.Kind = FlowKind::PerRequest;
    Source.End.Where = Spans.tokens(E->getSourceRange()).Where;
    return add(Out, std::move(Source));
  }
  if (isRuntimeFunction(F, "current_context")) {
    FlowSource Source;
    Source.End.Kind = FlowKind::Ambient;
    Source.End.Where = Spans.tokens(E->getSourceRange()).Where;
    Source.Text = spelled(E);
    return add(Out, std::move(Source));
  }
  if (isRuntime(F)) {
    if (isRuntimeFunction(F, "bind"))
      return valuesOfForeignCall(E, Out);
    const auto *C = dyn_cast<CXXMemberCallExpr>(E);
    if (C && Types.givesContext(E->getType()) &&
        Method->getParent()->getName() != "ProcessContext")
      values(C->getImplicitObjectArgument(), Out);
    return;
  }
  if (Types.foreign(F))
    return valuesOfForeignCall(E, Out);
  if (const auto *C = dyn_cast<CXXOperatorCallExpr>(E);
      C && C->getOperator() == OO_Equal && C->getNumArgs() == 2)
    return values(C->getArg(1), Out);
  Asked.insert(E);
  FlowSource Source;
  Source.End = valueEnd(E);
  add(Out, std::move(Source));
  contextCall(E, Out);
}

} // namespace unsingleton
