//===- ParameterNumbers.cpp - Attributes that count parameters -*- C++
//-*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/facts/ParameterNumbers.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclCXX.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Lexer.h"

using namespace clang;
using namespace unsingleton;

/// The numbers that \p A is written with, in that order.
static std::vector<unsigned> numbersOf(const Attr *A) {
  std::vector<unsigned> Result;
  auto Add = [&](const ParamIdx &Index) {
    if (Index.isValid())
      Result.push_back(Index.getSourceIndex());
  };
  if (const auto *Format = dyn_cast<FormatAttr>(A))
    Result = {static_cast<unsigned>(Format->getFormatIdx()),
              static_cast<unsigned>(Format->getFirstArg())};
  else if (const auto *Argument = dyn_cast<FormatArgAttr>(A))
    Add(Argument->getFormatIdx());
  else if (const auto *NonNull = dyn_cast<NonNullAttr>(A))
    llvm::for_each(NonNull->args(), Add);
  else if (const auto *Owner = dyn_cast<OwnershipAttr>(A))
    llvm::for_each(Owner->args(), Add);
  else if (const auto *Align = dyn_cast<AllocAlignAttr>(A))
    Add(Align->getParamIndex());
  else if (const auto *Size = dyn_cast<AllocSizeAttr>(A)) {
    Add(Size->getElemSizeParam());
    Add(Size->getNumElemsParam());
  }
  return Result;
}

/// The text that spells \p A: itself, or the expansion of the macro around it.
static CharSourceRange spelling(const Attr *A, const SourceManager &SM) {
  SourceRange Range = A->getRange();
  return Range.getBegin().isMacroID() ? SM.getExpansionRange(Range.getBegin())
                                      : CharSourceRange::getTokenRange(Range);
}

/// The integers in \p Text, by their places.
static std::vector<std::pair<SourceLocation, unsigned>>
integersIn(CharSourceRange Text, const SourceSpans &Spans) {
  std::vector<std::pair<SourceLocation, unsigned>> Result;
  auto [File, Offset] = Spans.SM.getDecomposedLoc(Text.getBegin());
  llvm::StringRef Bytes = Spans.SM.getBufferData(File);
  Lexer Raw(Spans.SM.getLocForStartOfFile(File), Spans.LO, Bytes.begin(),
            Bytes.begin() + Offset, Bytes.end());
  Token Next;
  for (Raw.LexFromRawLexer(Next);
       Next.isNot(tok::eof) && Next.getLocation() <= Text.getEnd();
       Raw.LexFromRawLexer(Next)) {
    unsigned Value = 0;
    if (Next.is(tok::numeric_constant) &&
        !llvm::StringRef(Next.getLiteralData(), Next.getLength())
             .getAsInteger(0, Value))
      Result.push_back({Next.getLocation(), Value});
  }
  return Result;
}

void unsingleton::parameterNumbers(const FunctionDecl *F, SymbolIndex Symbol,
                                   SourceSpans &Spans,
                                   UnitFactsBuilder &Facts) {
  const auto *M = dyn_cast<CXXMethodDecl>(F);
  unsigned This = M && M->isInstance() ? 1 : 0;
  for (const Attr *A : F->attrs()) {
    if (A->isInherited() || A->isImplicit() || A->getRange().isInvalid())
      continue;
    std::vector<unsigned> Meant = numbersOf(A);
    auto Written = integersIn(spelling(A, Spans.SM), Spans);
    bool Same = llvm::equal(Meant, Written, [](unsigned Value, auto &Found) {
      return Value == Found.second;
    });
    for (size_t I = 0; I < Meant.size(); ++I) {
      if (Meant[I] <= This) // the object, or none
        continue;
      EditableSpan Where = Same ? Spans.tokens(SourceRange(Written[I].first))
                                : Spans.tokens(A->getRange());
      ParameterNumberFact Fact;
      Fact.Function = Symbol;
      Fact.Where = Where.Where;
      Fact.Value = Meant[I];
      Fact.State =
          Same || !Where.editable() ? Where.State : Editability::NotContiguous;
      Fact.Macro = Where.Macro;
      Facts.add(Fact);
    }
  }
}
