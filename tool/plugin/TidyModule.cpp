//===- TidyModule.cpp - The rules as checks of clang-tidy -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Each rule of Rules.def is a check of the same name. The checks run the same
// extraction and rules as the command line, over a Program of one unit.
//
//===----------------------------------------------------------------------===//
#include "checks/rules/RequestPath.h"
#include "checks/rules/SuppressionFilter.h"
#include "clang-tidy/ClangTidyCheck.h"
#include "clang-tidy/ClangTidyModule.h"
#include "tool/plugin/PlannedFixCheck.h"
#include "tool/plugin/TidyOptions.h"
#include "tool/plugin/UnitAnalysis.h"
#include "clang/ASTMatchers/ASTMatchers.h"
#include "llvm/Config/llvm-config.h"
#if LLVM_VERSION_MAJOR < 22
#include "clang-tidy/ClangTidyModuleRegistry.h"
#endif

using namespace clang;
using namespace clang::tidy;

namespace unsingleton {

namespace {
class RuleCheck : public ClangTidyCheck {
public:
  RuleCheck(llvm::StringRef Name, ClangTidyContext *Context,
            std::shared_ptr<UnitAnalysis> Analysis)
      : ClangTidyCheck(Name, Context), Name(Name.str()), Context(Context),
        Analysis(std::move(Analysis)) {
    llvm::Expected<ProjectOptions> Read = readTidyOptions(*Context);
    if (Read) {
      Options = std::move(*Read);
      return;
    }
    std::string Problem = llvm::toString(Read.takeError());
    if (this->Analysis->isNews(Problem))
      configurationDiag("%0", DiagnosticIDs::Error) << Problem;
  }

  bool isLanguageVersionSupported(const LangOptions &LO) const override {
    return LO.CPlusPlus;
  }

  void registerMatchers(ast_matchers::MatchFinder *Finder) override {
    if (!Options) // said already; what was meant is not for us to guess
      return;
    Finder->addMatcher(ast_matchers::translationUnitDecl().bind("unit"), this);
  }

  void onStartOfTranslationUnit() override { Analysis->reset(); }

  void check(const ast_matchers::MatchFinder::MatchResult &Match) override {
    Analysis->analyse(*Match.Context, *Options, [&](llvm::StringRef Rule) {
      return Context->isCheckEnabled(Rule);
    });
    for (const Finding &F : Analysis->findings())
      if (F.Rule == Name && isReported(F.What))
        report(F, Match.Context->getSourceManager());
  }

private:
  SourceLocation location(const Span &Where, const SourceManager &SM) const {
    if (!Where.valid())
      return {};
    llvm::StringRef Path = Analysis->program().file(Where.File).Path;
    OptionalFileEntryRef Entry = SM.getFileManager().getOptionalFileRef(Path);
    if (!Entry)
      return {};
    FileID File = SM.translateFile(*Entry);
    return File.isValid() ? SM.getComposedLoc(File, Where.Offset)
                          : SourceLocation();
  }

  void report(const Finding &F, const SourceManager &SM) {
    const Program &P = Analysis->program();
    {
      // What a directive hides of itself, clang-tidy lets pass as an error
      // only.
      bool Hidden = silencesItself(P, F) && silenceOf(P, F) == Silence::None;
      auto Warning =
          diag(location(F.place(), SM), F.Message,
               Hidden ? DiagnosticIDs::Error : DiagnosticIDs::Warning);
      FileID Main = SM.getMainFileID();
      std::optional<std::vector<TextChange>> Fix;
      if (Options->Fixing.PlanFile.empty())
        Fix = Analysis->completeFix(F, Options->Fixing, SM.getBufferData(Main));
      if (Fix)
        for (const TextChange &Change : *Fix) {
          SourceLocation Begin = SM.getComposedLoc(Main, Change.Offset);
          Warning << FixItHint::CreateReplacement(
              CharSourceRange::getCharRange(
                  Begin, Begin.getLocWithOffset(Change.Length)),
              Change.Text);
        }
    }
    for (const Evidence &Note : F.Notes)
      diag(location(Note.Where, SM), Note.Text, DiagnosticIDs::Note);
    for (const PathStep &Step : F.Path)
      diag(location(Step.Where, SM), textOf(Step), DiagnosticIDs::Note);
  }

  std::string Name;
  ClangTidyContext *Context;              ///< outlives the check
  std::shared_ptr<UnitAnalysis> Analysis; ///< shared by the module's checks
  std::optional<ProjectOptions> Options;  ///< none: they cannot be right
};

class UnsingletonModule : public ClangTidyModule {
public:
  void addCheckFactories(ClangTidyCheckFactories &Factories) override {
    auto Analysis = std::make_shared<UnitAnalysis>();
    for (const Rule &R : allRules())
      Factories.registerCheckFactory(
          R.Name, [Analysis](llvm::StringRef Name, ClangTidyContext *Context) {
            return std::make_unique<RuleCheck>(Name, Context, Analysis);
          });
    Factories.registerCheck<PlannedFixCheck>("isolation-plan");
  }
};

const ClangTidyModuleRegistry::Add<UnsingletonModule>
    Registration("unsingleton-module",
                 "Finds mutable singletons that users' requests share.");
} // namespace

} // namespace unsingleton
