//===- ContextFinding.cpp - Findings about the use of contexts --*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/rules/ContextFinding.h"
#include "checks/rules/Singleton.h"

using namespace unsingleton;

Finding unsingleton::contextFinding(const Program &P, llvm::StringRef Rule,
                                    SymbolIndex Function, const Span &Place,
                                    llvm::StringRef Entity) {
  Finding F;
  F.Rule = Rule.str();
  F.What = Verdict::SharedMutable;
  F.Accessor = Function;
  F.AccessorPlace = Place;
  if (Function != NoSymbol)
    F.Accessors = {Function};
  F.Migrates = false;
  F.Rated = Rating::Given;
  F.Fingerprint = fingerprintOf(Rule, Entity, P.name(Function));
  return F;
}

std::string unsingleton::quoted(const Program &P, SymbolIndex Function) {
  return Function == NoSymbol ? "the initialiser"
                              : "'" + P.name(Function) + "'";
}

Span unsingleton::placeOfStorage(const Program &P, SymbolIndex S) {
  const auto *Storage = P.one<StorageFact>(S);
  return Storage ? definitionOf(P, *Storage) : Span();
}
