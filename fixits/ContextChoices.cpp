//===- ContextChoices.cpp - Where functions have their context from -------===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "fixits/ContextChoices.h"

using namespace unsingleton;

void unsingleton::explain(const Program &P, const Threads &Threaded,
                          Migration &M) {
  using Key =
      std::tuple<std::string, SymbolIndex, ContextAnswer::Source, std::string>;
  std::map<Key, ContextChoice> Choices;
  auto Use = [&](SymbolIndex Function, const ContextAnswer &Answer,
                 Span Place) {
    std::string Name = Function == NoSymbol ? "" : P.name(Function);
    ContextChoice &C =
        Choices[{Name, Function, Answer.From, Answer.Expression}];
    if (!C.Uses++ || Place < C.Place)
      C.Place = Place;
    C.Function = Function;
    C.From = Answer.From;
    C.Expression = Answer.Expression;
    ++M.Calls;
  };
  for (const ThreadedCall &Call : Threaded.Calls)
    Use(Call.Call->Caller, Call.Answer, Call.Call->Name);
  for (const auto &[Storage, Answer] : Threaded.Uses)
    Use(Storage->Function, Answer, Storage->Place);
  for (const ThreadedMacroCall &Call : Threaded.MacroCalls)
    Use(Call.Call->Caller, Call.Answer, Call.Call->Expansion);
  for (auto &[Name, Choice] : Choices)
    M.Choices.push_back(std::move(Choice));
}
