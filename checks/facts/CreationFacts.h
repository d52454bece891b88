//===- CreationFacts.h - How the object of a storage is made ----*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_FACTS_CREATIONFACTS_H
#define UNSINGLETON_CHECKS_FACTS_CREATIONFACTS_H

#include "checks/facts/SourceSpans.h"
#include "clang/AST/Decl.h"

namespace unsingleton {

/// What an expression that makes an object looks like. Sees through the
/// constructor of a smart pointer around `new`. Its spans are set but for
/// Whole; Storage and Function are the caller's.
CreationFact describeCreation(const clang::Expr *E, SourceSpans &Spans);

/// Whether \p E is a `make_unique` or the like of another class than that which
/// \p Kept, a smart pointer, leads to.
bool makesDerived(const clang::Expr *E, clang::QualType Kept);

/// The same for the initialiser of \p V, with Whole.
CreationFact describeInitialiser(const clang::VarDecl *V, SourceSpans &Spans);

/// Whether \p E, which is to be kept by a pointer of any kind, is an object
/// that nobody else has a way to: `new T`, `make_unique<T>()`.
bool makesObject(const clang::Expr *E);

/// Whether \p V, of static duration, begins as a null pointer, as one that
/// only marks something, or as an empty holder or container of the library.
bool beginsEmpty(const clang::VarDecl *V);

/// Whether \p V begins as a null pointer or an empty holder.
bool makesNothing(const clang::VarDecl *V);

/// Adds the CreationFact of a storage's own initialiser; \p In: the function
/// whose static it is, or null.
void extractInitialiser(const clang::VarDecl *V, const clang::FunctionDecl *In,
                        SourceSpans &Spans, UnitFactsBuilder &Facts);

/// The initialiser as spelled, and how.
struct InitialiserText {
  InitStyle Style = InitStyle::None;
  EditableSpan Where;
};
InitialiserText initialiserText(const clang::VarDecl *V, SourceSpans &Spans);

/// Whether \p E mentions a parameter, a local variable or `this`.
bool usesLocals(const clang::Stmt *E);

} // namespace unsingleton

#endif
