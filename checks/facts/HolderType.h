//===- HolderType.h - How a type holds an object -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_FACTS_HOLDERTYPE_H
#define UNSINGLETON_CHECKS_FACTS_HOLDERTYPE_H

#include "checks/facts/Facts.h"
#include "clang/AST/Type.h"
#include "clang/AST/TypeLoc.h"

namespace clang {
class CXXRecordDecl;
} // namespace clang

namespace unsingleton {

struct HolderType {
  Holder How = Holder::Value;
  /// `X` of `X`, `X &`, `X *`, `unique_ptr<X>` …; a library's holder may hold
  /// any of those.
  clang::QualType Object;
};

HolderType holderType(clang::QualType Type);

/// The first template argument of \p Type, if it is a type; else null.
clang::QualType firstArgument(clang::QualType Type);

/// Where the object's type is spelled in a declarator's type, if it is.
clang::TypeLoc objectTypeLoc(clang::TypeLoc Type, Holder How);

/// The class behind \p Type without references and qualifiers, or null.
const clang::CXXRecordDecl *recordOf(clang::QualType Type);

/// The class of \p Type, or of its elements where it is an array.
const clang::CXXRecordDecl *elementRecordOf(clang::QualType Type);

/// The class whose objects a container of the library, \p Type, keeps, itself
/// or in containers, pairs and smart pointers, and whether by plain pointers:
/// then somebody else owns them. Null for any other type.
struct ContainedType {
  const clang::CXXRecordDecl *Record = nullptr;
  bool Pointers = false;
};
ContainedType containedIn(clang::QualType Type);

/// Names of standard functions and methods that only pass on the object that
/// they are called with or on: `get`, `begin`, `std::move` …
bool isProjection(llvm::StringRef Name);

/// A function of namespace std (or an inline namespace in it) named \p Name.
bool isStd(const clang::NamedDecl *D, llvm::StringRef Name);

} // namespace unsingleton

#endif
