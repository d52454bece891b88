//===- MutationPath.h - Does code change what an expression denotes? -*- C++
//-*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Given an expression that denotes shared state (a storage, a field, the result
// of an accessor) and the statements around it, says whether the state is read,
// changed, or handed to code that may change it:
//
//     registry().size()        read
//     registry()[k] = v        changed
//     auto &r = registry();    r stands for it: later uses of r decide
//     fill(registry())         handed out (by non-const reference)
//
// Methods of user classes are no change by themselves: what they do to fields
// is found in their own bodies.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_FACTS_MUTATIONPATH_H
#define UNSINGLETON_CHECKS_FACTS_MUTATIONPATH_H

#include "checks/facts/SourceSpans.h"
#include "clang/AST/Expr.h"
#include "llvm/ADT/ArrayRef.h"

namespace unsingleton {

enum class Mutation : uint8_t { None, Change, Escape, Alias };

struct MutationResult {
  Mutation Kind = Mutation::None;
  const clang::VarDecl *Alias = nullptr; ///< the local that stands for it
};

/// \p Path ends with the expression; its parents precede it. \p Variable: whose
/// initialiser the path stands in, or null.
MutationResult mutationOf(llvm::ArrayRef<const clang::Stmt *> Path,
                          const clang::VarDecl *Variable,
                          const SourceSpans &Spans);

} // namespace unsingleton

#endif
