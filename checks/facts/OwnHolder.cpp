//===- OwnHolder.cpp - A project's template that keeps one object -*- C++
//-*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/facts/OwnHolder.h"
#include "checks/facts/HolderType.h"
#include "checks/facts/LibraryHolder.h"
#include "checks/facts/StorageExpression.h"
#include "checks/facts/SymbolName.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Index/USRGeneration.h"

using namespace clang;

namespace unsingleton {

QualType instanceObject(const FunctionDecl *F) {
  HolderType Type = holderType(F->getReturnType());
  // `std::shared_ptr<T> &`
  if (Type.How == Holder::Reference)
    if (HolderType Inner = holderType(Type.Object);
        Inner.How != Holder::Value && Inner.How != Holder::Library)
      Type = Inner;
  return Type.How == Holder::Value || Type.How == Holder::Library ? QualType()
                                                                  : Type.Object;
}

static bool lists(const TemplateArgumentList *Arguments, QualType Type) {
  if (!Arguments)
    return false;
  QualType Wanted = Type.getCanonicalType().getUnqualifiedType();
  return llvm::any_of(Arguments->asArray(), [&](const TemplateArgument &A) {
    return A.getKind() == TemplateArgument::Type &&
           A.getAsType().getCanonicalType().getUnqualifiedType() == Wanted;
  });
}

const NamedDecl *holderInstance(const FunctionDecl *F) {
  if (!F || F->isOverloadedOperator() || F->getMinRequiredArguments())
    return nullptr;
  const auto *M = dyn_cast<CXXMethodDecl>(F);
  const auto *Class =
      M && M->isStatic() ? dyn_cast<HolderClass>(M->getParent()) : nullptr;
  const TemplateArgumentList *Own = F->getTemplateSpecializationArgs();
  if ((!Class && !Own) || (M && !M->isStatic()) || F->isDependentContext() ||
      F->getReturnType()->isDependentType())
    return nullptr;
  const SourceManager &SM = F->getASTContext().getSourceManager();
  if (SM.isInSystemHeader(SM.getExpansionLoc(F->getLocation())) ||
      objectOwner(F))
    return nullptr;
  QualType Object = instanceObject(F);
  if (Object.isNull() || !Object->isRecordType())
    return nullptr;
  if (Own && lists(Own, Object))
    return F;
  return Class && !Own && lists(&Class->getTemplateArgs(), Object) ? Class
                                                                   : nullptr;
}

std::string instanceSymbol(const NamedDecl *Instance) {
  llvm::SmallString<128> Usr;
  if (index::generateUSRForDecl(Instance, Usr))
    return {};
  std::string Symbol = "holder@" + Usr.str().str();
  // Two files may each have a class of that name in an unnamed namespace.
  if (!Instance->hasExternalFormalLinkage())
    Symbol += "@" + symbolName(Instance);
  return Symbol;
}

bool isPartOf(const FunctionDecl *F, const NamedDecl *Instance) {
  if (!F)
    return false;
  if (const auto *Function = dyn_cast<FunctionDecl>(Instance))
    return patternOf(F) == patternOf(Function);
  const auto *M = dyn_cast<CXXMethodDecl>(F);
  return M &&
         patternOf(M->getParent()) == patternOf(cast<CXXRecordDecl>(Instance));
}

namespace {
/// Chains of casts, locals and loads are short.
constexpr unsigned Deepest = 6;

bool isNumber(QualType Type) {
  return Type->isIntegralOrEnumerationType() && !Type->isBooleanType();
}

} // namespace

bool carries(QualType Type) {
  QualType Inside = firstArgument(Type); // of an atomic
  return (isNumber(Type) || (!Inside.isNull() && isNumber(Inside))) &&
         !Type.isConstQualified();
}

namespace {
const VarDecl *numberIn(const Expr *E, unsigned Depth) {
  E = bare(E);
  if (!E || Depth == Deepest)
    return nullptr;
  if (const auto *C = dyn_cast<ExplicitCastExpr>(E))
    return numberIn(C->getSubExpr(), Depth + 1);
  if (const auto *U = dyn_cast<UnaryOperator>(E))
    return U->getOpcode() == UO_AddrOf ? numberIn(U->getSubExpr(), Depth + 1)
                                       : nullptr;
  const VarDecl *V = nullptr;
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
    V = dyn_cast<VarDecl>(Ref->getDecl());
  else if (const auto *M = dyn_cast<MemberExpr>(E))
    V = dyn_cast<VarDecl>(M->getMemberDecl());
  if (V) {
    if (isStorage(V))
      return carries(V->getType()) ? V->getCanonicalDecl() : nullptr;
    return V->hasInit() && !isa<ParmVarDecl>(V) && isNumber(V->getType())
               ? numberIn(V->getInit(), Depth + 1)
               : nullptr;
  }
  if (const auto *C = dyn_cast<CXXMemberCallExpr>(E)) // instance_.load()
    return C->getImplicitObjectArgument()
               ? numberIn(C->getImplicitObjectArgument(), Depth + 1)
               : nullptr;
  // acquire_load(&instance_)
  if (const auto *C = dyn_cast<CallExpr>(E); C && isNumber(C->getType()))
    for (const Expr *Argument : C->arguments())
      if (Argument->getType()->isPointerType())
        return numberIn(Argument, Depth + 1);
  return nullptr;
}
} // namespace

const VarDecl *carrierOf(const Expr *E) {
  const auto *Cast = dyn_cast_or_null<ExplicitCastExpr>(bare(E));
  if (!Cast || !Cast->getType()->isPointerType() ||
      !isNumber(Cast->getSubExpr()->getType()))
    return nullptr;
  return numberIn(Cast->getSubExpr(), 0);
}

} // namespace unsingleton
