//===- FunctionText.cpp - The parts of a function's text --------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "fixits/FunctionText.h"

using namespace unsingleton;

static const BodyFact *bodyFactOf(const Program &P,
                                  const FunctionSiteFact &Site) {
  const BodyFact *Nearest = nullptr;
  if (Site.Definition)
    for (const BodyFact &Body : P.of<BodyFact>(Site.Function))
      if (Body.Body.File == Site.Parameters.File &&
          Body.Body.Offset > Site.Parameters.end() &&
          (!Nearest || Body.Body.Offset < Nearest->Body.Offset))
        Nearest = &Body;
  return Nearest;
}

const Span *unsingleton::bodyOf(const Program &P,
                                const FunctionSiteFact &Site) {
  const BodyFact *Body = bodyFactOf(P, Site);
  return Body ? &Body->Body : nullptr;
}

uint32_t unsingleton::tailOf(const Program &P, const FunctionSiteFact &Site) {
  const BodyFact *Body = bodyFactOf(P, Site);
  if (Body && Body->Try)
    return 0; // the keyword would be in it
  uint32_t End = Body ? Body->Body.Offset : Site.Whole.end();
  uint32_t Begin = Site.Parameters.end() + 1; // the parenthesis
  return End > Begin ? End - Begin : 0;
}

std::string unsingleton::parameterType(const Program &P, const Policy &How,
                                       SymbolIndex Function) {
  // A coroutine outlives the reference that it was called with.
  bool Coroutine = llvm::any_of(P.of<BodyFact>(Function),
                                [](const auto &B) { return B.Coroutine; });
  if (Coroutine || How.ContextPassing == "value")
    return How.ContextType + " ";
  bool Const = How.ContextPassing == "const &";
  return (Const ? "const " : "") + How.ContextType + "& ";
}
