//===- Templates.h - The files that init writes -----------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_TOOL_TEMPLATES_H
#define UNSINGLETON_TOOL_TEMPLATES_H

#include "llvm/ADT/StringRef.h"
#include <string>

namespace unsingleton {

/// integration/\p Name, with \p Build for `@BUILD@`. \p Name must exist.
std::string fromTemplate(llvm::StringRef Name, llvm::StringRef Build);

/// A .clang-tidy in which every option is explained, and commented out: it
/// changes nothing until somebody takes a `#` away.
std::string commentedOptions();

} // namespace unsingleton

#endif
