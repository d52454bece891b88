//===- AliasFacts.h - What outlives a call keeps its result -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A variable of static duration, or a member, that is initialised with what a
// user function returned:
//
//     static auto &log = Log::instance();
//     Worker() : queue_(Queue::instance().jobs()) {}
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_FACTS_ALIASFACTS_H
#define UNSINGLETON_CHECKS_FACTS_ALIASFACTS_H

#include "checks/facts/SourceSpans.h"
#include "checks/facts/UnitFacts.h"
#include "clang/AST/DeclCXX.h"

namespace unsingleton {

/// Adds an AliasFact for each call that the initialiser of \p V is made of.
void extractAlias(const clang::VarDecl *V, SourceSpans &Spans,
                  UnitFactsBuilder &Facts);

/// The same for the members that \p C initialises.
void extractAliases(const clang::CXXConstructorDecl *C, SourceSpans &Spans,
                    UnitFactsBuilder &Facts);

} // namespace unsingleton

#endif
