//===- ContextTypes.cpp - What types may carry of a request -----*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/facts/ContextTypes.h"
#include "checks/facts/Compat.h"
#include "checks/facts/HolderType.h"
#include "clang/AST/DeclTemplate.h"

using namespace clang;

namespace unsingleton {

bool isRuntime(const Decl *D) {
  const auto *Space = dyn_cast_or_null<NamespaceDecl>(
      D ? D->getDeclContext()->getEnclosingNamespaceContext() : nullptr);
  // isolation::detail is the runtime too.
  while (Space && !Space->getParent()->isTranslationUnit())
    Space = dyn_cast<NamespaceDecl>(
        Space->getParent()->getEnclosingNamespaceContext());
  return Space && Space->getIdentifier() && Space->getName() == "isolation";
}

bool isRuntimeFunction(const FunctionDecl *F, llvm::StringRef Name) {
  return F && F->getIdentifier() && F->getName() == Name &&
         !isa<CXXMethodDecl>(F) && isRuntime(F);
}

bool isSlotAccess(const FunctionDecl *F) {
  const auto *M = dyn_cast_or_null<CXXMethodDecl>(F);
  if (!M || !M->getIdentifier() || !isRuntime(M))
    return false;
  bool Slot = StringSwitch<bool>(M->getParent()->getName())
                  .Cases({"PerRequest", "PerConversation", "PerUser"}, true)
                  .Case("Slot", true) // what those have in common
                  .Default(false);
  return Slot && StringSwitch<bool>(M->getName())
                     .Cases({"get_or_create", "peek", "set"}, true)
                     .Default(false);
}

ContextTypes::ContextTypes(const SourceSpans &Spans,
                           const ExtractOptions &Options)
    : Spans(Spans), ContextName(Options.ContextType) {
  llvm::StringRef Name = ContextName;
  Name.consume_front("::");
  size_t Colon = Name.rfind("::");
  Last = Colon == llvm::StringRef::npos ? Name : Name.substr(Colon + 2);
}

bool ContextTypes::isContext(const CXXRecordDecl *R) const {
  if (!R || !R->getIdentifier() || R->getName() != Last)
    return false;
  llvm::StringRef Name = ContextName;
  Name.consume_front("::");
  return R->getQualifiedNameAsString() == Name;
}

bool ContextTypes::isHandle(QualType Type) {
  if (Type->isReferenceType() || Type->isPointerType())
    return true;
  Holder How = holderType(Type).How;
  if (How == Holder::UniquePtr || How == Holder::SharedPtr ||
      How == Holder::AtomicPointer)
    return true;
  const CXXRecordDecl *R = Type->getAsCXXRecordDecl();
  if (!R || !R->getIdentifier())
    return false;
  llvm::StringRef Name = R->getName();
  return Name == "reference_wrapper" || Name == "weak_ptr" || Name == "span" ||
         Name.contains_insensitive("iterator");
}

/// The type below references, pointers and arrays.
static QualType pointee(QualType Type) {
  for (;;) {
    if (Type->isReferenceType())
      Type = Type.getNonReferenceType();
    else if (Type->isPointerType())
      Type = Type->getPointeeType();
    else if (const ArrayType *Array = Type->getAsArrayTypeUnsafe())
      Type = Array->getElementType();
    else
      return Type;
  }
}

/// A class template whose arguments say what it works on, not what it holds.
static bool isPolicy(llvm::StringRef Name) {
  return StringSwitch<bool>(Name)
      .Cases({"hash", "less", "greater", "equal_to", "allocator"}, true)
      .Cases({"char_traits", "default_delete", "ratio"}, true)
      .Default(false);
}

static llvm::ArrayRef<TemplateArgument> argumentsOf(const CXXRecordDecl *R) {
  const auto *S = dyn_cast_or_null<ClassTemplateSpecializationDecl>(R);
  if (!S || !S->getIdentifier() || isPolicy(S->getName()))
    return {};
  return S->getTemplateArgs().asArray();
}

template <class Predicate>
static bool anyType(llvm::ArrayRef<TemplateArgument> Arguments, Predicate Is) {
  return llvm::any_of(Arguments, [&](const TemplateArgument &A) {
    if (A.getKind() == TemplateArgument::Pack)
      return anyType(A.getPackAsArray(), Is);
    return A.getKind() == TemplateArgument::Type && Is(A.getAsType());
  });
}

bool ContextTypes::givesContext(QualType Type) const {
  Type = pointee(Type);
  if (holderType(Type).How != Holder::Value)
    Type = pointee(holderType(Type).Object);
  const CXXRecordDecl *R = Type->getAsCXXRecordDecl();
  if (R && R->getIdentifier() && R->getName() == "reference_wrapper")
    return anyType(argumentsOf(R), [&](QualType T) { return givesContext(T); });
  return isContext(R);
}

bool ContextTypes::holdsContext(QualType Type) const {
  const CXXRecordDecl *R = pointee(Type)->getAsCXXRecordDecl();
  if (isContext(R))
    return true;
  if (!R || (isRuntime(R) && R->getName() != "BoundFunction"))
    return false;
  return foreign(R) &&
         anyType(argumentsOf(R), [&](QualType T) { return holdsContext(T); });
}

void ContextTypes::forElements(
    QualType Type, llvm::function_ref<void(const CXXRecordDecl *)> Do) const {
  const CXXRecordDecl *Container = Type->getAsCXXRecordDecl();
  Holder How = holderType(Type).How;
  if (!Container || !foreign(Container) || isRuntime(Container) ||
      How == Holder::UniquePtr || How == Holder::SharedPtr)
    return;
  anyType(argumentsOf(Container), [&](QualType Element) {
    const CXXRecordDecl *R = Element->getAsCXXRecordDecl();
    if (R && !R->isLambda() && !foreign(R))
      Do(R);
    forElements(Element, Do);
    return false;
  });
}

/// Foreign classes without telling template arguments that hold anything.
static bool holdsAnything(llvm::StringRef Name) {
  return StringSwitch<bool>(Name)
      .Cases({"any", "thread", "jthread", "coroutine_handle", "packaged_task"},
             true)
      .Default(Name.contains_insensitive("function") ||
               Name.contains_insensitive("bind"));
}

bool ContextTypes::carriesRecord(const CXXRecordDecl *R, QualType Type) {
  if (isContext(R) || R->isLambda())
    return true;
  if (foreign(R))
    return (R->getIdentifier() && holdsAnything(R->getName())) ||
           anyType(argumentsOf(R), [&](QualType T) { return carries(T); });
  R = R->getDefinition();
  if (!R || R->isDependentContext())
    return true;
  for (const CXXBaseSpecifier &Base : R->bases())
    if (carries(Base.getType()))
      return true;
  return llvm::any_of(
      R->fields(), [&](const FieldDecl *F) { return carries(F->getType()); });
}

/// Whether a pointer to \p To may point to anything of interest: not to
/// numbers, nor to the handles of a C library.
bool ContextTypes::pointsAnywhere(QualType To) {
  const CXXRecordDecl *R = To->getAsCXXRecordDecl();
  if (R && foreign(R) && R->getDeclContext()->isExternCContext())
    return false;
  return !To->isArithmeticType() && !To->isEnumeralType();
}

bool ContextTypes::carries(QualType Type) {
  if (Type->isReferenceType()) {
    // What a plain value refers to can be kept by whoever may change it.
    QualType To = Type.getNonReferenceType();
    const CXXRecordDecl *R = To->getAsCXXRecordDecl();
    if (!To.isConstQualified() || (R && !foreign(R)))
      return To->isRecordType() || To->isDependentType() || carries(To);
    return carries(To);
  }
  if (Type->isFunctionPointerType() || Type->isMemberPointerType())
    return false;
  if (Type->isPointerType())
    return pointsAnywhere(Type->getPointeeType());
  if (const ArrayType *Array = Type->getAsArrayTypeUnsafe())
    return carries(Array->getElementType());
  if (Type->isDependentType())
    return true;
  const CXXRecordDecl *R = Type->getAsCXXRecordDecl();
  if (!R)
    return false;
  const clang::Type *Key = Type.getCanonicalType().getTypePtr();
  auto [It, New] = Carrying.try_emplace(Key, false); // a class holding itself
  if (!New)
    return It->second;
  bool Result = carriesRecord(R, Type);
  Carrying[Key] = Result;
  return Result;
}

} // namespace unsingleton
