//===- SuppressionFilter.cpp - Which findings NOLINT keeps silent ---------===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/rules/SuppressionFilter.h"
#include "checks/rules/Globs.h"

using namespace llvm;

namespace unsingleton {

bool silences(const SuppressionFact &Directive, StringRef Rule) {
  if (!Directive.Listed)
    return true;
  SmallVector<StringRef, 4> Globs;
  StringRef(Directive.Checks).split(Globs, ',');
  // `-x` takes nothing out of the list: clang-tidy passes it over.
  return any_of(Globs, [&](StringRef Glob) {
    return !Glob.starts_with("-") && globMatches(Glob, Rule);
  });
}

void forEachCovering(const Program &P, const Span &Where,
                     function_ref<void(const SuppressionFact &)> Do) {
  ArrayRef<SuppressionFact> All = P.all<SuppressionFact>();
  const auto *First =
      partition_point(All, [&](const SuppressionFact &Directive) {
        return Directive.Where.File < Where.File;
      });
  for (; First != All.end() && First->Where.File == Where.File; ++First)
    if (First->Covers.valid() && First->Covers.Offset <= Where.Offset &&
        Where.Offset < First->Covers.end())
      Do(*First);
}

static bool suppressedAt(const Program &P, const Finding &F,
                         const Span &Where) {
  bool Found = false;
  if (Where.valid())
    forEachCovering(P, Where, [&](const SuppressionFact &Directive) {
      Found |= Directive.Where != F.place() && silences(Directive, F.Rule);
    });
  return Found;
}

Silence silenceOf(const Program &P, const Finding &F) {
  if (suppressedAt(P, F, F.place()))
    return Silence::AtPlace;
  return suppressedAt(P, F, F.StoragePlace) ? Silence::AtStorage
                                            : Silence::None;
}

bool silencesItself(const Program &P, const Finding &F) {
  bool Found = false;
  forEachCovering(P, F.place(), [&](const SuppressionFact &Directive) {
    Found |= Directive.Where == F.place() && silences(Directive, F.Rule);
  });
  return Found;
}

} // namespace unsingleton
