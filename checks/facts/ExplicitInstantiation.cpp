//===- ExplicitInstantiation.cpp - `template int f<int>(int);` --*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/facts/ExplicitInstantiation.h"
#include "clang/Lex/Lexer.h"
#include <algorithm>

using namespace clang;

namespace unsingleton {

namespace {
/// The tokens of a file from an offset on.
class Tokens {
public:
  Tokens(FileID File, unsigned Offset, const SourceManager &SM,
         const LangOptions &LO)
      : Text(SM.getBufferData(File)),
        Raw(SM.getLocForStartOfFile(File), LO, Text.begin(),
            Text.begin() + Offset, Text.end()) {
    next();
  }

  void next() { Raw.LexFromRawLexer(Now); }
  bool is(tok::TokenKind Kind) const { return Now.is(Kind); }
  bool isWord(llvm::StringRef Word) const {
    return Now.is(tok::raw_identifier) && Now.getRawIdentifier() == Word;
  }
  bool isDirective() const {
    return Now.is(tok::hash) && Now.isAtStartOfLine();
  }
  void skipLine() {
    do
      next();
    while (!is(tok::eof) && !Now.isAtStartOfLine());
  }
  SourceLocation place() const { return Now.getLocation(); }

private:
  llvm::StringRef Text;
  Lexer Raw;
  Token Now;
};
} // namespace

/// Past the template argument list that \p T is at. A `>` in brackets of
/// another kind compares or shifts.
static void skipTemplateArguments(Tokens &T) {
  unsigned Lists = 0;
  unsigned Brackets = 0;
  for (; !T.is(tok::eof); T.next()) {
    if (T.is(tok::l_paren) || T.is(tok::l_square) || T.is(tok::l_brace))
      ++Brackets;
    else if (T.is(tok::r_paren) || T.is(tok::r_square) || T.is(tok::r_brace))
      Brackets -= Brackets > 0;
    else if (Brackets == 0 && T.is(tok::less))
      ++Lists;
    else if (Brackets == 0 && T.is(tok::greater))
      --Lists;
    else if (Brackets == 0 && T.is(tok::greatergreater))
      Lists -= std::min(Lists, 2u);
    if (Lists == 0)
      return T.next();
  }
}

/// Where the parenthesis ends that \p T is at.
static SourceLocation closing(Tokens &T) {
  unsigned Depth = 0;
  for (; !T.is(tok::eof); T.next()) {
    Depth += T.is(tok::l_paren);
    Depth -= T.is(tok::r_paren);
    if (Depth == 0)
      return T.place();
  }
  return {};
}

/// Whether the declaration that names something at \p Name begins with
/// `template`, and no parameters of one follow.
static bool beginsSo(FileID File, SourceLocation Name, const SourceManager &SM,
                     const LangOptions &LO) {
  enum { Begin, Template, Other } State = Begin;
  bool Explicit = false;
  for (Tokens T(File, 0, SM, LO); !T.is(tok::eof) && T.place() < Name;) {
    if (T.isDirective()) {
      T.skipLine();
      continue;
    }
    if (T.is(tok::semi) || T.is(tok::l_brace) || T.is(tok::r_brace)) {
      State = Begin;
      Explicit = false;
    } else if (State == Begin && T.isWord("template")) {
      State = Template;
    } else if (State != Begin || !T.isWord("extern")) {
      Explicit |= State == Template && !T.is(tok::less);
      State = Other;
    }
    T.next();
  }
  return Explicit;
}

void addExplicitInstantiation(const FunctionDecl *F, SourceSpans &Spans,
                              UnitFactsBuilder &Facts) {
  TemplateSpecializationKind Kind = F->getTemplateSpecializationKind();
  SourceLocation Name = F->getPointOfInstantiation();
  if ((Kind != TSK_ExplicitInstantiationDeclaration &&
       Kind != TSK_ExplicitInstantiationDefinition) ||
      Name.isInvalid() || Name.isMacroID() || !Spans.user(Name))
    return;
  auto [File, Offset] = Spans.SM.getDecomposedLoc(Name);
  if (!beginsSo(File, Name, Spans.SM, Spans.LO))
    return;
  Tokens T(File, Offset, Spans.SM, Spans.LO);
  if (!T.isWord(F->getNameAsString()))
    return;
  T.next();
  if (T.is(tok::less))
    skipTemplateArguments(T);
  if (!T.is(tok::l_paren))
    return;
  SourceLocation Open = T.place();
  SourceLocation Close = closing(T);
  FunctionSiteFact Site;
  Site.Function = Facts.symbol(F);
  if (Site.Function == NoSymbol || Close.isInvalid())
    return;
  Site.Name = Spans.tokens(SourceRange(Name)).Where;
  Site.Parameters = Spans.inside(Open, Close).Where;
  Site.Whole = Spans.tokens(SourceRange(Name, Close)).Where;
  Site.HasParameters = F->getNumParams() != 0 || F->isVariadic();
  Facts.add(Site);
}

} // namespace unsingleton
