//===- ParameterUse.h - What depends on who called the function -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_FACTS_PARAMETERUSE_H
#define UNSINGLETON_CHECKS_FACTS_PARAMETERUSE_H

#include "clang/AST/Expr.h"

namespace unsingleton {

/// Whether \p E is made of the parameters of the function it stands in, local
/// variables seen through, or, if \p OrThis, of that function's object.
bool usesParameters(const clang::Expr *E, bool OrThis);

} // namespace unsingleton

#endif
