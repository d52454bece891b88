//===- FrontierRanking.cpp - What blocks how many singletons -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "fixits/FrontierRanking.h"
#include "llvm/ADT/STLExtras.h"

using namespace unsingleton;

/// Said of code that uses the singleton, not of its own storage and accessors.
static bool isFrontier(const Refusal &R) {
  switch (R.Code) {
  case RefusalCode::MacroCall:
  case RefusalCode::MacroAccessor:
  case RefusalCode::ImplicitConstruction:
  case RefusalCode::BeforeAnyRequest:
  case RefusalCode::OncePerProcess:
  case RefusalCode::OutsideMain:
  case RefusalCode::BareMain:
  case RefusalCode::AtRequestEnd:
  case RefusalCode::FrozenAlias:
  case RefusalCode::UnevaluatedUse:
  case RefusalCode::DependentCall:
  case RefusalCode::AmbiguousContext:
    return true;
  default:
    return codeOf(R).starts_with("frontier-");
  }
}

std::vector<RankedFrontier> unsingleton::rankFrontiers(const Plan &Planned) {
  using Key = std::tuple<bool, RefusalCode, std::string, std::string>;
  std::map<Key, RankedFrontier> Found;
  auto Add = [&](const Refusal &R, unsigned Number, bool Bridged, bool Alone) {
    RankedFrontier &Entry = Found[{Bridged, R.Code, R.Name, R.Detail}];
    if (Entry.Blocks.empty() || R.Where < Entry.What.Where)
      Entry.What = R;
    Entry.Bridged = Bridged;
    if (!Entry.Blocks.empty() && Entry.Blocks.back() == Number)
      return;
    Entry.Blocks.push_back(Number);
    Entry.Frees += Alone;
  };
  for (unsigned Number = 0; Number < Planned.Migrations.size(); ++Number) {
    const Migration &M = Planned.Migrations[Number];
    for (const Refusal &R : M.Refusals)
      if (isFrontier(R))
        Add(R, Number, false, M.Refusals.size() == 1);
    if (M.refused())
      continue;
    for (const Bridge &B : M.Bridged)
      for (const Refusal &R : B.Why)
        Add(R, Number, true, false);
  }
  std::vector<RankedFrontier> Result;
  for (auto &[Key, Entry] : Found)
    Result.push_back(std::move(Entry));
  llvm::sort(Result, [](const auto &A, const auto &B) {
    return std::tuple(A.Bridged, B.Frees, B.Blocks.size(), A.What.Name,
                      A.What) <
           std::tuple(B.Bridged, A.Frees, A.Blocks.size(), B.What.Name, B.What);
  });
  return Result;
}
