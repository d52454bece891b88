//===- ContextTypes.h - What types may carry of a request -------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Questions about types and declarations that tell values of interest from all
// others: is it a context, can it hold or point to anything, does it belong to
// the runtime. The runtime's entities are known by name, wherever its headers
// lie. Answers are kept for one unit.
//
// A reference to a class that is only declared is answered without looking
// into it: another unit may see the same function and the class defined.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_FACTS_CONTEXTTYPES_H
#define UNSINGLETON_CHECKS_FACTS_CONTEXTTYPES_H

#include "checks/facts/SourceSpans.h"
#include "clang/AST/DeclCXX.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace unsingleton {

/// Declared in namespace isolation.
bool isRuntime(const clang::Decl *D);
/// The function `isolation::` \p Name.
bool isRuntimeFunction(const clang::FunctionDecl *F, llvm::StringRef Name);
/// A method of `PerRequest` or its kin, which hands out the slot's object.
bool isSlotAccess(const clang::FunctionDecl *F);

class ContextTypes {
public:
  ContextTypes(const SourceSpans &Spans, const ExtractOptions &Options);

  /// The class of contexts itself.
  bool isContext(const clang::CXXRecordDecl *R) const;
  /// A context, or a reference, pointer or smart pointer to one, or an optional
  /// one: what a parameter that takes a context may be.
  bool givesContext(clang::QualType Type) const;
  /// The same, or a container of such.
  bool holdsContext(clang::QualType Type) const;

  /// Whether a value of \p Type can hold or point to anything.
  bool carries(clang::QualType Type);
  /// A pointer, reference or other handle: copied, it means the same object.
  static bool isHandle(clang::QualType Type);

  /// The classes of ours of which a library's container \p Type makes objects.
  void
  forElements(clang::QualType Type,
              llvm::function_ref<void(const clang::CXXRecordDecl *)> Do) const;

  /// Not ours to look into: of a system header, or of the runtime.
  bool foreign(const clang::Decl *D) const {
    return !Spans.user(D->getLocation()) || isRuntime(D);
  }

private:
  bool pointsAnywhere(clang::QualType To);
  bool carriesRecord(const clang::CXXRecordDecl *R, clang::QualType Type);

  const SourceSpans &Spans;
  std::string ContextName; ///< qualified
  llvm::StringRef Last;    ///< its last component
  llvm::DenseMap<const clang::Type *, bool> Carrying;
};

} // namespace unsingleton

#endif
