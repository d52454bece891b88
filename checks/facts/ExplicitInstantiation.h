//===- ExplicitInstantiation.h - `template int f<int>(int);` ----*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_FACTS_EXPLICITINSTANTIATION_H
#define UNSINGLETON_CHECKS_FACTS_EXPLICITINSTANTIATION_H

#include "clang/AST/Decl.h"
#include "clang/Basic/SourceManager.h"
#include <optional>

namespace unsingleton {

struct ExplicitInstantiation {
  clang::SourceLocation Name, Open, Close; ///< of the parameters' parentheses
};

/// How \p F, a specialisation, is explicitly instantiated. The AST keeps no
/// declaration of that, only the place of its name, and of the first use
/// instead if that comes earlier: then, and in macros, nothing is found.
std::optional<ExplicitInstantiation>
explicitInstantiation(const clang::FunctionDecl *F,
                      const clang::SourceManager &SM,
                      const clang::LangOptions &LO);

} // namespace unsingleton

#endif
