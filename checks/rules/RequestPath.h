//===- RequestPath.h - How a request reaches shared state -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_RULES_REQUESTPATH_H
#define UNSINGLETON_CHECKS_RULES_REQUESTPATH_H

#include "checks/rules/Finding.h"

namespace unsingleton {

/// The shortest way from a request's entry point (a function that has a
/// context of its own) over calls to one of \p Accessors, then to the write.
/// Empty if no entry point reaches them.
std::vector<PathStep> requestPath(const Program &P,
                                  const std::vector<SymbolIndex> &Accessors,
                                  SymbolIndex Writer, Span Write);

} // namespace unsingleton

#endif
