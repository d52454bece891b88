//===- LibraryHolder.cpp - A library's template that holds one object -*- C++
//-*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/facts/LibraryHolder.h"
#include "checks/facts/Compat.h"
#include "checks/facts/HolderNotes.h"
#include "checks/facts/HolderType.h"
#include "checks/facts/SymbolName.h"
#include "clang/AST/ASTContext.h"
#include "clang/Index/USRGeneration.h"
#include "clang/Lex/Lexer.h"

using namespace clang;
using namespace unsingleton;

namespace {
constexpr llvm::StringRef Macros[] = {
#define MACRO(NAME) NAME,
#include "checks/facts/LibraryHolders.def"
};

const TemplateDecl *templateOf(QualType Type) {
  if (Type.isNull())
    return nullptr;
  if (const CXXRecordDecl *R = Type->getAsCXXRecordDecl()) {
    const auto *S = dyn_cast<ClassTemplateSpecializationDecl>(R);
    return S ? S->getSpecializedTemplate() : nullptr;
  }
  const auto *T = Type->getAs<TemplateSpecializationType>();
  return T ? T->getTemplateName().getAsTemplateDecl() : nullptr;
}

//===-- Methods -----------------------------------------------------------===//

/// A result by which the receiver gets at an object of \p Object's type.
bool reaches(QualType Result, QualType Object) {
  QualType To = Result->isPointerType() ? Result->getPointeeType()
                                        : Result.getNonReferenceType();
  bool Way = Result->isPointerType() || Result->isReferenceType();
  if (!Way)
    To = firstArgument(Result);
  return !To.isNull() && !Object.isNull() &&
         To.getCanonicalType().getUnqualifiedType() ==
             Object.getCanonicalType().getUnqualifiedType();
}

bool handsOut(const CXXMethodDecl *M, const HolderNote &N, QualType Object) {
  if (isa<CXXConstructorDecl, CXXDestructorDecl>(M))
    return false;
  if (M->getIdentifier() && !N.Methods.empty())
    return HolderNote::lists(N.Methods, M->getName());
  if (M->isOverloadedOperator() && M->getOverloadedOperator() != OO_Star &&
      M->getOverloadedOperator() != OO_Arrow &&
      M->getOverloadedOperator() != OO_Call)
    return false;
  return M->getNumParams() == 0 && reaches(M->getReturnType(), Object);
}

/// Whether a static method hands the object out. Asked of the template, since
/// its specialisation need not have been instantiated.
bool ownsObject(const HolderClass *Holder, const HolderNote &N) {
  const ClassTemplateDecl *Template = Holder->getSpecializedTemplate();
  const CXXRecordDecl *Pattern = Template->getTemplatedDecl()->getDefinition();
  const TemplateParameterList *Parameters = Template->getTemplateParameters();
  if (!Pattern || !Parameters->size())
    return false;
  const auto *First = dyn_cast<TemplateTypeParmDecl>(Parameters->getParam(0));
  if (!First)
    return false;
  QualType Object = Template->getASTContext().getTypeDeclType(First);
  return llvm::any_of(Pattern->methods(), [&](const CXXMethodDecl *M) {
    bool Open = !N.Methods.empty() || M->getAccess() == AS_public;
    return M->isStatic() && Open && handsOut(M, N, Object);
  });
}

const HolderClass *holderClass(const CXXRecordDecl *R) {
  const auto *Holder = dyn_cast_or_null<HolderClass>(R);
  return Holder && !Holder->isDependentContext() ? Holder : nullptr;
}

std::optional<HolderNote> noteOf(QualType Type) {
  std::optional<HolderNote> N = holderNote(templateOf(Type));
  if (N && N->OnlyStatic) {
    const HolderClass *Holder = holderClass(recordOf(Type));
    if (!Holder || !ownsObject(Holder, *N))
      return std::nullopt;
  }
  return N;
}

QualType memberType(const CXXRecordDecl *R, llvm::StringRef Name) {
  if (!R || Name.empty() || !R->hasDefinition())
    return {};
  ASTContext &Context = R->getASTContext();
  for (const NamedDecl *D : R->lookup(&Context.Idents.get(Name)))
    if (const auto *T = dyn_cast<TypedefNameDecl>(D))
      return T->getUnderlyingType();
  return {};
}

QualType objectOf(QualType Type, const HolderNote &N) {
  QualType Member = memberType(recordOf(Type), N.Object);
  return Member.isNull() ? firstArgument(Type) : Member;
}

QualType typeOf(const CXXRecordDecl *R) {
  return tagType(R->getASTContext(), R);
}

const HolderClass *holderOf(const CXXMethodDecl *M) {
  return M ? holderClass(M->getParent()) : nullptr;
}
} // namespace

QualType unsingleton::heldObject(QualType Type) {
  std::optional<HolderNote> N = noteOf(Type);
  if (!N)
    return {};
  QualType Object = objectOf(Type, *N);
  // A const holder gives access to a const object.
  return !Object.isNull() && Type.isConstQualified() ? Object.withConst()
                                                     : Object;
}

bool unsingleton::handsOut(const CXXMethodDecl *M) {
  const HolderClass *Holder = holderOf(M);
  if (!Holder)
    return false;
  QualType Type = typeOf(Holder);
  std::optional<HolderNote> N = noteOf(Type);
  return N && ::handsOut(M, *N, objectOf(Type, *N));
}

bool unsingleton::isUpkeep(const CXXMethodDecl *M) {
  const HolderClass *Holder = holderOf(M);
  std::optional<HolderNote> N = Holder ? noteOf(typeOf(Holder)) : std::nullopt;
  return N && M->getIdentifier() && HolderNote::lists(N->Upkeep, M->getName());
}

const HolderClass *unsingleton::objectOwner(QualType Type) {
  const HolderClass *Holder = holderClass(recordOf(Type));
  std::optional<HolderNote> N = Holder ? noteOf(typeOf(Holder)) : std::nullopt;
  return N && ownsObject(Holder, *N) ? Holder : nullptr;
}

const HolderClass *unsingleton::objectOwner(const FunctionDecl *F) {
  const auto *M = dyn_cast_or_null<CXXMethodDecl>(F);
  return M && M->isStatic() && handsOut(M) ? holderOf(M) : nullptr;
}

std::string unsingleton::holderName(QualType Type) {
  return noteOf(Type) ? templateOf(Type)->getQualifiedNameAsString() : "";
}

std::string unsingleton::holderName(const CXXRecordDecl *R) {
  if (const ClassTemplateDecl *T = R ? R->getDescribedClassTemplate() : nullptr)
    return holderNote(T) ? T->getQualifiedNameAsString() : "";
  return R ? holderName(typeOf(R)) : "";
}

bool unsingleton::isPerThread(QualType Type) {
  std::optional<HolderNote> N = noteOf(Type);
  return N && !N->Thread.empty();
}

bool unsingleton::makesItself(TypeLoc Type) {
  // Another argument says how the object is made, or what else is done with it.
  auto Written =
      Type.getUnqualifiedLoc().getAsAdjusted<TemplateSpecializationTypeLoc>();
  std::optional<HolderNote> N = noteOf(Type.getType());
  if (!Written || Written.getNumArgs() != 1 || !N || N->Itself.empty())
    return false;
  QualType Held = heldObject(Type.getType());
  return !Held.isNull() && !Held.isConstQualified() &&
         holderType(Held).How == Holder::Value;
}

std::string unsingleton::objectSymbol(const HolderClass *Owner) {
  llvm::SmallString<128> Usr;
  if (index::generateUSRForDecl(Owner, Usr))
    return {};
  std::string Symbol = "library@" + Usr.str().str();
  // Two files may each have a class of that name in an unnamed namespace.
  const CXXRecordDecl *Object = recordOf(firstArgument(typeOf(Owner)));
  if (Object && !Object->hasExternalFormalLinkage())
    Symbol += "@" + symbolName(Object);
  return Symbol;
}

std::string unsingleton::libraryMacro(SourceLocation At,
                                      const SourceSpans &Spans,
                                      llvm::ArrayRef<std::string> Entries) {
  const SourceManager &SM = Spans.SM;
  std::string Outermost;
  for (; At.isMacroID(); At = SM.getImmediateMacroCallerLoc(At)) {
    if (SM.isMacroArgExpansion(At))
      continue;
    llvm::StringRef Name = Lexer::getImmediateMacroName(At, SM, Spans.LO);
    if (SM.isInSystemHeader(SM.getSpellingLoc(At)) ||
        llvm::is_contained(Macros, Name) || llvm::is_contained(Entries, Name))
      Outermost = Name.str();
  }
  return Outermost;
}
