//===- Ways.cpp - Types through which other state is reached -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/facts/Ways.h"
#include "checks/facts/Compat.h"
#include "checks/facts/HolderType.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace unsingleton {

static QualType firstTypeArgument(const CXXRecordDecl *R) {
  const auto *S = dyn_cast<ClassTemplateSpecializationDecl>(R);
  if (!S || !S->getTemplateArgs().size() ||
      S->getTemplateArgs()[0].getKind() != TemplateArgument::Type)
    return {};
  return S->getTemplateArgs()[0].getAsType();
}

static llvm::StringRef className(QualType Type) {
  const CXXRecordDecl *R = recordOf(Type);
  return R && R->getIdentifier() ? R->getName() : llvm::StringRef();
}

bool isIterator(QualType Type) {
  llvm::StringRef Name = className(Type);
  return Name.contains("iterator") || Name.contains("Iterator");
}

/// Classes whose only argument is what they lead to.
static bool isView(llvm::StringRef Name) {
  return Name == "reference_wrapper" || Name == "span" || Name == "not_null" ||
         Name == "observer_ptr" || Name == "weak_ptr";
}

/// A smart pointer that no list names: what its operator-> leads to.
static QualType arrowTarget(QualType Type) {
  const CXXRecordDecl *R = Type->getAsCXXRecordDecl();
  if (!R || !(R = R->getDefinition()) || R->isLambda())
    return {};
  DeclarationName Arrow =
      R->getASTContext().DeclarationNames.getCXXOperatorName(OO_Arrow);
  for (const NamedDecl *D : R->lookup(Arrow))
    if (const auto *M = dyn_cast<CXXMethodDecl>(D);
        M && M->getReturnType()->isPointerType())
      return M->getReturnType()->getPointeeType();
  return {};
}

/// A class of one member, which is a shared pointer, and is copied with it:
/// what that leads to.
static QualType sharedTarget(QualType Type) {
  const CXXRecordDecl *R = Type->getAsCXXRecordDecl();
  if (!R || !(R = R->getDefinition()) || R->isLambda() || R->isUnion() ||
      R->getNumBases() || R->hasUserDeclaredCopyConstructor() ||
      std::distance(R->field_begin(), R->field_end()) != 1)
    return {};
  HolderType Held = holderType(R->field_begin()->getType());
  return Held.How == Holder::SharedPtr ? Held.Object : QualType();
}

/// What an object of a class that only leads to others leads to.
static QualType target(QualType Type) {
  QualType Target = arrowTarget(Type);
  return Target.isNull() ? sharedTarget(Type) : Target;
}

bool isWay(QualType Type) {
  if (Type->isAnyPointerType() || Type->isReferenceType())
    return true;
  // An optional is copied with its object, a library's holder not at all.
  Holder How = holderType(Type).How;
  if (How != Holder::Value)
    return How != Holder::Optional && How != Holder::Library;
  return isIterator(Type) || isView(className(Type)) || !target(Type).isNull();
}

/// Whether something that \p Target holds can be changed through a way to it.
static bool open(QualType Target) {
  if (Target->isFunctionType() || Target->isVoidType())
    return Target->isVoidType() && !Target.isConstQualified();
  if (!Target.isConstQualified())
    return true;
  // A const pointer, or a const smart pointer, is still a way.
  Target = Target.getUnqualifiedType();
  return isWay(Target) && isOpenWay(Target);
}

bool isOpenWay(QualType Type) {
  if (Type->isReferenceType())
    return open(Type.getNonReferenceType());
  if (Type->isAnyPointerType())
    return open(Type->getPointeeType());
  HolderType Held = holderType(Type);
  if (Held.How == Holder::Optional)
    return false;
  if (Held.How != Holder::Value)
    return open(Held.Object);
  const CXXRecordDecl *R = recordOf(Type);
  llvm::StringRef Name = className(Type);
  if (isView(Name)) {
    QualType Target = firstTypeArgument(R);
    return Target.isNull() || Name == "not_null" ? true : open(Target);
  }
  if (!isIterator(Type)) {
    QualType Target = target(Type);
    return !Target.isNull() && open(Target);
  }
  if (Name.contains("const_iterator") || Name.contains("ConstIterator") ||
      Name.contains("_Const"))
    return false;
  // __normal_iterator<const T *, …>
  QualType Argument = firstTypeArgument(R);
  return Argument.isNull() || !Argument->isPointerType() || isOpenWay(Argument);
}

bool givesWay(const Expr *E) {
  QualType Type = E->getType();
  // Who gets a temporary pointer may change that, and what it leads to.
  if (isa<MaterializeTemporaryExpr>(E->IgnoreParens()) && isWay(Type))
    return isOpenWay(Type);
  if (E->isGLValue() && !Type.isConstQualified())
    return true;
  return isWay(Type) && isOpenWay(Type);
}

} // namespace unsingleton
