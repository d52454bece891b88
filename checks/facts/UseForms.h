//===- UseForms.h - In which form a storage is used -------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What an expression that names a storage does with it, and the text that a
// rewrite would replace for it: `*p`, `p->`, `if (p)`, `delete p;`, `p = q`.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_FACTS_USEFORMS_H
#define UNSINGLETON_CHECKS_FACTS_USEFORMS_H

#include "checks/facts/SourceSpans.h"
#include "checks/facts/WalkState.h"
#include <optional>

namespace unsingleton {

/// Facts without Storage, Function and Where, which the walk knows.
struct StorageUse {
  StorageUseFact Fact;
  /// Only if the use gives the storage a new object.
  std::optional<InstallationFact> Installs;
};

/// How \p E, the current statement, uses \p V, which it names.
StorageUse describeUse(const clang::Expr *E, const clang::VarDecl *V,
                       const WalkState &State, SourceSpans &Spans);

} // namespace unsingleton

#endif
