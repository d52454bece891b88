//===- OtherContexts.cpp - Contexts that a function was not given -*- C++
//-*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/facts/OtherContexts.h"
#include "checks/facts/Compat.h"
#include "checks/facts/ExpressionShape.h"
#include "checks/facts/HolderType.h"
#include "checks/facts/ParameterUse.h"
#include "checks/facts/StorageExpression.h"
#include "checks/facts/SymbolName.h"

using namespace clang;

namespace unsingleton {

static constexpr unsigned Deepest = 16;

OtherContexts::Answer OtherContexts::made(const Expr *E) const {
  return {OtherContext::Made, NoSymbol, usesParameters(E, false)};
}

OtherContexts::Answer OtherContexts::askVariable(const VarDecl *V,
                                                 unsigned Depth) const {
  if (isStorage(V))
    return {OtherContext::Storage, Facts.symbol(V), false};
  if (isa<ParmVarDecl>(V))
    return {};
  llvm::SmallVector<const Expr *, 2> Values = From.given(V);
  if (V->getInit())
    Values.push_back(V->getInit());
  Answer Result;
  for (const Expr *Value : Values) {
    // An optional that begins empty.
    const auto *C = dyn_cast<CXXConstructExpr>(peeled(Value, true));
    if (C && C->getNumArgs() == 0 &&
        !Types.isContext(C->getConstructor()->getParent()))
      continue;
    Result = ask(Value, Depth + 1);
    if (Result.What == OtherContext::None)
      return {};
  }
  return Result;
}

OtherContexts::Answer OtherContexts::askCall(const CallExpr *E,
                                             unsigned Depth) const {
  const FunctionDecl *F = E->getDirectCallee();
  if (!F)
    return {};
  const auto *Method = dyn_cast<CXXMethodDecl>(F);
  const auto *Member = dyn_cast<CXXMemberCallExpr>(E);
  const Expr *Object = Member ? Member->getImplicitObjectArgument() : nullptr;
  if (Method && Types.isContext(Method->getParent())) {
    if (!Types.givesContext(E->getType()))
      return {};
    return Object && !Method->isStatic() ? ask(Object, Depth + 1) : made(E);
  }
  if (isRuntimeFunction(F, "current_context"))
    return {OtherContext::Ambient, NoSymbol, false};
  if (Method && isRuntime(F) &&
      Method->getParent()->getName() == "ProcessContext")
    return {OtherContext::Process, NoSymbol, false};
  if (Types.foreign(F)) {
    if (const auto *C = dyn_cast<CXXOperatorCallExpr>(E))
      return C->getNumArgs() == 1 ? ask(C->getArg(0), Depth + 1) : Answer();
    if (!F->getIdentifier() || !isProjection(F->getName()))
      return {};
    if (!Object && E->getNumArgs() == 1)
      Object = E->getArg(0);
    return Object ? ask(Object, Depth + 1) : Answer();
  }
  // What it is given, it may hand back.
  if (!Types.givesContext(E->getType()) || Object ||
      isa<CXXOperatorCallExpr>(E) ||
      llvm::any_of(E->arguments(), [&](const Expr *Argument) {
        return !isa<CXXDefaultArgExpr>(Argument) &&
               Types.carries(Argument->getType()) &&
               usesParameters(Argument, /*OrThis=*/true);
      }))
    return {};
  return {OtherContext::Returned, Facts.symbol(F), usesParameters(E, false)};
}

OtherContexts::Answer OtherContexts::ask(const Expr *E, unsigned Depth) const {
  if (!E || Depth > Deepest)
    return {};
  E = peeled(E, /*Copies=*/true);
  if (const auto *U = dyn_cast<UnaryOperator>(E);
      U && (U->getOpcode() == UO_AddrOf || U->getOpcode() == UO_Deref))
    return ask(U->getSubExpr(), Depth + 1);
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
    const auto *V = dyn_cast<VarDecl>(Ref->getDecl());
    return V ? askVariable(V, Depth) : Answer();
  }
  if (const auto *M = dyn_cast<MemberExpr>(E)) {
    const auto *V = dyn_cast<VarDecl>(M->getMemberDecl());
    return V ? askVariable(V, Depth) : Answer();
  }
  if (const auto *C = dyn_cast<AbstractConditionalOperator>(E)) {
    Answer Yes = ask(C->getTrueExpr(), Depth + 1);
    Answer No = ask(C->getFalseExpr(), Depth + 1);
    return No.What == OtherContext::None ? No : Yes;
  }
  if (const auto *C = dyn_cast<CXXConstructExpr>(E)) {
    const CXXRecordDecl *R = C->getConstructor()->getParent();
    if (Types.isContext(R))
      return made(C);
    // optional, shared_ptr, reference_wrapper of one.
    bool Wraps = Types.foreign(R) && Types.givesContext(C->getType()) &&
                 C->getNumArgs() == 1;
    return Wraps ? ask(C->getArg(0), Depth + 1) : Answer();
  }
  if (const auto *C = dyn_cast<CallExpr>(E)) {
    const CXXRecordDecl *R = madeBy(C);
    return R && Types.isContext(R) && C->getNumArgs() == 1
               ? ask(C->getArg(0), Depth + 1)
               : askCall(C, Depth);
  }
  return {};
}

void OtherContexts::call(const FunctionDecl *Callee,
                         llvm::ArrayRef<const Expr *> Arguments) {
  const auto *Method = dyn_cast<CXXMethodDecl>(Callee);
  if (Method && Types.isContext(Method->getParent()))
    return;
  const FunctionDecl *Pattern = patternOf(Callee);
  const Expr *Given = nullptr;
  for (size_t I = 0; I < Arguments.size() && I < Pattern->getNumParams(); ++I) {
    if (!Types.givesContext(Pattern->getParamDecl(I)->getType()))
      continue;
    if (Given)
      return; // it compares or connects them
    Given = Arguments[I];
  }
  if (Given && !isa<CXXDefaultArgExpr>(Given))
    Calls.push_back({Callee, Given});
}

/// As a person calls it: a constructor goes by the name of its class, a method
/// of the runtime's slots by the class that derives from their base.
static std::string nameOf(const FunctionDecl *Callee) {
  const FunctionDecl *F = patternOf(Callee);
  if (isSlotAccess(Callee)) {
    QualType Slot = firstArgument(tagType(
        Callee->getASTContext(), cast<CXXMethodDecl>(Callee)->getParent()));
    const CXXRecordDecl *R = recordOf(Slot);
    if (R && isRuntime(R))
      return R->getQualifiedNameAsString() + "::" + F->getNameAsString();
  }
  const auto *C = dyn_cast<CXXConstructorDecl>(F);
  return C ? C->getParent()->getQualifiedNameAsString()
           : F->getQualifiedNameAsString();
}

void OtherContexts::emit() {
  SymbolIndex Function = Owner ? Facts.symbol(Owner) : NoSymbol;
  for (const VarDecl *V : Variables)
    if (Types.givesContext(V->getType()) &&
        askVariable(V, 0).What != OtherContext::None)
      Facts.add(OtherContextVariableFact{Function, V->getNameAsString()});
  auto Place = [&](const Expr *E) { return Spans.place(E->getBeginLoc()); };
  for (const Passed &P : Calls)
    if (Answer A = ask(P.Value, 0); A.What != OtherContext::None)
      Facts.add(OtherContextFact{Function, Facts.symbol(P.Callee), A.What,
                                 A.Source, nameOf(P.Callee), A.UsesParameters,
                                 Place(P.Value)});
  if (Owner && Types.givesContext(Owner->getReturnType()))
    for (const Expr *E : Returns) {
      Answer A = ask(E, 0);
      Facts.add(OtherContextFact{Function, NoSymbol, A.What, A.Source, "",
                                 A.UsesParameters, Place(E)});
    }
}

} // namespace unsingleton
