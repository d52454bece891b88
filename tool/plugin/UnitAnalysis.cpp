//===- UnitAnalysis.cpp - One unit, linked and judged for clang-tidy -*- C++
//-*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "tool/plugin/UnitAnalysis.h"
#include "checks/facts/Extract.h"

using namespace unsingleton;

void UnitAnalysis::analyse(clang::ASTContext &Context,
                           const ProjectOptions &Options,
                           llvm::function_ref<bool(llvm::StringRef)> Enabled) {
  if (Linked)
    return;
  UnitFacts Facts = extractParsed(Context, Options.Extracting);
  MainFile = Facts.MainFile;
  std::vector<UnitFacts> Units;
  Units.push_back(std::move(Facts));
  Linked = std::make_unique<Program>(
      Program::link(std::move(Units), /*Whole=*/false));
  Found = decide(*Linked, Options.Judging, Enabled);
}

/// Code of other units can neither name \p Function nor be made to call it.
static bool isPrivate(const Program &P, SymbolIndex Function) {
  const auto *F = P.one<FunctionFact>(Function);
  return F && F->InternalLinkage;
}

std::optional<std::vector<TextChange>>
UnitAnalysis::completeFix(const Finding &F, const Policy &How,
                          llvm::StringRef MainText) const {
  Policy Only = How;
  Only.Only = {F.Fingerprint};
  Plan Planned = plan(*Linked, Found, Only);
  if (Planned.Migrations.size() != 1 || Planned.Migrations[0].refused())
    return std::nullopt;
  for (SymbolIndex Function : F.Accessors)
    if (!isPrivate(*Linked, Function))
      return std::nullopt;
  for (SymbolIndex Function : Planned.Migrations[0].Threaded)
    if (!isPrivate(*Linked, Function))
      return std::nullopt;
  const auto *Storage = Linked->one<StorageFact>(F.Storage);
  if (Storage->Kind != StorageKind::FunctionLocal && !Storage->InternalLinkage)
    return std::nullopt;
  llvm::Expected<Rendering> New = render(
      *Linked, Planned, [&](FileIndex File) -> llvm::Expected<std::string> {
        if (Linked->file(File).Path != MainFile)
          return llvm::createStringError(llvm::inconvertibleErrorCode(),
                                         "not the main file");
        return MainText.str();
      });
  if (!New) {
    llvm::consumeError(New.takeError());
    return std::nullopt;
  }
  if (New->Files.size() != 1 || !New->Conflicts.empty())
    return std::nullopt;
  return New->Files.front().Changes;
}
