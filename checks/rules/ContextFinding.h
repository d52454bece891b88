//===- ContextFinding.h - Findings about the use of contexts ----*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What the rules that keep migrated code right have in common: the finding is
// about a function, stands where the fault is written, and is nothing that
// `fix` migrates.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_RULES_CONTEXTFINDING_H
#define UNSINGLETON_CHECKS_RULES_CONTEXTFINDING_H

#include "checks/rules/Finding.h"

namespace unsingleton {

/// \p Entity, a name, tells it from the function's other findings.
Finding contextFinding(const Program &P, llvm::StringRef Rule,
                       SymbolIndex Function, const Span &Place,
                       llvm::StringRef Entity);

/// `'name'`, or what stands for it where there is no function.
std::string quoted(const Program &P, SymbolIndex Function);

/// Where \p S is defined, else declared.
Span placeOfStorage(const Program &P, SymbolIndex S);

} // namespace unsingleton

#endif
