//===- TypeText.cpp - A type as text, of bounded length ---------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/facts/TypeText.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"

using namespace clang;

namespace {
/// Counts the names that a type's text holds, up to a limit.
class NameCounter {
public:
  bool tooMany(QualType Type) {
    count(Type);
    return Names > Limit;
  }

private:
  static constexpr unsigned Limit = 500;

  void count(QualType Type) {
    if (Type.isNull() || ++Names > Limit)
      return;
    const clang::Type *T = Type.getTypePtr();
    if (QualType Pointee = T->getPointeeType(); !Pointee.isNull())
      return count(Pointee);
    if (const auto *A = dyn_cast<ArrayType>(T))
      return count(A->getElementType());
    if (const auto *F = dyn_cast<FunctionProtoType>(T)) {
      count(F->getReturnType());
      for (QualType Parameter : F->param_types())
        count(Parameter);
      return;
    }
    if (const auto *S = dyn_cast<TemplateSpecializationType>(T))
      return count(S->template_arguments());
    if (const auto *R = dyn_cast<RecordType>(T))
      count(R->getDecl());
  }

  /// A class and what it is nested in.
  void count(const Decl *D) {
    for (; D && Names <= Limit; D = dyn_cast_or_null<Decl>(D->getDeclContext()))
      if (const auto *S = dyn_cast<ClassTemplateSpecializationDecl>(D))
        count(S->getTemplateArgs().asArray());
  }

  void count(ArrayRef<TemplateArgument> Arguments) {
    for (const TemplateArgument &A : Arguments) {
      if (Names > Limit)
        return;
      if (A.getKind() == TemplateArgument::Type)
        count(A.getAsType());
      else if (A.getKind() == TemplateArgument::Pack)
        count(A.getPackAsArray());
    }
  }

  unsigned Names = 0;
};
} // namespace

/// The names that people know the library's strings by.
static std::string withPlainStrings(std::string Text) {
  for (auto [Name, Known] :
       {std::pair("std::basic_string<char>", "std::string"),
        std::pair("std::basic_string_view<char>", "std::string_view")})
    for (size_t At = 0; (At = Text.find(Name, At)) != std::string::npos;)
      Text.replace(At, llvm::StringRef(Name).size(), Known);
  return Text;
}

std::string unsingleton::typeText(QualType Type, const PrintingPolicy &Policy) {
  Type = Type.getCanonicalType();
  if (!NameCounter().tooMany(Type))
    return withPlainStrings(Type.getAsString(Policy));
  std::string Text;
  while (!Type->getPointeeType().isNull()) {
    Text += Type->isReferenceType() ? " &" : " *";
    Type = Type->getPointeeType();
  }
  if (const auto *R = Type->getAsCXXRecordDecl())
    return R->getNameAsString() + "<...>" + Text;
  return "..." + Text;
}
