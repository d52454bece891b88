//===- Unevaluated.cpp - Contexts of operands that nobody evaluates -------===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "fixits/Unevaluated.h"

using namespace unsingleton;

ContextAnswer unsingleton::unevaluatedContext(const Program &P,
                                              const Policy &How,
                                              const CallFact &Call) {
  if (Call.Caller != NoSymbol) {
    ContextAnswer Answer =
        findContext(P, How, Call.Caller, Call.Name, Otherwise::Parameter);
    if (Answer.From == ContextAnswer::Source::InScope &&
        Answer.Captures.empty())
      return Answer;
  }
  ContextAnswer Answer;
  Answer.From = ContextAnswer::Source::InScope;
  Answer.Expression = "std::declval<const " + How.ContextType + "&>()";
  return Answer;
}

void unsingleton::nameUnevaluated(const Program &P, const Policy &How,
                                  Threads &Result) {
  for (ThreadedCall &Threaded : Result.Calls) {
    const CallFact &Call = *Threaded.Call;
    bool Inside =
        llvm::any_of(P.of<BodyFact>(Call.Caller), [&](const BodyFact &B) {
          return B.Body.contains(Call.Name);
        });
    if (Call.Unevaluated && Inside && Result.Functions.count(Call.Caller) &&
        llvm::StringRef(Threaded.Answer.Expression).starts_with("std::"))
      Threaded.Answer.Expression = How.ContextName;
  }
}
