//===- Globs.h - Names of checks with wildcards -----------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_RULES_GLOBS_H
#define UNSINGLETON_CHECKS_RULES_GLOBS_H

#include "llvm/ADT/StringRef.h"

namespace unsingleton {

/// As clang-tidy reads the globs of `Checks` and of NOLINT: `*` stands for any
/// text, also none; nothing else is special.
bool globMatches(llvm::StringRef Glob, llvm::StringRef Name);

} // namespace unsingleton

#endif
