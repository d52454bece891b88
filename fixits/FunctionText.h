//===- FunctionText.h - The parts of a function's text ----------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_FIXITS_FUNCTIONTEXT_H
#define UNSINGLETON_FIXITS_FUNCTIONTEXT_H

#include "checks/program/Program.h"
#include "fixits/Policy.h"

namespace unsingleton {

/// The body behind \p Site, also where a unit that skipped it has said how far
/// the declaration goes; null: it has none.
const Span *bodyOf(const Program &P, const FunctionSiteFact &Site);

/// The length of what follows the parenthesis behind the parameters of \p Site,
/// up to its body or its end.
uint32_t tailOf(const Program &P, const FunctionSiteFact &Site);

/// The type of a context's parameter of \p Function, up to the name.
std::string parameterType(const Program &P, const Policy &How,
                          SymbolIndex Function);

} // namespace unsingleton

#endif
