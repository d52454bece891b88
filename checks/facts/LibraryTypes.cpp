//===- LibraryTypes.cpp - What types of libraries stand for --------------===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/facts/LibraryTypes.h"
#include "checks/facts/HolderType.h"
#include "clang/AST/DeclTemplate.h"

using namespace clang;

namespace unsingleton {

namespace {
enum class Meaning : uint8_t {
  Synchronisation,
  Resource,
  PointedResource, ///< owned through a pointer
  Memo,
};

struct LibraryType {
  llvm::StringLiteral Name;
  Meaning Is;
  llvm::StringLiteral Resource;
};
} // namespace

static constexpr LibraryType Classes[] = {
#define SYNCHRONISATION(Name) {Name, Meaning::Synchronisation, ""},
#define RESOURCE(Name, What) {Name, Meaning::Resource, What},
#define MEMO(Name) {Name, Meaning::Memo, ""},
#include "checks/facts/LibraryTypes.def"
};

static constexpr LibraryType CTypes[] = {
#define C_SYNCHRONISATION(Name) {Name, Meaning::Synchronisation, ""},
#define C_RESOURCE(Name, What) {Name, Meaning::Resource, What},
#define C_POINTED_RESOURCE(Name, What) {Name, Meaning::PointedResource, What},
#include "checks/facts/LibraryTypes.def"
};

/// The row that says \p R is \p Is; null: none does.
static const LibraryType *classRow(const CXXRecordDecl *R, Meaning Is) {
  if (!R || !R->getIdentifier())
    return nullptr;
  std::string Qualified; // costly: asked for only if the last part is the same
  for (const LibraryType &Row : Classes) {
    llvm::StringRef Last = Row.Name;
    Last = Last.substr(Last.rfind(':') + 1); // all of it where there is none
    if (Row.Is != Is || Last != R->getName())
      continue;
    if (Qualified.empty())
      Qualified = R->getQualifiedNameAsString();
    if (Row.Name == Qualified)
      return &Row;
  }
  return nullptr;
}

/// The same for a typedef or a C struct. Asking for the type's text instead
/// would print whatever it is made of.
static const LibraryType *plainRow(QualType Type, Meaning Is) {
  llvm::StringRef Name;
  if (const auto *T = Type->getAs<TypedefType>())
    Name = T->getDecl()->getName();
  else if (const TagDecl *D = Type->getAsTagDecl(); D && D->getIdentifier())
    Name = D->getName();
  for (const LibraryType &Row : CTypes)
    if (Row.Is == Is && Row.Name == Name)
      return &Row;
  return nullptr;
}

bool isSynchronisation(QualType Type) {
  return !Type.isNull() && (plainRow(Type, Meaning::Synchronisation) ||
                            classRow(recordOf(Type), Meaning::Synchronisation));
}

bool isMemo(QualType Type) {
  return !Type.isNull() && classRow(recordOf(Type), Meaning::Memo);
}

llvm::StringRef resourceOf(QualType Type) {
  if (Type.isNull())
    return {};
  if (const LibraryType *Row = plainRow(Type, Meaning::Resource))
    return Row->Resource;
  if (Type->isPointerType()) {
    const LibraryType *Row =
        plainRow(Type->getPointeeType(), Meaning::PointedResource);
    return Row ? llvm::StringRef(Row->Resource) : llvm::StringRef();
  }
  const CXXRecordDecl *R = recordOf(Type);
  if (const LibraryType *Row = classRow(R, Meaning::Resource))
    return Row->Resource;
  // A container or smart pointer of threads owns threads.
  if (const auto *S = dyn_cast_or_null<ClassTemplateSpecializationDecl>(R);
      S && S->isInStdNamespace())
    for (const TemplateArgument &Argument : S->getTemplateArgs().asArray())
      if (Argument.getKind() == TemplateArgument::Type)
        if (const LibraryType *Row =
                classRow(recordOf(Argument.getAsType()), Meaning::Resource))
          return Row->Resource;
  return {};
}

} // namespace unsingleton
