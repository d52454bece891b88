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

/// Directives whose reach holds the place \p Where.
static void forEachAt(const Program &P, const Span &Where,
                      function_ref<void(const SuppressionFact &)> Do) {
  ArrayRef<SuppressionFact> All = P.all<SuppressionFact>();
  const auto *At = partition_point(All, [&](const SuppressionFact &Directive) {
    return Directive.Covers.File < Where.File;
  });
  // Blocks may be nested, so all up to the place may reach it.
  for (; At != All.end() && At->Covers.File == Where.File &&
         At->Covers.Offset <= Where.Offset;
       ++At)
    if (At->covers(Where))
      Do(*At);
}

void forEachCovering(const Program &P, const Finding &F,
                     function_ref<void(const SuppressionFact &, Silence)> Do) {
  auto About = [&](SymbolIndex Entity) {
    return Entity == F.Storage || Entity == F.Accessor;
  };
  for (const Span *Where : {&F.AccessorPlace, &F.StoragePlace})
    if (Where->valid())
      forEachAt(P, *Where, [&](const SuppressionFact &Directive) {
        if (Directive.Entity == NoSymbol)
          Do(Directive,
             *Where == F.place() ? Silence::AtPlace : Silence::Elsewhere);
        else if (About(Directive.Entity))
          Do(Directive, Silence::Elsewhere);
      });
}

Silence silenceOf(const Program &P, const Finding &F) {
  Silence Result = Silence::None;
  forEachCovering(P, F, [&](const SuppressionFact &Directive, Silence Where) {
    if (Directive.Where != F.place() && silences(Directive, F.Rule))
      Result = std::max(Result, Where);
  });
  return Result;
}

bool silencesItself(const Program &P, const Finding &F) {
  bool Found = false;
  forEachCovering(P, F, [&](const SuppressionFact &Directive, Silence) {
    Found |= Directive.Where == F.place() && silences(Directive, F.Rule);
  });
  return Found;
}

} // namespace unsingleton
