//===- PlannedFixCheck.cpp - A unit's part of the program's fix -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "tool/plugin/PlannedFixCheck.h"
#include "tool/plugin/TidyOptions.h"
#include "clang/ASTMatchers/ASTMatchers.h"

using namespace clang;
using namespace clang::tidy;

namespace unsingleton {

PlannedFixCheck::PlannedFixCheck(llvm::StringRef Name,
                                 ClangTidyContext *Context)
    : ClangTidyCheck(Name, Context) {
  llvm::Expected<ProjectOptions> Options = readTidyOptions(*Context);
  if (!Options) {
    // The rules' checks say what is wrong.
    llvm::consumeError(Options.takeError());
    return;
  }
  if (Options->Fixing.PlanFile.empty())
    return;
  llvm::Expected<std::vector<PlannedFile>> Read =
      readPlanFile(Options->Fixing.PlanFile);
  if (Read)
    Files = std::move(*Read);
  else
    configurationDiag("%0", DiagnosticIDs::Error)
        << llvm::toString(Read.takeError());
}

void PlannedFixCheck::registerMatchers(ast_matchers::MatchFinder *Finder) {
  if (!Files.empty())
    Finder->addMatcher(ast_matchers::translationUnitDecl().bind("unit"), this);
}

void PlannedFixCheck::check(
    const ast_matchers::MatchFinder::MatchResult &Match) {
  const SourceManager &SM = *Match.SourceManager;
  std::vector<std::pair<FileID, const PlannedFile *>> Seen;
  std::vector<FixItHint> Hints;
  for (const PlannedFile &File : Files) {
    OptionalFileEntryRef Entry =
        SM.getFileManager().getOptionalFileRef(File.Path);
    FileID ID = Entry ? SM.translateFile(*Entry) : FileID();
    if (ID.isInvalid())
      continue;
    // Half a plan would break the build: a stale file stops the unit's part.
    if (planDigest(SM.getBufferData(ID)) != File.Digest) {
      diag(SM.getLocForStartOfFile(SM.getMainFileID()),
           "'%0' has changed since the plan was made; make it again with "
           "'unsingleton plan --plan-file'",
           DiagnosticIDs::Error)
          << File.Path;
      return;
    }
    for (const TextChange &Change : File.Changes) {
      SourceLocation Begin = SM.getComposedLoc(ID, Change.Offset);
      Hints.push_back(FixItHint::CreateReplacement(
          CharSourceRange::getCharRange(Begin,
                                        Begin.getLocWithOffset(Change.Length)),
          Change.Text));
    }
    Seen.push_back({ID, &File});
  }
  if (Seen.empty())
    return;
  auto Warning = diag(SM.getLocForStartOfFile(SM.getMainFileID()),
                      "the plan changes %0 file%s0 that this unit reads");
  Warning << static_cast<unsigned>(Seen.size());
  for (const FixItHint &Hint : Hints)
    Warning << Hint;
}

} // namespace unsingleton
