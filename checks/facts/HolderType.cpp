//===- HolderType.cpp - How a type holds an object -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/facts/HolderType.h"
#include "checks/facts/Compat.h"
#include "checks/facts/LibraryHolder.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"

using namespace clang;

namespace unsingleton {

const CXXRecordDecl *recordOf(QualType Type) {
  if (Type.isNull())
    return nullptr;
  return Type.getNonReferenceType()->getAsCXXRecordDecl();
}

const CXXRecordDecl *elementRecordOf(QualType Type) {
  return Type.isNull() ? nullptr
                       : Type.getNonReferenceType()
                             ->getBaseElementTypeUnsafe()
                             ->getAsCXXRecordDecl();
}

ContainedType containedIn(QualType Type) {
  const auto *Container = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
      Type.isNull() ? nullptr : elementRecordOf(Type));
  if (!Container || !Container->isInStdNamespace())
    return {};
  // What follows the elements compares, allocates or deletes them.
  llvm::StringRef Name = Container->getName();
  size_t Elements = Name.ends_with("map") || Name == "pair" ? 2 : 1;
  ContainedType Found;
  for (const TemplateArgument &Argument :
       Container->getTemplateArgs().asArray().take_front(Elements)) {
    if (Argument.getKind() != TemplateArgument::Type)
      continue;
    HolderType Element = holderType(Argument.getAsType());
    const CXXRecordDecl *R = elementRecordOf(Element.Object);
    if (!R)
      continue;
    if (R->isInStdNamespace() && Element.How != Holder::RawPointer) {
      if (ContainedType Inner = containedIn(Element.Object); Inner.Record)
        Found = Inner;
      continue;
    }
    Found = {R, Element.How == Holder::RawPointer};
  }
  return Found;
}

static std::string templateName(QualType Type) {
  if (Type.isNull())
    return {};
  // The class first: an alias template has a name of its own.
  if (const CXXRecordDecl *R = Type->getAsCXXRecordDecl())
    return R->getQualifiedNameAsString();
  if (const auto *T = Type->getAs<TemplateSpecializationType>())
    if (const TemplateDecl *D = T->getTemplateName().getAsTemplateDecl())
      return D->getQualifiedNameAsString();
  return {};
}

QualType firstArgument(QualType Type) {
  if (Type.isNull())
    return {};
  if (const CXXRecordDecl *R = Type->getAsCXXRecordDecl())
    if (const auto *S = dyn_cast<ClassTemplateSpecializationDecl>(R))
      if (S->getTemplateArgs().size() &&
          S->getTemplateArgs()[0].getKind() == TemplateArgument::Type)
        return S->getTemplateArgs()[0].getAsType();
  if (const auto *T = Type->getAs<TemplateSpecializationType>())
    if (!T->template_arguments().empty() &&
        T->template_arguments()[0].getKind() == TemplateArgument::Type)
      return T->template_arguments()[0].getAsType();
  return {};
}

static std::optional<Holder> holderName(llvm::StringRef Name) {
  return StringSwitch<std::optional<Holder>>(Name)
      .Cases({"std::unique_ptr", "boost::scoped_ptr", "std::auto_ptr",
              "boost::movelib::unique_ptr"},
             Holder::UniquePtr)
      .Cases({"std::shared_ptr", "boost::shared_ptr"}, Holder::SharedPtr)
      .Cases({"std::optional", "boost::optional", "absl::optional"},
             Holder::Optional)
      .Cases({"std::atomic", "QBasicAtomicPointer", "QAtomicPointer"},
             Holder::AtomicPointer)
      .Default(std::nullopt);
}

/// The pattern of a class template, whether or not it was instantiated.
static const CXXRecordDecl *patternBehind(QualType Type) {
  const TemplateDecl *D = nullptr;
  if (const CXXRecordDecl *R = Type->getAsCXXRecordDecl()) {
    if (const auto *S = dyn_cast<ClassTemplateSpecializationDecl>(R))
      D = S->getSpecializedTemplate();
  } else if (const auto *T = Type->getAs<TemplateSpecializationType>()) {
    D = T->getTemplateName().getAsTemplateDecl();
  }
  const auto *Class = dyn_cast_or_null<ClassTemplateDecl>(D);
  return Class ? Class->getTemplatedDecl()->getDefinition() : nullptr;
}

static bool returnsParameter(const CXXMethodDecl *M, bool Pointer) {
  QualType Result = M->getReturnType();
  if (Pointer ? !Result->isPointerType() : !Result->isReferenceType())
    return false;
  const auto *P = Result->getPointeeType()->getAs<TemplateTypeParmType>();
  return P && P->getDepth() == 0 && P->getIndex() == 0;
}

/// A smart pointer by its shape: `T *operator->() const` and
/// `T &operator*() const`, of a template's first parameter. One without a
/// destructor owns nothing and is a view.
static bool isSmartPointer(const CXXRecordDecl *Pattern) {
  if (!Pattern->hasUserDeclaredDestructor())
    return false;
  DeclarationNameTable &Names = Pattern->getASTContext().DeclarationNames;
  auto Has = [&](OverloadedOperatorKind Kind, bool Pointer) {
    for (const NamedDecl *D : Pattern->lookup(Names.getCXXOperatorName(Kind)))
      if (const auto *M = dyn_cast<CXXMethodDecl>(D);
          M && M->isConst() && M->getNumParams() == 0 &&
          returnsParameter(M, Pointer))
        return true;
    return false;
  };
  return Has(OO_Arrow, true) && Has(OO_Star, false) &&
         Pattern->lookup(Names.getCXXOperatorName(OO_PlusPlus)).empty();
}

/// A project's own atomic, by its shape: it is loaded and stored.
static bool isAtomic(const CXXRecordDecl *Pattern) {
  IdentifierTable &Names = Pattern->getASTContext().Idents;
  return !Pattern->lookup(&Names.get("load")).empty() &&
         !Pattern->lookup(&Names.get("store")).empty();
}

/// `template <class T> class Ptr : public std::shared_ptr<T>`
static bool isDerivedPointer(const CXXRecordDecl *Pattern) {
  return llvm::any_of(Pattern->bases(), [](const CXXBaseSpecifier &Base) {
    std::optional<Holder> How = holderName(templateName(Base.getType()));
    if (How != Holder::SharedPtr && How != Holder::UniquePtr)
      return false;
    QualType Object = firstArgument(Base.getType());
    const auto *P =
        Object.isNull() ? nullptr : Object->getAs<TemplateTypeParmType>();
    return P && P->getDepth() == 0 && P->getIndex() == 0;
  });
}

/// What no table names.
static std::optional<HolderType> holderByShape(QualType Type) {
  const CXXRecordDecl *Pattern = patternBehind(Type);
  QualType Object = Pattern ? firstArgument(Type) : QualType();
  if (Object.isNull())
    return std::nullopt;
  if (isSmartPointer(Pattern) || isDerivedPointer(Pattern))
    return HolderType{Holder::SmartPtr, Object};
  if (Object->isPointerType() && !Object->isFunctionPointerType() &&
      !Object->isVoidPointerType() && isAtomic(Pattern))
    return HolderType{Holder::AtomicPointer, Object->getPointeeType()};
  return std::nullopt;
}

HolderType holderType(QualType Type) {
  if (Type->isReferenceType())
    return {Holder::Reference, Type.getNonReferenceType()};
  if (Type->isPointerType() && !Type->isFunctionPointerType() &&
      !Type->isVoidPointerType())
    return {Holder::RawPointer, Type->getPointeeType()};
  if (std::optional<Holder> How = holderName(templateName(Type))) {
    QualType Object = firstArgument(Type);
    if (!Object.isNull() && *How != Holder::AtomicPointer)
      return {*How, Object};
    if (!Object.isNull() && Object->isPointerType())
      return {*How, Object->getPointeeType()};
    if (!Object.isNull() && Object->isRecordType()) // atomic<shared_ptr<X>>
      if (HolderType Inner = holderType(Object); Inner.How == Holder::SharedPtr)
        return {*How, Inner.Object};
    // Qt's are named after the pointee. In a template, atomic<T> is no class.
    if (!Object.isNull() && templateName(Type) != "std::atomic")
      return {*How, Object};
  }
  if (QualType Held = heldObject(Type); !Held.isNull()) {
    HolderType Inner = holderType(Held);
    return {Holder::Library,
            Inner.How == Holder::Reference || Inner.How == Holder::AtomicPointer
                ? Held
                : Inner.Object};
  }
  return holderByShape(Type).value_or(HolderType{Holder::Value, Type});
}

TypeLoc objectTypeLoc(TypeLoc Type, Holder How) {
  Type = Type.getUnqualifiedLoc();
  switch (How) {
  case Holder::Value:
    return Type;
  case Holder::Reference:
    if (auto R = Type.getAs<ReferenceTypeLoc>())
      return R.getPointeeLoc();
    return {};
  case Holder::RawPointer:
    if (auto P = Type.getAs<PointerTypeLoc>())
      return P.getPointeeLoc();
    return {};
  default:
    break;
  }
  auto Template = Type.getAsAdjusted<TemplateSpecializationTypeLoc>();
  const TemplateDecl *Named =
      Template ? Template.getTypePtr()->getTemplateName().getAsTemplateDecl()
               : nullptr;
  if (!isa_and_nonnull<ClassTemplateDecl>(Named) || !Template.getNumArgs() ||
      Template.getArgLoc(0).getArgument().getKind() != TemplateArgument::Type)
    return {};
  TypeLoc Argument = Template.getArgLoc(0).getTypeSourceInfo()->getTypeLoc();
  return How == Holder::AtomicPointer
             ? objectTypeLoc(Argument, Holder::RawPointer)
             : Argument;
}

bool isProjection(llvm::StringRef Name) {
  return StringSwitch<bool>(Name)
      .Cases({"get", "value", "load", "lock", "operator*", "operator->"}, true)
      .Cases({"begin", "end", "rbegin", "rend", "cbegin", "cend"}, true)
      .Cases({"front", "back", "top", "at", "data", "find", "lower_bound",
              "upper_bound", "equal_range"},
             true)
      .Cases({"move", "forward", "addressof", "as_const", "ref", "cref", "next",
              "prev"},
             true)
      .Default(false);
}

bool isStd(const NamedDecl *D, llvm::StringRef Name) {
  return D && D->getIdentifier() && D->getName() == Name &&
         D->isInStdNamespace();
}

} // namespace unsingleton
