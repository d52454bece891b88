//===- KeyTest.h - A map is known to have a key -----------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// `[]` on a map puts an element there if there is none. Where the code has just
// seen that there is one, it only looks it up:
//
//     if (names.find(code) == names.end()) return "";
//     return names[code];                  // also count(), contains(), ?:
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_FACTS_KEYTEST_H
#define UNSINGLETON_CHECKS_FACTS_KEYTEST_H

#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/ArrayRef.h"

namespace unsingleton {

/// Whether the `map[key]` at \p Path[\p At] runs only where a test has found
/// that key in that map, and the key has not changed since. \p Path leads from
/// the body of the function to the expression.
bool isKeyPresent(llvm::ArrayRef<const clang::Stmt *> Path, size_t At);

} // namespace unsingleton

#endif
