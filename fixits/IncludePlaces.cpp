//===- IncludePlaces.cpp - Where an include may stand in a file -----------===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "fixits/IncludePlaces.h"
#include "clang/Lex/Lexer.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace unsingleton {

namespace {
/// A directive, or a line that begins with code.
struct Stretch {
  std::string Name;     ///< of the directive; empty: code
  std::string Argument; ///< its first word
  size_t Begin = 0;
  size_t End = 0; ///< behind its last line

  bool opens() const {
    return llvm::StringRef(Name).starts_with("if"); // if, ifdef, ifndef
  }
  bool includes() const {
    return Name == "include" || Name == "include_next" || Name == "import";
  }
};

/// Cuts a text into stretches; comments are none.
class Stretches {
public:
  /// \p Text must outlive it and, as the lexer wants it, end with a null.
  explicit Stretches(const std::string &Text)
      : Text(Text), Lex(SourceLocation(), Language, Text.data(), Text.data(),
                        Text.data() + Text.size()) {
    Lex.SetCommentRetentionState(true); // one may go on after its directive
  }

  std::vector<Stretch> cut() {
    std::vector<Stretch> Result;
    next();
    while (Tok.isNot(tok::eof)) {
      if (Tok.is(tok::comment)) {
        next();
        continue;
      }
      Result.push_back(line());
    }
    return Result;
  }

private:
  static LangOptions options() {
    LangOptions Result;
    Result.CPlusPlus = Result.CPlusPlus11 = true; // raw strings
    Result.LineComment = true;
    return Result;
  }

  void next() {
    Lex.LexFromRawLexer(Tok);
    TokenEnd = Lex.getCurrentBufferOffset();
  }

  Stretch line() {
    Stretch New;
    size_t Before = Text.rfind('\n', TokenEnd - Tok.getLength());
    New.Begin = Before == std::string::npos ? 0 : Before + 1;
    bool Directive = Tok.is(tok::hash);
    do {
      bool Word = Directive && Tok.is(tok::raw_identifier);
      if (Word && New.Name.empty())
        New.Name = Tok.getRawIdentifier().str();
      else if (Word && New.Argument.empty())
        New.Argument = Tok.getRawIdentifier().str();
      New.End = TokenEnd;
      next();
    } while (Tok.isNot(tok::eof) && !Tok.isAtStartOfLine());
    New.End = std::min(Text.find('\n', New.End), Text.size() - 1) + 1;
    return New;
  }

  const std::string &Text;
  LangOptions Language = options(); ///< which the lexer refers to
  Lexer Lex;
  Token Tok;
  size_t TokenEnd = 0;
};
} // namespace

/// Where the condition that \p Open begins ends; the number of parts: nowhere.
static size_t closing(llvm::ArrayRef<Stretch> Parts, size_t Open) {
  size_t Depth = 0;
  for (size_t I = Open; I < Parts.size(); ++I) {
    Depth += Parts[I].opens();
    if (Parts[I].Name == "endif" && --Depth == 0)
      return I;
  }
  return Parts.size();
}

/// The part that opens the include guard: all of the file is under it.
static std::optional<size_t> guardOf(llvm::ArrayRef<Stretch> Parts) {
  size_t Open = 0;
  while (Open < Parts.size() && Parts[Open].Name == "pragma")
    ++Open;
  if (Open + 2 < Parts.size() && Parts[Open].opens() &&
      Parts[Open + 1].Name == "define" &&
      closing(Parts, Open) + 1 == Parts.size())
    return Open;
  return std::nullopt;
}

bool IncludePlaces::isConditional(size_t Offset) const {
  return llvm::any_of(Conditional, [&](const auto &Block) {
    return Block.first < Offset && Offset < Block.second;
  });
}

IncludePlaces includePlaces(llvm::StringRef Text) {
  std::string Copy = Text.str();
  std::vector<Stretch> All = Stretches(Copy).cut();
  std::optional<size_t> Guard = guardOf(All);
  IncludePlaces Result;
  bool Code = false;
  for (size_t I = 0; I < All.size(); ++I) {
    const Stretch &P = All[I];
    bool AtTop = !Code && !Result.First;
    if (Guard && (I == *Guard || I + 1 == All.size()))
      continue;
    if (P.opens()) {
      size_t Close = closing(All, I);
      bool Closed = Close < All.size();
      Result.Conditional.push_back(
          {P.Begin, Closed ? All[Close].End : Copy.size()});
      for (; I < All.size() && I < Close; ++I)
        Code |= All[I].Name.empty();
      if (AtTop && !Code && Closed)
        Result.Top = Result.Conditional.back().second;
      continue;
    }
    Code |= P.Name.empty();
    if (!AtTop || Code)
      continue;
    if (P.includes())
      Result.First = P.Begin;
    else if ((P.Name == "pragma" && P.Argument == "once") ||
             (P.Name == "define" && I == (Guard ? *Guard + 1 : 0)))
      Result.Top = P.End;
  }
  return Result;
}

} // namespace unsingleton
