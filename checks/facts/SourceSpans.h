//===- SourceSpans.h - From source locations to spans -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The one place where an AST range becomes a piece of a file. A range that is
// spelled in a file, or in the argument of a macro, has an editable span; one
// from a macro's body gets the place of the expansion, for reports, and says
// which macro it came from:
//
//     #define WORLD World::instance()
//     f(WORLD);            // the call: MacroBody of WORLD, at ^^^^^
//     f(id(g()));          // the call of g: Editable, where it is spelled
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_FACTS_SOURCESPANS_H
#define UNSINGLETON_CHECKS_FACTS_SOURCESPANS_H

#include "checks/facts/BodyLedger.h"
#include "checks/facts/ExtractOptions.h"
#include "checks/facts/UnitFacts.h"
#include "clang/AST/ASTContext.h"
#include "llvm/ADT/DenseMap.h"

namespace unsingleton {

struct EditableSpan {
  Span Where;
  Editability State = Editability::NotContiguous;
  std::string Macro;

  bool editable() const { return State == Editability::Editable; }
};

/// Owned by one extraction; adds to the unit's table of files as it goes.
class SourceSpans {
public:
  /// \p Ledger may be null; it keeps the digests of files.
  SourceSpans(const clang::SourceManager &SM, const clang::LangOptions &LO,
              const ExtractOptions &Options, UnitFacts &Out,
              BodyLedger *Ledger = nullptr);

  /// The text of the tokens from \p Range's begin to the end of its last.
  EditableSpan tokens(clang::SourceRange Range);
  /// The same, and the semicolon behind it, if there is one.
  EditableSpan statement(clang::SourceRange Range);
  /// The text from \p Begin up to, but without, \p End.
  EditableSpan between(clang::SourceLocation Begin, clang::SourceLocation End);
  /// What stands between a pair of parentheses or braces.
  EditableSpan inside(clang::SourceLocation Open, clang::SourceLocation Close);
  /// The tokens as a macro's body spells them, if it spells them in one piece.
  EditableSpan inMacro(clang::SourceLocation Begin, clang::SourceLocation End);
  /// What stands between the parentheses of a call whose callee, which ends
  /// with \p Callee, is named in a macro's body. \p InBody: so are they.
  EditableSpan argumentsInMacro(clang::SourceLocation Callee,
                                clang::SourceLocation Close, bool &InBody);
  /// The token at \p Where, for a report.
  Span place(clang::SourceLocation Where);

  /// Directives that cover where the name of \p Entity, at \p Name, is spelled,
  /// or an expansion on the way from there, cover it at \p Shown, its place.
  void spreadSuppressions(clang::SourceLocation Name, SymbolIndex Entity,
                          const Span &Shown);

  /// Not in a system header: code that the project's people may look at.
  bool user(clang::SourceLocation Where) const;
  /// The location just after the token that begins at \p Where.
  clang::SourceLocation after(clang::SourceLocation Where) const;
  /// The next token after the one at \p Where, if it is of \p Kind.
  clang::SourceLocation next(clang::SourceLocation Where,
                             clang::tok::TokenKind Kind) const;
  llvm::StringRef text(clang::SourceRange TokenRange) const;

  FileIndex file(clang::FileID Id);
  /// Adds every file that the unit has read.
  void addReads();

  const clang::SourceManager &SM;
  const clang::LangOptions &LO;

private:
  clang::SourceLocation spelled(clang::SourceLocation Where, bool &Body,
                                std::string &Macro) const;
  /// Of the last token of an expansion, `NULL` in `T *t = NULL;`, where the
  /// macro is named; else \p End.
  clang::SourceLocation afterMacro(clang::SourceLocation End) const;
  EditableSpan make(clang::SourceLocation Begin, clang::SourceLocation End,
                    bool EndIsToken);

  const ExtractOptions &Options;
  UnitFacts &Out;
  BodyLedger *Ledger; ///< shared by all units of the run
  llvm::DenseMap<clang::FileID, FileIndex> Files;
  llvm::StringMap<FileIndex> Paths;
  /// Where the directives of each file that has any are, in the unit's table.
  llvm::DenseMap<FileIndex, std::pair<size_t, size_t>> Suppressions;
};

} // namespace unsingleton

#endif
