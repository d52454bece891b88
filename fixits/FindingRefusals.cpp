//===- FindingRefusals.cpp - What a finding has against its fix -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "fixits/FindingRefusals.h"
#include "fixits/SlotScope.h"
#include "llvm/Support/Path.h"
#include <set>

using namespace unsingleton;

/// A unit that sees the singleton and cannot see our runtime, or null.
static const LinkedUnit *tooOld(const Program &P, const Finding &F,
                                const Policy &How) {
  constexpr uint32_t Needed = 17;
  auto Ours = [](llvm::StringRef Header) {
    return Header.starts_with("isolation/");
  };
  if (!Ours(How.ContextHeader) && !(How.hasSlot() && Ours(How.SlotHeader)))
    return nullptr;
  std::set<FileIndex> Files = {F.place().File};
  if (F.StoragePlace.valid())
    Files.insert(F.StoragePlace.File);
  for (SymbolIndex Accessor : F.Accessors)
    for (const FunctionSiteFact &Site : P.of<FunctionSiteFact>(Accessor))
      Files.insert(Site.Name.File);
  for (const LinkedUnit &Unit : P.units())
    if (Unit.Standard && Unit.Standard < Needed &&
        llvm::any_of(
            Unit.Reads, [&](FileIndex Read) { return Files.count(Read); }))
      return &Unit;
  return nullptr;
}

std::vector<Refusal> unsingleton::refusalsOf(const Program &P, const Finding &F,
                                             const Policy &How) {
  std::vector<Refusal> Refusals;
  auto Refuse = [&](RefusalCode Code, std::string Detail = "") {
    Refusals.push_back(
        {Code, P.name(F.entity()), std::move(Detail), F.place()});
  };
  bool Named = !How.Only.empty();
  if (F.What == Verdict::ProcessResource && !How.UnsafeFixes && !Named)
    Refuse(RefusalCode::ProcessResource);
  // One object a request would lose what a request leaves for another.
  if (F.AcrossRequests && scopeOf(P, F, How).Name == "request" &&
      !How.UnsafeFixes)
    Refusals.push_back({RefusalCode::CrossRequestState, P.name(F.entity()),
                        F.AcrossRequests->Writer + " changes and " +
                            F.AcrossRequests->Reader + " reads",
                        F.AcrossRequests->Read, F.AcrossRequests->Write});
  if (F.PerThread && !How.UnsafeFixes)
    Refuse(RefusalCode::PerThread);
  if (const LinkedUnit *Unit = tooOld(P, F, How))
    Refuse(RefusalCode::LanguageStandard,
           "'" + llvm::sys::path::filename(Unit->MainFile).str() +
               "', which is C++" + (Unit->Standard < 10 ? "0" : "") +
               std::to_string(Unit->Standard));
  return Refusals;
}
