//===- TextualInclude.cpp - Files that are several texts --------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "fixits/TextualInclude.h"

using namespace unsingleton;

TextualIncludes::TextualIncludes(const Program &P) : P(P) {
  std::map<Place, const FunctionFact *> Spelled;
  for (const FunctionSiteFact &Site : P.all<FunctionSiteFact>()) {
    const auto *F = P.one<FunctionFact>(Site.Function);
    if (!F || Site.State != Editability::Editable)
      continue;
    Place At{Site.Name.File, Site.Name.Offset};
    auto [It, New] = Spelled.try_emplace(At, F);
    if (!New && It->second->QualifiedName != F->QualifiedName)
      Shared[At].insert({It->second->Function, F->Function});
  }
}

std::optional<Refusal>
TextualIncludes::among(const std::set<SymbolIndex> &Functions,
                       const std::set<SymbolIndex> &All,
                       const Span &Where) const {
  if (Shared.empty())
    return std::nullopt;
  for (SymbolIndex Function : Functions)
    for (const FunctionSiteFact &Site : P.of<FunctionSiteFact>(Function)) {
      auto It = Shared.find({Site.Name.File, Site.Name.Offset});
      if (It == Shared.end())
        continue;
      for (SymbolIndex Other : It->second)
        if (!All.count(Other))
          return Refusal{RefusalCode::TextualInclude, P.name(Function),
                         P.name(Other), Where};
    }
  return std::nullopt;
}

void TextualIncludes::moveIncludes(
    std::map<FileIndex, std::set<std::string>> &Includes) const {
  std::set<FileIndex> Files;
  for (const auto &[At, Functions] : Shared)
    Files.insert(At.first);
  for (FileIndex File : Files) {
    auto It = Includes.find(File);
    if (It == Includes.end())
      continue;
    std::set<std::string> Headers = std::move(It->second);
    Includes.erase(It);
    for (const LinkedUnit &Unit : P.units())
      if (llvm::is_contained(Unit.Reads, File) && Unit.Source != NoFile)
        Includes[Unit.Source].insert(Headers.begin(), Headers.end());
  }
}
