//===- CallableType.cpp - Types that hold something to call -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/facts/CallableType.h"
#include "checks/facts/HolderType.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"

using namespace clang;

namespace unsingleton {

bool CallableTypes::holds(QualType Type) {
  if (Type.isNull() || Type->isDependentType())
    return false;
  const clang::Type *Canonical = Type.getCanonicalType().getTypePtr();
  if (Canonical->isArithmeticType() || Canonical->isEnumeralType())
    return false;
  // A type that holds itself (a list's node) is decided by its other parts.
  auto [It, New] = Known.try_emplace(Canonical, false);
  if (!New)
    return It->second;
  bool Answer = compute(QualType(Canonical, 0));
  return Known[Canonical] = Answer;
}

bool CallableTypes::compute(QualType Type) {
  if (Type->isFunctionType() || Type->isMemberFunctionPointerType())
    return true;
  if (Type->isReferenceType() || Type->isPointerType())
    return holds(Type->getPointeeType());
  if (const clang::Type *Element = Type->getArrayElementTypeNoTypeQual())
    return holds(QualType(Element, 0));
  const CXXRecordDecl *R = Type->getAsCXXRecordDecl();
  return R && computeRecord(R);
}

bool CallableTypes::computeRecord(const CXXRecordDecl *R) {
  if (R->isLambda())
    return true;
  const auto *S = dyn_cast<ClassTemplateSpecializationDecl>(R);
  if (!S)
    return false;
  for (const TemplateArgument &Argument : S->getTemplateArgs().asArray()) {
    if (Argument.getKind() == TemplateArgument::Type &&
        holds(Argument.getAsType()))
      return true;
    if (Argument.getKind() == TemplateArgument::Pack)
      for (const TemplateArgument &One : Argument.pack_elements())
        if (One.getKind() == TemplateArgument::Type && holds(One.getAsType()))
          return true;
  }
  return false;
}

const CXXMethodDecl *CallableTypes::callOperator(QualType Type) {
  const CXXRecordDecl *R = recordOf(Type);
  if (!R || R->isLambda() || !(R = R->getDefinition()))
    return nullptr;
  for (const CXXMethodDecl *M : R->methods())
    if (M->getOverloadedOperator() == OO_Call)
      return M;
  return nullptr;
}

} // namespace unsingleton
