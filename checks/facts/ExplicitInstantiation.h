//===- ExplicitInstantiation.h - `template int f<int>(int);` ----*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_FACTS_EXPLICITINSTANTIATION_H
#define UNSINGLETON_CHECKS_FACTS_EXPLICITINSTANTIATION_H

#include "checks/facts/SourceSpans.h"

namespace unsingleton {

/// Adds where \p F, an instantiation, is explicitly instantiated as a site of
/// its template. The AST keeps no declaration of that, only the place of its
/// name, and of the first use instead if that comes earlier: then, and in
/// macros, nothing is added.
void addExplicitInstantiation(const clang::FunctionDecl *F, SourceSpans &Spans,
                              UnitFactsBuilder &Facts);

} // namespace unsingleton

#endif
