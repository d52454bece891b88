//===- ReadText.cpp - Which text a unit's preprocessor lets through -*- C++
//-*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/facts/ReadText.h"
#include "clang/Lex/MacroArgs.h"
#include "clang/Lex/MacroInfo.h"
#include "clang/Lex/PPCallbacks.h"
#include "clang/Lex/Preprocessor.h"

using namespace clang;
using namespace unsingleton;
using llvm::ArrayRef;
using llvm::StringRef;

/// How a macro's replacement list takes up one of its parameters.
enum class Uptake : uint8_t { None, AsText, AsTokens };

static Uptake uptake(const MacroInfo &Macro, const IdentifierInfo *Parameter) {
  ArrayRef<Token> Tokens = Macro.tokens();
  auto Is = [&](size_t I, tok::TokenKind Kind) {
    return I < Tokens.size() && Tokens[I].is(Kind);
  };
  Uptake Result = Uptake::None;
  for (size_t I = 0; I < Tokens.size(); ++I) {
    if (Tokens[I].getIdentifierInfo() != Parameter)
      continue;
    // `, ##__VA_ARGS__` makes no longer name.
    bool Pasted = Is(I + 1, tok::hashhash) ||
                  (Is(I - 1, tok::hashhash) && !Is(I - 2, tok::comma));
    if (!Pasted && !Is(I - 1, tok::hash))
      return Uptake::AsTokens;
    Result = Uptake::AsText;
  }
  return Result;
}

class ReadText::Watcher : public PPCallbacks {
public:
  Watcher(const Preprocessor &PP, std::shared_ptr<Inclusions> Seen)
      : PP(PP), SM(PP.getSourceManager()), Seen(std::move(Seen)) {}

  void FileChanged(SourceLocation Where, FileChangeReason Reason,
                   SrcMgr::CharacteristicKind, FileID) override {
    if (Reason == EnterFile)
      Seen->Entered.push_back(SM.getFileID(Where));
  }

  /// From the '#' of the directive that begins a branch to the name of the one
  /// that ends it.
  void SourceRangeSkipped(SourceRange Range, SourceLocation) override {
    auto [File, Begin] = SM.getDecomposedLoc(Range.getBegin());
    auto [Other, End] = SM.getDecomposedLoc(Range.getEnd());
    if (File == Other && Begin < End)
      Seen->Skipped[File].push_back({Begin, End});
  }

  void MacroExpands(const Token &Name, const MacroDefinition &Definition,
                    SourceRange, const MacroArgs *Arguments) override {
    Seen->Given.insert(SM.getSpellingLoc(Name.getLocation()));
    const MacroInfo *Macro = Definition.getMacroInfo();
    // What a directive tests does not become code.
    if (!Macro || !Arguments || PP.isParsingIfOrElifDirective())
      return;
    for (unsigned I = 0; I < Macro->getNumParams(); ++I) {
      Uptake How = uptake(*Macro, Macro->params()[I]);
      if (How == Uptake::AsTokens)
        continue;
      for (const Token *T = Arguments->getUnexpArgument(I); T->isNot(tok::eof);
           ++T) {
        SourceLocation Where = SM.getSpellingLoc(T->getLocation());
        if (How == Uptake::AsText)
          Seen->Given.insert(Where);
        else if (!T->isAnnotation() && !SM.isInSystemHeader(Where))
          Seen->Unused[Where] = T->getLength();
      }
    }
  }

private:
  const Preprocessor &PP;
  const SourceManager &SM;
  std::shared_ptr<Inclusions> Seen;
};

ReadText::ReadText(Preprocessor &PP) : Seen(std::make_shared<Inclusions>()) {
  PP.addPPCallbacks(std::make_unique<Watcher>(PP, Seen));
  PP.setTokenWatcher(
      [&SM = PP.getSourceManager(), Seen = Seen](const Token &T) {
        if (T.getLocation().isMacroID() && !T.isAnnotation())
          Seen->Given.insert(SM.getSpellingLoc(T.getLocation()));
      });
}

/// Sorted; they may overlap.
ReadText::Gaps ReadText::gaps(FileID Of, const SourceManager &SM) const {
  Gaps Result = Seen->Skipped.lookup(Of);
  StringRef Text = SM.getBufferData(Of);
  SourceLocation Begin = SM.getLocForStartOfFile(Of);
  size_t Branches = Result.size();
  for (auto At = Seen->Unused.lower_bound(Begin); At != Seen->Unused.end();
       ++At) {
    auto [File, Offset] = SM.getDecomposedLoc(At->first);
    if (File != Of)
      break;
    if (Seen->Given.contains(At->first))
      continue;
    unsigned End = Offset + At->second;
    if (Result.size() > Branches &&
        Text.slice(Result.back().second, Offset).trim().empty())
      Result.back().second = End; // the next token of one argument
    else
      Result.push_back({Offset, End});
  }
  llvm::sort(Result);
  return Result;
}

void ReadText::add(SourceSpans &Spans, UnitFactsBuilder &Facts) const {
  for (FileID Id : Seen->Entered) {
    if (!Spans.user(Spans.SM.getLocForStartOfFile(Id)))
      continue;
    FileIndex File = Spans.file(Id);
    if (File == NoFile || !Facts.Out.Files[File].Ours)
      continue;
    unsigned Begin = 0;
    auto Read = [&](unsigned End) {
      if (Begin < End)
        Facts.add(ReadTextFact{{File, Begin, End - Begin}});
    };
    for (auto [Gap, After] : gaps(Id, Spans.SM)) {
      Read(Gap);
      Begin = std::max(Begin, After);
    }
    Read(Facts.Out.Files[File].Size);
  }
}
