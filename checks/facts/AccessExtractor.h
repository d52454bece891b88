//===- AccessExtractor.h - Which storage a function hands out -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_FACTS_ACCESSEXTRACTOR_H
#define UNSINGLETON_CHECKS_FACTS_ACCESSEXTRACTOR_H

#include "checks/facts/SourceSpans.h"
#include "checks/facts/UnitFacts.h"
#include "clang/AST/Decl.h"

namespace unsingleton {

/// Adds an AccessFact for each return statement of \p F, and each assignment to
/// one of its out-parameters, that gives access to a storage; for those that it
/// returns as a whole also the facts of its protocol (ProtocolExtractor.h).
void extractAccesses(const clang::FunctionDecl *F, SourceSpans &Spans,
                     UnitFactsBuilder &Facts);

} // namespace unsingleton

#endif
