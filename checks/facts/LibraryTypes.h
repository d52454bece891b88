//===- LibraryTypes.h - What types of libraries stand for -------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// As LibraryTypes.def lists them: nothing else says of a type by its name what
// its objects are.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_FACTS_LIBRARYTYPES_H
#define UNSINGLETON_CHECKS_FACTS_LIBRARYTYPES_H

#include "clang/AST/Type.h"
#include "llvm/ADT/StringRef.h"

namespace unsingleton {

/// A mutex, flag, condition variable, latch …: state of the process by nature.
bool isSynchronisation(clang::QualType Type);

/// What a process has once and \p Type owns ("thread", "file", …), or "".
llvm::StringRef resourceOf(clang::QualType Type);

/// What an object remembers of itself, such as its size when it was last
/// written out: a generated message does so though const, and no caller's data
/// is in it.
bool isMemo(clang::QualType Type);

} // namespace unsingleton

#endif
