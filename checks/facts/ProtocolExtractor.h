//===- ProtocolExtractor.h - How an accessor makes and hands out its object -*-
// C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Reads the body of a function that returns access to a storage and says, for
// each statement at its top level, what part of the creation protocol it is:
//
//     X &get() {
//       if (!p) {                        // NullCheck, DoubleChecked
//         std::lock_guard<std::mutex> l(m);
//         if (!p) p = new X(1);          //   CreationFact New, `X`, `(1)`
//       }
//       log("get");                      // Other
//       return *p;                       // Return, AccessFact Object
//     }
//
// A null check counts as protocol only if everything in it is.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_FACTS_PROTOCOLEXTRACTOR_H
#define UNSINGLETON_CHECKS_FACTS_PROTOCOLEXTRACTOR_H

#include "checks/facts/SourceSpans.h"
#include "checks/facts/UnitFacts.h"
#include "clang/AST/Decl.h"

namespace unsingleton {

/// Adds AccessFact, StatementFact, ProtocolUseFact and CreationFact of \p F.
void extractProtocol(const clang::FunctionDecl *F, SourceSpans &Spans,
                     UnitFactsBuilder &Facts);

/// Adds the CreationFact of a storage's own initialiser at namespace scope.
void extractInitialiser(const clang::VarDecl *V, SourceSpans &Spans,
                        UnitFactsBuilder &Facts);

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
