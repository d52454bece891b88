//===- ParameterNumbers.h - Attributes that count parameters ----*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Where a function gets another parameter, what its attributes say of the
// others has to follow:
//
//     void log(const char *format, ...) __attribute__((format(printf, 1, 2)));
//
// The numbers are found where they are spelled, in the attribute or among the
// arguments of the macro that makes it, `PRINTF_LIKE(1, 2)`; if all of them are
// there and nothing else is.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_FACTS_PARAMETERNUMBERS_H
#define UNSINGLETON_CHECKS_FACTS_PARAMETERNUMBERS_H

#include "checks/facts/SourceSpans.h"

namespace clang {
class FunctionDecl;
} // namespace clang

namespace unsingleton {

/// Of the attributes that the declaration \p F itself has; \p Symbol is its.
void parameterNumbers(const clang::FunctionDecl *F, SymbolIndex Symbol,
                      SourceSpans &Spans, UnitFactsBuilder &Facts);

} // namespace unsingleton

#endif
