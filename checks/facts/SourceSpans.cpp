//===- SourceSpans.cpp - From source locations to spans -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/facts/SourceSpans.h"
#include "checks/facts/SuppressionScan.h"
#include "clang/Basic/FileManager.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Lexer.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/xxhash.h"

using namespace clang;
using namespace unsingleton;

SourceSpans::SourceSpans(const SourceManager &SM, const LangOptions &LO,
                         const ExtractOptions &Options, UnitFacts &Out,
                         BodyLedger *Ledger)
    : SM(SM), LO(LO), Options(Options), Out(Out), Ledger(Ledger) {}

FileIndex SourceSpans::file(FileID Id) {
  auto [It, New] = Files.try_emplace(Id, NoFile);
  if (!New)
    return It->second;
  OptionalFileEntryRef Entry = SM.getFileEntryRefForID(Id);
  if (!Entry)
    return NoFile;
  FileFact Fact;
  llvm::SmallString<256> Real;
  llvm::vfs::FileSystem &FS = SM.getFileManager().getVirtualFileSystem();
  if (!FS.getRealPath(Entry->getName(), Real))
    Fact.Path = std::string(Real);
  else
    Fact.Path = Entry->getFileEntry().tryGetRealPathName().str();
  auto [Known, NewPath] =
      Paths.try_emplace(Fact.Path, static_cast<FileIndex>(Out.Files.size()));
  if (NewPath) {
    llvm::StringRef Text = SM.getBufferData(Id);
    uint64_t Digest =
        Ledger ? Ledger->digest(Fact.Path, Text) : llvm::xxh3_64bits(Text);
    Fact.Digest = llvm::utohexstr(Digest, true, 16);
    Fact.Size = static_cast<uint32_t>(Text.size());
    Fact.Ours = !SrcMgr::isSystem(
                    SM.getFileCharacteristic(SM.getLocForStartOfFile(Id))) &&
                Options.ours(Fact.Path);
    if (Fact.Ours) {
      auto &Table = Out.table<SuppressionFact>();
      size_t Begin = Table.size();
      scanSuppressions(Text, Known->second, Table);
      if (Begin != Table.size())
        Suppressions[Known->second] = {Begin, Table.size()};
    }
    Out.Files.push_back(std::move(Fact));
  }
  Files[Id] = Known->second;
  return Known->second;
}

void SourceSpans::addReads() {
  for (auto I = SM.fileinfo_begin(), E = SM.fileinfo_end(); I != E; ++I)
    if (FileID Id = SM.translateFile(I->first); Id.isValid())
      if (FileIndex Index = file(Id); Index != NoFile)
        Out.Reads.push_back(Index);
  llvm::sort(Out.Reads);
  Out.Reads.erase(llvm::unique(Out.Reads), Out.Reads.end());
}

/// The macro in whose body \p Where stands.
static std::string macroAround(SourceLocation Where, const SourceManager &SM,
                               const LangOptions &LO) {
  // What `##` has made stands in no file, but it was made somewhere.
  if (!SM.getFileEntryRefForID(SM.getFileID(SM.getSpellingLoc(Where))))
    Where = SM.getImmediateExpansionRange(Where).getBegin();
  if (Where.isMacroID())
    Where = SM.getImmediateExpansionRange(Where).getBegin();
  llvm::SmallString<32> Buffer; // without the line breaks in it
  return Lexer::getSpelling(SM.getSpellingLoc(Where), Buffer, SM, LO).str();
}

SourceLocation SourceSpans::spelled(SourceLocation Where, bool &Body,
                                    std::string &Macro) const {
  while (Where.isMacroID()) {
    if (!SM.isMacroArgExpansion(Where)) {
      Body = true;
      Macro = macroAround(Where, SM, LO);
      return SM.getExpansionLoc(Where);
    }
    Where = SM.getImmediateSpellingLoc(Where);
  }
  return Where;
}

SourceLocation SourceSpans::afterMacro(SourceLocation End) const {
  SourceLocation Last;
  return End.isMacroID() && !SM.isMacroArgExpansion(End) &&
                 Lexer::isAtEndOfMacroExpansion(End, SM, LO, &Last)
             ? Last
             : End;
}

EditableSpan SourceSpans::make(SourceLocation Begin, SourceLocation End,
                               bool EndIsToken) {
  EditableSpan Result;
  if (Begin.isInvalid() || End.isInvalid())
    return Result;
  bool Body = false;
  SourceLocation First = spelled(Begin, Body, Result.Macro);
  if (!Body && EndIsToken)
    End = afterMacro(End);
  SourceLocation Last = spelled(End, Body, Result.Macro);
  auto [File, Offset] = SM.getDecomposedLoc(First);
  auto [LastFile, LastOffset] = SM.getDecomposedLoc(Last);
  if (EndIsToken)
    LastOffset += Lexer::MeasureTokenLength(Last, SM, LO);
  Result.Where.File = file(File);
  Result.Where.Offset = Offset;
  Result.Where.Line = SM.getLineNumber(File, Offset);
  Result.Where.Column = SM.getColumnNumber(File, Offset);
  if (File != LastFile || LastOffset < Offset) {
    Result.Where.Length = Lexer::MeasureTokenLength(First, SM, LO);
    if (Body)
      Result.State = Editability::MacroBody;
    return Result;
  }
  Result.Where.Length = LastOffset - Offset;
  Result.State = Body ? Editability::MacroBody : Editability::Editable;
  return Result;
}

EditableSpan SourceSpans::tokens(SourceRange Range) {
  return make(Range.getBegin(), Range.getEnd(), /*EndIsToken=*/true);
}

EditableSpan SourceSpans::statement(SourceRange Range) {
  if (SourceLocation Semi = next(Range.getEnd(), tok::semi); Semi.isValid())
    Range.setEnd(Semi);
  return tokens(Range);
}

EditableSpan SourceSpans::between(SourceLocation Begin, SourceLocation End) {
  return make(Begin, End, /*EndIsToken=*/false);
}

EditableSpan SourceSpans::inside(SourceLocation Open, SourceLocation Close) {
  if (Open.isInvalid() || Close.isInvalid())
    return {};
  bool Body = false;
  std::string Macro;
  SourceLocation First = spelled(Open, Body, Macro);
  EditableSpan Result = make(Open, Close, /*EndIsToken=*/false);
  unsigned Length = Lexer::MeasureTokenLength(First, SM, LO);
  if (Result.editable() && Result.Where.Length >= Length) {
    Result.Where.Offset += Length;
    Result.Where.Length -= Length;
    auto [File, Offset] = SM.getDecomposedLoc(First);
    Result.Where.Line = SM.getLineNumber(File, Offset + Length);
    Result.Where.Column = SM.getColumnNumber(File, Offset + Length);
  }
  return Result;
}

EditableSpan SourceSpans::inMacro(SourceLocation Begin, SourceLocation End) {
  if (!Begin.isMacroID() || !End.isMacroID())
    return {};
  SourceLocation First = SM.getSpellingLoc(Begin);
  SourceLocation Last = SM.getSpellingLoc(End);
  if (SM.isWrittenInScratchSpace(First) || SM.isWrittenInScratchSpace(Last) ||
      !SM.getFileEntryForID(SM.getFileID(First)) ||
      SM.getFileID(First) != SM.getFileID(Last))
    return {};
  return make(First, Last, /*EndIsToken=*/true);
}

EditableSpan SourceSpans::argumentsInMacro(SourceLocation Callee,
                                           SourceLocation Close, bool &InBody) {
  std::optional<Token> Open =
      Callee.isMacroID()
          ? Lexer::findNextToken(SM.getSpellingLoc(Callee), SM, LO)
          : std::nullopt;
  InBody = Open && Open->is(tok::l_paren) && Close.isMacroID();
  if (!InBody) {
    // `#define INSTANCE World::instance`, and then `INSTANCE()`.
    SourceLocation End = SM.getExpansionRange(Callee).getEnd();
    return Close.isMacroID() ? EditableSpan()
                             : inside(next(End, tok::l_paren), Close);
  }
  SourceLocation Last = SM.getSpellingLoc(Close);
  return SM.getFileID(Last) == SM.getFileID(Open->getLocation())
             ? inside(Open->getLocation(), Last)
             : EditableSpan();
}

Span SourceSpans::place(SourceLocation Where) {
  return tokens(SourceRange(Where, Where)).Where;
}

void SourceSpans::spreadSuppressions(SourceLocation Name, SymbolIndex Entity,
                                     const Span &Shown) {
  for (; Name.isMacroID();
       Name = SM.getImmediateExpansionRange(Name).getBegin()) {
    auto [File, Offset] = SM.getDecomposedSpellingLoc(Name);
    FileIndex Index = file(File);
    if (Index == NoFile) // a name pasted together stands in no file
      continue;
    auto Found = Suppressions.find(Index);
    if (Found == Suppressions.end())
      continue;
    auto &Table = Out.table<SuppressionFact>();
    for (size_t I = Found->second.first; I < Found->second.second; ++I) {
      SuppressionFact Fact = Table[I];
      if (!Fact.covers({Found->first, Offset}))
        continue;
      Fact.Covers = Shown;
      Fact.Entity = Entity;
      Table.push_back(std::move(Fact));
    }
  }
}

bool SourceSpans::user(SourceLocation Where) const {
  if (Where.isInvalid())
    return false;
  // The expansion's place decides, not the macro's: a class made by a system
  // header's macro is the project's own.
  SourceLocation File = SM.getExpansionLoc(Where);
  return SM.getFileEntryForID(SM.getFileID(File)) && !SM.isInSystemHeader(File);
}

SourceLocation SourceSpans::after(SourceLocation Where) const {
  return Lexer::getLocForEndOfToken(Where, 0, SM, LO);
}

SourceLocation SourceSpans::next(SourceLocation Where,
                                 tok::TokenKind Kind) const {
  bool Body = false;
  std::string Macro;
  SourceLocation At = spelled(afterMacro(Where), Body, Macro);
  if (Body || At.isInvalid())
    return {};
  std::optional<Token> Next = Lexer::findNextToken(At, SM, LO);
  return Next && Next->is(Kind) ? Next->getLocation() : SourceLocation();
}

llvm::StringRef SourceSpans::text(SourceRange TokenRange) const {
  return Lexer::getSourceText(CharSourceRange::getTokenRange(TokenRange), SM,
                              LO);
}
