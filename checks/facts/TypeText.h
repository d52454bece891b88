//===- TypeText.h - A type as text, of bounded length -----------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A type's text may be exponentially longer than the code that makes it:
//
//     using B = Pair<A, A>; using C = Pair<B, B>; using D = Pair<C, C>; …
//
// Nobody reads the text of such a type, and printing it never ends. Past a
// limit the arguments are left out, `Pair<...>`.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_FACTS_TYPETEXT_H
#define UNSINGLETON_CHECKS_FACTS_TYPETEXT_H

#include "clang/AST/Type.h"
#include <string>

namespace unsingleton {

/// The text of the canonical type of \p Type.
std::string typeText(clang::QualType Type, const clang::PrintingPolicy &Policy);

} // namespace unsingleton

#endif
