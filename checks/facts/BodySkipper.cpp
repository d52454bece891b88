//===- BodySkipper.cpp - A unit's dealings with the body ledger -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/facts/BodySkipper.h"
#include "checks/facts/Compat.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/Lex/MacroInfo.h"
#include "clang/Lex/PPCallbacks.h"
#include "llvm/Support/xxhash.h"

using namespace clang;
using namespace unsingleton;

/// Keys outlive a run (see BodyLedger.h), so llvm::hash_combine, which may be
/// salted for each process, will not do.
static BodyKey keyOf(llvm::ArrayRef<uint64_t> Parts) {
  BodyKey Key = llvm::xxh3_64bits(
      llvm::ArrayRef<uint8_t>(reinterpret_cast<const uint8_t *>(Parts.data()),
                              Parts.size() * sizeof(uint64_t)));
  // The two values that a DenseMap keeps for itself.
  return Key >= ~BodyKey(0) - 1 ? Key - 2 : Key;
}

/// Counts changes to the set of macros.
class BodySkipper::MacroCounter : public PPCallbacks {
public:
  explicit MacroCounter(std::shared_ptr<unsigned> Count)
      : Count(std::move(Count)) {}
  void MacroDefined(const Token &, const MacroDirective *) override {
    ++*Count;
  }
  void MacroUndefined(const Token &, const MacroDefinition &,
                      const MacroDirective *) override {
    ++*Count;
  }

private:
  std::shared_ptr<unsigned> Count; ///< shared with the BodySkipper
};

/// A digest of the flags that can change what a body means: language and
/// target, not search paths or names of outputs. Macros are digested by use.
static uint64_t semanticFlags(const CompilerInvocation &Invocation) {
  std::string Text;
  bool SkipNext = false;
  // A unit's own name says nothing of headers.
  llvm::ArrayRef<FrontendInputFile> Inputs =
      Invocation.getFrontendOpts().Inputs;
  llvm::StringRef Input = Inputs.empty() ? "" : Inputs.front().getFile();
  for (const std::string &Argument : Invocation.getCC1CommandLine()) {
    llvm::StringRef A = Argument;
    if (SkipNext || A == Input) {
      SkipNext = false;
      continue;
    }
    bool TakesValue =
        StringSwitch<bool>(A)
            .Cases({"-D", "-U", "-I", "-o", "-main-file-name", "-isystem",
                    "-iquote", "-idirafter", "-internal-isystem",
                    "-internal-externc-isystem"},
                   true)
            .Cases({"-include", "-resource-dir", "-fdebug-compilation-dir",
                    "-dumpdir", "-dependency-file", "-MT",
                    "-coverage-notes-file", "-coverage-data-file"},
                   true)
            .Default(false);
    if (TakesValue) {
      SkipNext = true;
      continue;
    }
    if (A.starts_with("-W") || A.starts_with("-f") || A.starts_with("-std") ||
        A.starts_with("-triple") || A.starts_with("-target") ||
        !A.starts_with("-"))
      if (!A.starts_with("-W") && !A.starts_with("-fdebug") &&
          !A.starts_with("-ferror-limit") && !A.contains('/') &&
          !A.starts_with("-fdiagnostics"))
        Text += Argument + "\n";
  }
  return llvm::xxh3_64bits(Text);
}

BodySkipper::BodySkipper(CompilerInstance &CI, BodyLedger *Ledger,
                         UnitNumber Unit)
    : CI(CI), Ledger(Ledger), Unit(Unit),
      Generation(std::make_shared<unsigned>(0)) {
  if (!Ledger)
    return;
  Flags = semanticFlags(CI.getInvocation());
  CI.getPreprocessor().addPPCallbacks(
      std::make_unique<MacroCounter>(Generation));
}

uint64_t BodySkipper::macros(FileID File) {
  FileState &State = Files[File];
  if (State.Generation == *Generation)
    return State.Digest;
  const SourceManager &SM = CI.getSourceManager();
  if (!State.Words) {
    OptionalFileEntryRef Entry = SM.getFileEntryRefForID(File);
    llvm::StringRef Path = Entry->getFileEntry().tryGetRealPathName();
    if (Path.empty())
      Path = Entry->getName();
    State.Path = llvm::xxh3_64bits(Path);
    State.Words = Ledger->identifiers(Path, SM.getBufferData(File));
  }
  Preprocessor &PP = CI.getPreprocessor();
  uint64_t Digest = 0;
  for (const std::string &Word : *State.Words) {
    auto Known = PP.getIdentifierTable().find(Word);
    if (Known == PP.getIdentifierTable().end() ||
        !Known->second->hasMacroDefinition())
      continue;
    const MacroInfo *Macro = PP.getMacroInfo(Known->second);
    if (!Macro)
      continue;
    Digest = keyOf({Digest, llvm::xxh3_64bits(Word)});
    for (const Token &T : Macro->tokens())
      Digest = keyOf({Digest, llvm::xxh3_64bits(PP.getSpelling(T))});
  }
  State.Varies |= State.Digested && State.Digest != Digest;
  ++State.Digested;
  State.Digest = Digest;
  State.Generation = *Generation;
  return Digest;
}

BodyKey BodySkipper::key(FileID File, unsigned Offset) {
  uint64_t Macros = macros(File);
  return keyOf({Files[File].Path, Offset, Flags, Macros});
}

std::optional<std::pair<FileID, unsigned>>
BodySkipper::inHeader(const Decl *D) const {
  const SourceManager &SM = CI.getSourceManager();
  SourceLocation Where = SM.getExpansionLoc(D->getLocation());
  if (Where.isInvalid() || SM.isInSystemHeader(Where))
    return std::nullopt;
  std::pair<FileID, unsigned> Place = SM.getDecomposedLoc(Where);
  if (Place.first == SM.getMainFileID() || !SM.getFileEntryForID(Place.first))
    return std::nullopt;
  return Place;
}

void BodySkipper::declared(const Decl *D) {
  // A file of macros and declarations in turn is not worth a digest each.
  constexpr unsigned Enough = 64;
  auto Place = Ledger ? inHeader(D) : std::nullopt;
  if (!Place)
    return;
  FileState &State = Files[Place->first];
  if (State.Digested > Enough)
    State.Varies = true;
  if (!State.Varies)
    macros(Place->first);
}

bool BodySkipper::shouldDescribe(const Decl *D, llvm::StringRef Symbol) {
  auto Place = Ledger ? inHeader(D) : std::nullopt;
  if (!Place)
    return true;
  auto State = Files.find(Place->first);
  if (State == Files.end() || !State->second.Digested || State->second.Varies)
    return true;
  return Ledger->claim(keyOf({State->second.Path, Place->second, Flags,
                              State->second.Digest, llvm::xxh3_64bits(Symbol)}),
                       Unit);
}

bool BodySkipper::shouldSkip(const Decl *D) {
  const SourceManager &SM = CI.getSourceManager();
  SourceLocation Where = SM.getExpansionLoc(D->getLocation());
  if (Where.isInvalid())
    return false;
  if (SM.isInSystemHeader(Where))
    return true;
  const FunctionDecl *F = D->getAsFunction();
  auto Place = Ledger && F ? inHeader(D) : std::nullopt;
  if (!Place)
    return false;
  BodyKey Key = key(Place->first, Place->second);
  if (F->isTemplated()) {
    if (Ledger->isClosed(Key, Unit))
      return true;
    Templates.push_back({Key, F});
    return false;
  }
  return !Ledger->claim(Key, Unit);
}

namespace {
/// Looks for anything in a template's body that its instantiations may resolve
/// to user code.
class DependenceFinder : public RecursiveASTVisitor<DependenceFinder> {
public:
  bool Found = false;
  bool VisitExpr(Expr *E) {
    Found |= E->isTypeDependent() &&
             !isa<DeclRefExpr, CXXThisExpr, ParenListExpr, InitListExpr>(E);
    return !Found;
  }
  // A static member of the template may be specialised for some arguments.
  bool VisitDeclRefExpr(DeclRefExpr *E) {
    const auto *V = dyn_cast<VarDecl>(E->getDecl());
    Found |= V && V->isStaticDataMember() && V->isTemplated();
    return !Found;
  }
  bool VisitVarDecl(VarDecl *V) {
    Found |= V->getType()->isDependentType() || V->isStaticLocal();
    return !Found;
  }
  bool VisitLambdaExpr(LambdaExpr *) { return !(Found = true); }
};
} // namespace

void BodySkipper::closeTemplates() {
  for (auto [Key, F] : Templates) {
    const FunctionDecl *Definition = nullptr;
    if (!F->hasBody(Definition) || F->isFunctionTemplateSpecialization() ||
        isa<CXXConstructorDecl>(F))
      continue;
    DependenceFinder Finder;
    Finder.TraverseStmt(Definition->getBody());
    if (!Finder.Found)
      Ledger->close(Key, Unit);
  }
}
