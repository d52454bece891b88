//===- ContextFacts.h - What code does with a request's context -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Fills the tables of FlowFacts.h: a pass of its own over each function body,
// since what flows where is only known once the whole body has been read. The
// runtime's own code is not looked into: it keeps what it is given as it
// promises.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_FACTS_CONTEXTFACTS_H
#define UNSINGLETON_CHECKS_FACTS_CONTEXTFACTS_H

#include "checks/facts/ContextTypes.h"

namespace unsingleton {

class ContextFacts {
public:
  ContextFacts(SourceSpans &Spans, UnitFactsBuilder &Facts,
               const ExtractOptions &Options)
      : Spans(Spans), Facts(Facts), Types(Spans, Options) {}

  /// \p F has a body.
  void function(const clang::FunctionDecl *F);
  /// \p V is a static or global variable that is not local.
  void storage(const clang::VarDecl *V);
  void record(const clang::CXXRecordDecl *R);

private:
  SourceSpans &Spans;
  UnitFactsBuilder &Facts;
  ContextTypes Types;
};

} // namespace unsingleton

#endif
