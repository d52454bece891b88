//===- ThreadedPlaces.cpp - What stands around a use -----------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "fixits/ThreadedPlaces.h"

using namespace unsingleton;

const StorageFact *unsingleton::frozenBy(const Program &P,
                                         const MigratedSet &Migrated,
                                         SymbolIndex Function,
                                         const Span &Place) {
  for (const StatementFact &S : P.of<StatementFact>(Function))
    if (isProtocol(S.Kind) && S.Whole.contains(Place) &&
        !Migrated.Storages.count(S.Storage))
      return P.one<StorageFact>(S.Storage);
  return nullptr;
}

bool unsingleton::isMoved(const MigratedSet &Migrated, const Span &Place) {
  return llvm::any_of(Migrated.Moved, [&](const Span &Expression) {
    return Expression.contains(Place);
  });
}

bool unsingleton::inMovedCreation(const Program &P, SymbolIndex Function,
                                  const Span &Place) {
  return llvm::any_of(P.of<StatementFact>(Function),
                      [&](const StatementFact &S) {
                        return isProtocol(S.Kind) && S.Whole.contains(Place);
                      });
}

SymbolIndex unsingleton::classAround(const Program &P, const Span &Place) {
  const RecordSiteFact *Innermost = nullptr;
  for (const RecordSiteFact &Site : P.all<RecordSiteFact>())
    if (Site.Body.contains(Place) &&
        (!Innermost || Innermost->Body.contains(Site.Body)))
      Innermost = &Site;
  return Innermost ? Innermost->Record : NoSymbol;
}

bool unsingleton::inLambda(const Program &P, SymbolIndex Function,
                           const Span &Place) {
  return llvm::any_of(P.of<LambdaFact>(Function), [&](const LambdaFact &L) {
    return L.Whole.contains(Place);
  });
}
