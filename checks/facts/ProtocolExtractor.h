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
//       return *p;                       // Return
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

/// Adds StatementFact, ProtocolUseFact and CreationFact of \p F, which returns
/// \p Storage.
void extractProtocol(const clang::FunctionDecl *F,
                     const clang::VarDecl *Storage, SourceSpans &Spans,
                     UnitFactsBuilder &Facts);

/// Adds a MakerFact if \p F does nothing but make a storage's object.
void extractMaker(const clang::FunctionDecl *F, SourceSpans &Spans,
                  UnitFactsBuilder &Facts);

} // namespace unsingleton

#endif
