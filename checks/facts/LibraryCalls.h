//===- LibraryCalls.h - What library code does with arguments -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The bodies of system headers are not read, so that their functions are known
// by signature: an argument given by non-const reference or pointer is changed.
// Here stands where that would be a false alarm.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_FACTS_LIBRARYCALLS_H
#define UNSINGLETON_CHECKS_FACTS_LIBRARYCALLS_H

#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"

namespace unsingleton {

enum class ArgumentUse : uint8_t {
  Read,
  Change,
  Keep,    ///< stored, to be changed later: a thread's or bind's arguments
  Project, ///< what is returned leads to it
};

/// What the library function \p Callee does with its argument number \p Index,
/// whose value \p E lets it change something.
ArgumentUse libraryArgument(const clang::FunctionDecl *Callee, unsigned Index,
                            const clang::Expr *E);

/// A method of the library that counts up or down: `fetch_add`.
bool isCountingMethod(llvm::StringRef Name);

} // namespace unsingleton

#endif
