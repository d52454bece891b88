//===- Extract.cpp - From a translation unit to its facts -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/facts/Extract.h"
#include "checks/facts/BodySkipper.h"
#include "checks/facts/Compat.h"
#include "checks/facts/ReadText.h"
#include "checks/facts/SourceSpans.h"
#include "checks/facts/UnitWalker.h"
#include "clang/AST/ASTConsumer.h"
#include "clang/AST/ASTContext.h"
#include "clang/Basic/DiagnosticOptions.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendAction.h"
#include "clang/Tooling/Tooling.h"

using namespace clang;

namespace unsingleton {

namespace {
/// Keeps the errors, and the warnings and notes if they are wanted.
class ErrorCollector : public DiagnosticConsumer {
public:
  ErrorCollector(UnitFacts &Out, const ParseDepth &Depth)
      : Out(Out), Warnings(Depth.Warnings), Notes(Depth.Notes) {}

  void HandleDiagnostic(DiagnosticsEngine::Level Level,
                        const Diagnostic &Info) override {
    DiagnosticConsumer::HandleDiagnostic(Level, Info);
    bool Warns = Level == DiagnosticsEngine::Warning && Warnings;
    bool Explains = Level == DiagnosticsEngine::Note && Notes &&
                    Out.Errors.size() == 1 && LastWasError;
    if (Level != DiagnosticsEngine::Note)
      LastWasError = Level >= DiagnosticsEngine::Error;
    if (Level < DiagnosticsEngine::Error && !Warns && !Explains)
      return;
    UnitError Error;
    llvm::SmallString<256> Text;
    Info.FormatDiagnostic(Text);
    Error.Message = std::string(Text);
    if (Info.hasSourceManager() && Info.getLocation().isValid()) {
      const SourceManager &SM = Info.getSourceManager();
      SourceLocation Where = SM.getExpansionLoc(Info.getLocation());
      PresumedLoc At = SM.getPresumedLoc(Where, /*UseLineDirectives=*/false);
      if (At.isValid()) {
        Error.File = realPath(SM, Where);
        Error.Line = At.getLine();
        Error.Column = At.getColumn();
      }
    }
    if (!Warns) {
      (Explains ? *Notes : Out.Errors).push_back(std::move(Error));
      return;
    }
    llvm::StringRef Flag =
        Info.getDiags()->getDiagnosticIDs()->getWarningOptionForDiag(
            Info.getID());
    Warnings->push_back({std::move(Error), Flag.str()});
  }

private:
  static std::string realPath(const SourceManager &SM, SourceLocation Where) {
    OptionalFileEntryRef Entry = SM.getFileEntryRefForID(SM.getFileID(Where));
    if (!Entry)
      return {};
    llvm::SmallString<256> Real;
    if (SM.getFileManager().getVirtualFileSystem().getRealPath(Entry->getName(),
                                                               Real))
      return Entry->getName().str();
    return std::string(Real);
  }

  UnitFacts &Out;
  std::vector<UnitWarning> *Warnings;
  std::vector<UnitError> *Notes;
  bool LastWasError = false; ///< notes aside
};

uint32_t standardOf(const LangOptions &Language) {
  if (!Language.CPlusPlus)
    return 0;
  return Language.CPlusPlus23   ? 23
         : Language.CPlusPlus20 ? 20
         : Language.CPlusPlus17 ? 17
         : Language.CPlusPlus14 ? 14
         : Language.CPlusPlus11 ? 11
                                : 3;
}

class Consumer : public ASTConsumer {
public:
  Consumer(CompilerInstance &CI, const ExtractOptions &Options,
           const ParseDepth &Depth, UnitFacts &Out)
      : CI(CI), Options(Options), Depth(Depth), Out(Out),
        Skipper(CI, Depth.Ledger, Depth.Unit), Read(CI.getPreprocessor()) {}

  bool HandleTopLevelDecl(DeclGroupRef Group) override {
    // System declarations are dropped here, so that what a precompiled header
    // holds is never asked for.
    for (Decl *D : Group)
      if (!CI.getSourceManager().isInSystemHeader(
              CI.getSourceManager().getExpansionLoc(D->getLocation()))) {
        TopLevel.push_back(D);
        Skipper.declared(D);
      }
    return true;
  }

  bool shouldSkipFunctionBody(Decl *D) override {
    if (!Depth.SystemBodies)
      return Skipper.shouldSkip(D);
    // What a system header's plain function does, no change of ours can break;
    // its templates are instantiated with our types.
    const SourceManager &SM = CI.getSourceManager();
    return SM.isInSystemHeader(SM.getExpansionLoc(D->getLocation())) &&
           !D->isTemplated() && D->getAsFunction() &&
           !D->getAsFunction()->isTemplated();
  }

  void HandleTranslationUnit(ASTContext &Context) override {
    if (CI.getDiagnostics().hasErrorOccurred())
      return;
    SourceSpans Spans(CI.getSourceManager(), CI.getLangOpts(), Options, Out,
                      Depth.Ledger);
    UnitFactsBuilder Facts(Out);
    walkUnit(TopLevel, Spans, Facts, Options,
             [&](const Decl *D, llvm::StringRef Symbol) {
               return Skipper.shouldDescribe(D, Symbol);
             });
    Spans.addReads();
    Read.add(Spans, Facts);
    Out.Standard = standardOf(CI.getLangOpts());
    if (Depth.Ledger)
      Skipper.closeTemplates();
  }

private:
  CompilerInstance &CI;
  const ExtractOptions &Options;
  ParseDepth Depth;
  UnitFacts &Out;
  BodySkipper Skipper;
  ReadText Read;
  std::vector<Decl *> TopLevel;
};

class Action : public ASTFrontendAction {
public:
  Action(const ExtractOptions &Options, const ParseDepth &Depth, UnitFacts &Out)
      : Options(Options), Depth(Depth), Out(Out) {}

  bool BeginInvocation(CompilerInstance &CI) override {
    CI.getFrontendOpts().SkipFunctionBodies = true;
    CI.getFrontendOpts().DisableFree = false;
    // A template that this unit does not use is to be read all the same.
    CI.getLangOpts().DelayedTemplateParsing = false;
    CI.getDiagnosticOpts().IgnoreWarnings = !Depth.Warnings;
    CI.getDiagnosticOpts().ShowCarets = false; // no "1 error generated."
    return true;
  }

  std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &CI,
                                                 llvm::StringRef) override {
    return std::make_unique<Consumer>(CI, Options, Depth, Out);
  }

private:
  const ExtractOptions &Options;
  ParseDepth Depth;
  UnitFacts &Out;
};
} // namespace

/// \p Command with the unit's own flags in place of the one that silences all.
static std::vector<std::string> arguments(const UnitCommand &Command,
                                          const ParseDepth &Depth) {
  std::vector<std::string> Result = Command.Arguments;
  auto Silent = llvm::find(Result, "-w");
  if (!Depth.Warnings || Silent == Result.end())
    return Result;
  *Silent = "-Wno-unknown-warning-option";
  Result.insert(Silent + 1, Command.Warnings.begin(), Command.Warnings.end());
  return Result;
}

/// A failed unit says nothing but why it failed: half a unit's facts would make
/// the result depend on where the parser gave up.
static void forget(UnitFacts &Out) {
  Out.Tables = FactTables();
  Out.Symbols.clear();
}

UnitFacts
extractUnit(const UnitCommand &Command, const ExtractOptions &Options,
            llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> FileSystem,
            const ParseDepth &Depth) {
  UnitFacts Out;
  Out.MainFile = Command.File;
  if (std::error_code EC =
          FileSystem->setCurrentWorkingDirectory(Command.Folder)) {
    Out.Errors.push_back(
        {Command.Folder, 0, 0,
         "cannot enter the folder of the compile command: " + EC.message()});
    return Out;
  }
  ErrorCollector Errors(Out, Depth);
  auto Files = llvm::makeIntrusiveRefCnt<FileManager>(
      FileSystemOptions{Command.Folder}, FileSystem);
  auto DiagOpts = makeDiagnosticOptions();
  tooling::ToolInvocation Invocation(
      arguments(Command, Depth), std::make_unique<Action>(Options, Depth, Out),
      Files.get());
  Invocation.setDiagnosticConsumer(&Errors);
  Invocation.setDiagnosticOptions(DiagOpts.get());
  if (!Invocation.run() && Out.Errors.empty())
    Out.Errors.push_back({Command.File, 0, 0, "the parser gave no result"});
  if (Out.failed())
    forget(Out);
  return Out;
}

UnitFacts extractParsed(ASTContext &Context, const ExtractOptions &Options) {
  UnitFacts Out;
  const SourceManager &SM = Context.getSourceManager();
  SourceSpans Spans(SM, Context.getLangOpts(), Options, Out);
  if (FileIndex Main = Spans.file(SM.getMainFileID()); Main != NoFile)
    Out.MainFile = Out.Files[Main].Path;
  UnitFactsBuilder Facts(Out);
  std::vector<Decl *> TopLevel;
  for (Decl *D : Context.getTranslationUnitDecl()->decls())
    if (!SM.isInSystemHeader(SM.getExpansionLoc(D->getLocation())))
      TopLevel.push_back(D);
  walkUnit(TopLevel, Spans, Facts, Options,
           [](const Decl *, llvm::StringRef) { return true; });
  Spans.addReads();
  return Out;
}

} // namespace unsingleton
