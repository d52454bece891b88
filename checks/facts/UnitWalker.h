//===- UnitWalker.h - One pass over what a unit declares -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The walk over the AST: declarations go to DeclarationFacts, bodies of
// accessors to extractProtocol; calls, lambdas, uses, writes and sources of
// context are found here, where the path from the enclosing function to the
// expression is known.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_FACTS_UNITWALKER_H
#define UNSINGLETON_CHECKS_FACTS_UNITWALKER_H

#include "checks/facts/SourceSpans.h"
#include "checks/facts/UnitFacts.h"
#include "clang/AST/Decl.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include <vector>

namespace unsingleton {

/// Whether this unit is to say what a declaration declares, given its symbol;
/// if not, another unit does.
using Describes =
    llvm::function_ref<bool(const clang::Decl *, llvm::StringRef)>;

/// \p TopLevel may grow meanwhile: what is asked about a module's declarations
/// makes the parser read, and hand over, more of them.
void walkUnit(const std::vector<clang::Decl *> &TopLevel, SourceSpans &Spans,
              UnitFactsBuilder &Facts, const ExtractOptions &Options,
              Describes Ours);

} // namespace unsingleton

#endif
