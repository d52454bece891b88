//===- ProcessStream.h - stdout and its like --------------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A process has one standard output. A `FILE *` is a file whichever it is; a
// `std::ostream &` may be anything, a string in memory too, so it counts only
// where the object is seen to be made with one of the process:
//
//     static Console console(std::cout);
//     static std::ostream *log = &std::cerr;
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_FACTS_PROCESSSTREAM_H
#define UNSINGLETON_CHECKS_FACTS_PROCESSSTREAM_H

#include "clang/AST/Expr.h"

namespace unsingleton {

/// Whether the object that \p E makes is a stream of the process, or is given
/// one; not where \p E only writes to it.
bool givesProcessStream(const clang::Expr *E);

/// A reference or pointer to a stream of the standard library, or its buffer.
bool leadsToStream(clang::QualType Type);

} // namespace unsingleton

#endif
