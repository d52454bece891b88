//===- PassedPacks.h - Templates that hand arguments to a constructor ----===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// User code has makers of its own, and they take any arguments:
//
//     template <class T, class... Args> std::shared_ptr<T> New(Args &&...args)
//     {
//       return std::make_shared<T>(std::forward<Args>(args)...);
//     }
//
// What constructs a `Session` is then the caller that writes
// `New<Session>(socket)`: there an argument more goes in, and `New`, which
// serves other classes too, stays as it is.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_FACTS_PASSEDPACKS_H
#define UNSINGLETON_CHECKS_FACTS_PASSEDPACKS_H

#include "clang/AST/DeclCXX.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"
#include <optional>

namespace unsingleton {

/// What becomes of the pack that a function template takes last.
struct PassedPack {
  /// What may be constructed with it; more than one where a library's function
  /// chooses. Owned by the AST; never empty.
  llvm::SmallVector<const clang::CXXConstructorDecl *, 1> Constructors;
  /// Where the one list that the pack fills ends, in the template's body.
  clang::SourceLocation Close;
  unsigned First = 0; ///< number of parameters before the pack
};

/// Owned by one extraction; remembers what it has found.
class PassedPacks {
public:
  /// Of the instantiation \p F, or null where its pack, if it has one, goes
  /// anywhere else or nowhere. Valid until the next call.
  const PassedPack *of(const clang::FunctionDecl *F);

  /// Whether the list of arguments that ends at \p Close, in \p F, is nothing
  /// but the pack that \p F passes on.
  bool fills(const clang::FunctionDecl *F, clang::SourceLocation Close);

private:
  std::optional<PassedPack> find(const clang::FunctionDecl *F);

  llvm::DenseMap<const clang::FunctionDecl *, std::optional<PassedPack>> Known;
};

} // namespace unsingleton

#endif
