//===- SuppressionFilter.h - Which findings NOLINT keeps silent -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// clang-tidy looks for a directive where it reports, which for a singleton is
// the accessor. People write it at the variable as well, so both places count:
//
//     // NOLINTNEXTLINE(isolation-namespace-scope-singleton): one per process
//     static Registry *Instance;
//     Registry &registry() { return *Instance; }
//
// For a name that a macro makes, so does a directive in the macro's definition.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_RULES_SUPPRESSIONFILTER_H
#define UNSINGLETON_CHECKS_RULES_SUPPRESSIONFILTER_H

#include "checks/rules/Finding.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace unsingleton {

enum class Silence : uint8_t {
  None,
  Elsewhere, ///< only by one at the variable, or in the macro that makes a name
  AtPlace,   ///< by a directive that clang-tidy honours by itself
};

/// Where \p F is suppressed. A directive has no say in what is said about
/// itself.
Silence silenceOf(const Program &P, const Finding &F);

/// Whether \p Directive, by its list, is for \p Rule.
bool silences(const SuppressionFact &Directive, llvm::StringRef Rule);

/// The directives that cover \p F, for whichever rule, and where they do so.
void forEachCovering(
    const Program &P, const Finding &F,
    llvm::function_ref<void(const SuppressionFact &, Silence)> Do);

/// Whether \p F is about a directive that clang-tidy would let suppress it.
bool silencesItself(const Program &P, const Finding &F);

} // namespace unsingleton

#endif
