//===- StorageExpression.h - What an expression says of a storage -*- C++
//-*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Accessors spell the way from a storage to the object in many forms:
//
//     return *p;   return p.get();   return *p.load();   return tmp;  // = p
//     return static_cast<T &>(*p);   return ok ? *p : *p;
//
// `storageExpression` sees through them. It follows local variables that stand
// for the storage (a reference, or a pointer copied from it).
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_FACTS_STORAGEEXPRESSION_H
#define UNSINGLETON_CHECKS_FACTS_STORAGEEXPRESSION_H

#include "checks/facts/Facts.h"
#include "checks/facts/LibraryHolder.h"
#include "clang/AST/Expr.h"
#include <optional>

namespace unsingleton {

struct StorageExpression {
  const clang::VarDecl *Storage = nullptr; ///< canonical
  /// Instead of Storage: the library's holder that owns the object.
  const HolderClass *Owner = nullptr;
  Yield What = Yield::Object;
  bool ByValue = false; ///< a copy of the object
  /// Instead of Storage: the instance of a template of user code that may own
  /// the object, see OwnHolder.h.
  const clang::NamedDecl *Instance = nullptr;
};

/// Of a variable.
std::optional<StorageExpression> storageExpression(const clang::Expr *E);
/// Of an object that a holder owns, a library's or an instance of a template.
std::optional<StorageExpression> ownedExpression(const clang::Expr *E);

/// \p E without parentheses, implicit nodes and copies of smart pointers.
const clang::Expr *bare(const clang::Expr *E);

/// Static or thread storage duration, in user code or not.
bool isStorage(const clang::VarDecl *V);

/// The storage that \p V stands for: another one where V is a static reference
/// to it, else V itself; canonical.
const clang::VarDecl *storageBehind(const clang::VarDecl *V);

/// The storage that \p E is, or is part of: `V`, `V.field[0]`, `V.load()`; or
/// null.
const clang::VarDecl *rootOf(const clang::Expr *E);

/// `nullptr`, `0` or `NULL`.
bool isNull(const clang::Expr *E, const clang::ASTContext &Context);

} // namespace unsingleton

#endif
