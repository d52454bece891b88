//===- FileRenderer.cpp - The edits of one file -----------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "fixits/FileRenderer.h"
#include "clang/Lex/Lexer.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include <map>

using namespace unsingleton;

/// The text around a removal that goes with it: the rest of the lines, if the
/// removed span is all there is on them.
static Span wholeLines(Span Target, llvm::StringRef Text) {
  size_t Begin = Target.Offset;
  while (Begin > 0 && (Text[Begin - 1] == ' ' || Text[Begin - 1] == '\t'))
    --Begin;
  size_t End = Target.end();
  while (End < Text.size() && (Text[End] == ' ' || Text[End] == '\t'))
    ++End;
  bool FromStart = Begin == 0 || Text[Begin - 1] == '\n';
  bool ToEnd = End == Text.size() || Text[End] == '\n' || Text[End] == '\r';
  if (!FromStart || !ToEnd) {
    if (!ToEnd) // something follows on the line: it closes up
      Target.Length = static_cast<uint32_t>(End - Target.Offset);
    return Target;
  }
  if (End < Text.size() && Text[End] == '\r')
    ++End;
  if (End < Text.size() && Text[End] == '\n')
    ++End;
  Target.Offset = static_cast<uint32_t>(Begin);
  Target.Length = static_cast<uint32_t>(End - Begin);
  return Target;
}

static bool sameTarget(const Span &A, const Span &B) {
  return A.Offset == B.Offset && A.Length == B.Length;
}

/// \p Code of our own with the references in it written as `T &x`.
static std::string leaningRight(llvm::StringRef Code) {
  std::string Result;
  for (size_t I = 0; I < Code.size(); ++I) {
    bool Reference = Code[I] == '&' && I && llvm::isAlnum(Code[I - 1]) &&
                     Code.substr(I + 1).starts_with(" ");
    Result += Reference ? " &" : std::string(1, Code[I]);
    I += Reference;
  }
  return Result;
}

FileRenderer::FileRenderer(llvm::StringRef Text,
                           std::vector<const Edit *> Edits,
                           llvm::function_ref<std::string(Span)> CopyOf,
                           bool LeansRight)
    : Text(Text), Edits(std::move(Edits)), CopyOf(CopyOf),
      LeansRight(LeansRight), LineEnd(Text.contains("\r\n") ? "\r\n" : "\n") {}

std::vector<std::pair<Span, std::string>> FileRenderer::replacements(
    std::vector<std::pair<const Edit *, const Edit *>> &Conflicts) {
  std::vector<std::pair<Span, const Edit *>> Spans;
  for (const Edit *E : Edits) {
    Span Target = E->Target;
    if (E->Behind && E->WholeLines)
      Target.Length = behind(Target).Offset - Target.Offset;
    else if (E->Behind)
      Target = behind(Target);
    if (!Target.Length)
      Target.Offset = inList(Target.Offset, render(*E));
    if (E->Dereferenced && Text.drop_front(Target.end()).starts_with("."))
      ++Target.Length;
    bool Gone = E->WholeLines && render(*E).empty();
    Spans.push_back({Gone ? wholeLines(Target, Text) : Target, E});
  }
  llvm::sort(Spans, [](const auto &A, const auto &B) {
    if (A.first.Offset != B.first.Offset)
      return A.first.Offset < B.first.Offset;
    bool InsertA = A.first.Length == 0, InsertB = B.first.Length == 0;
    if (InsertA != InsertB)
      return InsertA; // an insertion comes before what is replaced there
    if (A.first.Length != B.first.Length)
      return A.first.Length > B.first.Length;
    return A.second->With < B.second->With;
  });
  closeGaps(Spans);
  std::vector<std::pair<Span, std::string>> Result;
  const Edit *Last = nullptr;
  uint32_t End = 0;
  for (const auto &[Where, E] : Spans) {
    if (Last && Where.Offset < End) {
      if (Where.end() > End || sameTarget(Result.back().first, Where))
        Conflicts.push_back({Last, E});
      continue; // inside: it is rendered by a copy, or removed
    }
    std::string New = render(*E);
    if (E->Dereferenced) {
      llvm::StringRef After = Text.substr(Where.end(), 1);
      New = Where.Length > E->Target.Length          ? New + "->"
            : llvm::StringRef("),;").contains(After) ? "*" + New
                                                     : "(*" + New + ")";
    }
    // After comments that stay, a line break that is there already will do.
    if (E->WholeLines &&
        Text.drop_front(Where.end()).ltrim(" \t\r").starts_with("\n"))
      New.resize(llvm::StringRef(New).rtrim().size());
    // Before a line break (the first parameter is on the next line).
    llvm::StringRef Behind = Text.substr(Where.Offset);
    if (Where.Length == 0 &&
        (Behind.starts_with("\n") || Behind.starts_with("\r\n")))
      New.resize(llvm::StringRef(New).rtrim(' ').size());
    // Alone in a list: `( )` becomes `( a )`.
    if (Where.Length == 0 && Behind.starts_with(" ") &&
        Behind.ltrim(' ').starts_with(")") &&
        Text.take_front(Where.Offset).ends_with("("))
      New.insert(0, " ");
    Result.push_back({Where, std::move(New)});
    if (Where.Length) {
      Last = E;
      End = Where.end();
    }
  }
  return Result;
}

/// Where \p New goes in a list whose parentheses are set off by spaces: to the
/// element that it comes before or after, so that `( a )` becomes `( b, a )`.
uint32_t FileRenderer::inList(uint32_t Offset, llvm::StringRef New) const {
  if (New.ends_with(", ")) {
    llvm::StringRef After = Text.drop_front(Offset);
    llvm::StringRef First = After.ltrim(' ');
    bool Here = !First.starts_with("\n") && !First.starts_with("\r");
    return Here ? Offset + static_cast<uint32_t>(After.size() - First.size())
                : Offset;
  }
  if (New.starts_with(", ")) {
    llvm::StringRef Last = Text.take_front(Offset).rtrim(' ');
    return Last.ends_with("\n") ? Offset : static_cast<uint32_t>(Last.size());
  }
  return Offset;
}

/// Where whole lines go, the blank line after them goes too if what is before
/// them already sets off the code that follows.
void FileRenderer::closeGaps(
    std::vector<std::pair<Span, const Edit *>> &Spans) const {
  uint32_t Begin = 0;
  for (size_t I = 0; I < Spans.size(); ++I) {
    Span &Where = Spans[I].first;
    bool Lines = Spans[I].second->WholeLines && Where.Length &&
                 Text.slice(0, Where.end()).ends_with("\n");
    if (!Lines)
      continue;
    bool Continues = I && Spans[I - 1].second->WholeLines &&
                     Spans[I - 1].first.end() == Where.Offset;
    if (!Continues)
      Begin = Where.Offset;
    llvm::StringRef Before = Text.take_front(Begin).rtrim("\r\n");
    llvm::StringRef Gap = Text.slice(Before.size(), Begin);
    llvm::StringRef After = Text.drop_front(Where.end());
    bool Blank = After.starts_with("\n") || After.starts_with("\r\n");
    bool SetOff =
        Before.empty() || Before.ends_with("{") || Gap.count('\n') > 1;
    bool Last =
        I + 1 == Spans.size() || Spans[I + 1].first.Offset > Where.end();
    if (Blank && SetOff && Last)
      Where.Length += After.starts_with("\r") ? 2 : 1;
  }
}

std::vector<std::pair<Span, std::string>> unsingleton::backslashPadding(
    llvm::StringRef Text,
    llvm::ArrayRef<std::pair<Span, std::string>> Replacements) {
  std::map<size_t, long> Grown; // by the place of the backslash
  for (const auto &[Where, New] : Replacements) {
    llvm::StringRef Line = Text.drop_front(Where.Offset);
    Line = Line.take_front(Line.find('\n')).rtrim('\r');
    if (Line.ends_with("\\") && Line.size() > Where.Length + 1 &&
        !llvm::StringRef(New).contains('\n'))
      Grown[Where.Offset + Line.size() - 1] +=
          static_cast<long>(New.size()) - static_cast<long>(Where.Length);
  }
  std::vector<std::pair<Span, std::string>> Result;
  for (auto [Backslash, By] : Grown) {
    llvm::StringRef Before = Text.take_front(Backslash);
    long Spaces = static_cast<long>(Before.size() - Before.rtrim(' ').size());
    if (Spaces < 2 || !By) // it follows the code at once
      continue;
    size_t Less = By > 0 ? std::min(By, Spaces - 1) : 0;
    Span Gap = Replacements.front().first;
    Gap.Offset = static_cast<uint32_t>(Backslash - Less);
    Gap.Length = static_cast<uint32_t>(Less);
    Result.push_back({Gap, std::string(By < 0 ? -By : 0, ' ')});
  }
  return Result;
}

Span FileRenderer::behind(Span Target) const {
  size_t End = Text.find(';', Target.Offset);
  if (End != llvm::StringRef::npos)
    Target.Offset = static_cast<uint32_t>(End) + 1;
  return Target;
}

/// \p Specifiers of a declaration, which make a plain local of it.
static std::string withoutStatic(std::string Specifiers) {
  constexpr llvm::StringLiteral Word = "static";
  auto Boundary = [&](size_t At) {
    return At >= Specifiers.size() ||
           (!llvm::isAlnum(Specifiers[At]) && Specifiers[At] != '_');
  };
  for (size_t At = Specifiers.find(Word); At != std::string::npos;
       At = Specifiers.find(Word, At + 1)) {
    if ((At && !Boundary(At - 1)) || !Boundary(At + Word.size()))
      continue;
    size_t End = Specifiers.find_first_not_of(" \t", At + Word.size());
    Specifiers.erase(At, End - At);
    break;
  }
  return Specifiers;
}

static std::vector<std::string> commentsIn(llvm::StringRef Code) {
  std::string Copy = Code.str(); // the lexer wants a null behind it
  clang::LangOptions Language;
  Language.CPlusPlus = Language.CPlusPlus11 = Language.LineComment = true;
  clang::Lexer Lex(clang::SourceLocation(), Language, Copy.data(), Copy.data(),
                   Copy.data() + Copy.size());
  Lex.SetCommentRetentionState(true);
  std::vector<std::string> Result;
  clang::Token Tok;
  for (Lex.LexFromRawLexer(Tok); Tok.isNot(clang::tok::eof);
       Lex.LexFromRawLexer(Tok))
    if (Tok.is(clang::tok::comment))
      Result.push_back(Copy.substr(
          Lex.getCurrentBufferOffset() - Tok.getLength(), Tok.getLength()));
  return Result;
}

std::string FileRenderer::render(const Edit &E) {
  std::string Out;
  for (const Piece &Part : E.With)
    switch (Part.What) {
    case Piece::Kind::Text:
      Out += LeansRight ? leaningRight(Part.Text) : Part.Text;
      break;
    case Piece::Kind::Copy:
      Out += CopyOf(Part.Source);
      break;
    case Piece::Kind::Automatic:
      Out += withoutStatic(CopyOf(Part.Source));
      break;
    case Piece::Kind::LineBreak:
      Out += LineEnd + indentation(E.Target.Offset);
      break;
    case Piece::Kind::BodyBreak:
      Out += bodyBreak(E.Target.Offset);
      break;
    case Piece::Kind::Comments:
      for (const std::string &Comment :
           commentsIn(Text.slice(Part.Source.Offset, Part.Source.end())))
        Out += Comment + LineEnd + indentation(E.Target.Offset);
      break;
    }
  return Out;
}

/// From the brace before \p Offset to where a first statement begins: on the
/// same line if the block's code does.
std::string FileRenderer::bodyBreak(size_t Offset) const {
  size_t End = Text.find('\n', Offset);
  size_t First = Text.find_first_not_of(" \t\r\n", Offset);
  if (First == llvm::StringRef::npos || First < End)
    return " ";
  bool Statement = Text[First] != '}' && Text[First] != '#';
  return LineEnd +
         (Statement ? indentation(First) : indentation(Offset) + "  ");
}

std::string FileRenderer::indentation(size_t Offset) const {
  size_t Line = Text.rfind('\n', Offset ? Offset - 1 : 0);
  Line = Line == llvm::StringRef::npos ? 0 : Line + 1;
  return Text.slice(Line, Text.find_first_not_of(" \t", Line)).str();
}
