//===- Excerpts.cpp - Source lines for a report -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "tool/html/Excerpts.h"
#include "tool/DurableFile.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/xxhash.h"

using namespace llvm;

namespace unsingleton {

static constexpr size_t LinesAround = 4;
/// What is longer was not written by a person.
static constexpr size_t LongestLine = 400;

/// As much of \p Line as is shown; never half a UTF-8 sequence.
static std::string shownLine(StringRef Line) {
  Line = Line.rtrim("\r");
  if (Line.size() <= LongestLine)
    return json::fixUTF8(Line);
  size_t End = LongestLine;
  while (End && (static_cast<unsigned char>(Line[End]) & 0xC0) == 0x80)
    --End;
  return json::fixUTF8(Line.take_front(End)) + "\u2026";
}

Excerpts::Source *Excerpts::load(FileIndex File) {
  auto [It, New] = Sources.try_emplace(File);
  Source &S = It->second;
  if (!New)
    return &S;
  const FileFact &Fact = Input.Linked.file(File);
  Expected<std::string> Text = readBytes(Fact.Path);
  if (!Text) {
    consumeError(Text.takeError());
    Changed.insert(Input.Of.shown(Fact.Path));
    return &S;
  }
  if (utohexstr(xxh3_64bits(StringRef(*Text)), true, 16) != Fact.Digest) {
    Changed.insert(Input.Of.shown(Fact.Path));
    return &S;
  }
  S.Text = std::move(*Text);
  SmallVector<StringRef, 0> Lines;
  StringRef(S.Text).split(Lines, '\n');
  S.Lines.assign(Lines.begin(), Lines.end());
  return &S;
}

void Excerpts::add(const Span &Where) {
  if (!Where.valid() || !Where.Line)
    return;
  Source &S = *load(Where.File);
  if (Where.Line > S.Lines.size())
    return;
  size_t At = Where.Line - 1;
  size_t Begin = At - std::min(At, LinesAround);
  size_t End = std::min(At + LinesAround + 1, S.Lines.size());
  size_t Cost = 0;
  for (size_t I = Begin; I < End; ++I)
    if (!S.Wanted.count(I))
      Cost += shownLine(S.Lines[I]).size() + 1;
  if (Cost > Left) {
    ++LeftOut;
    return;
  }
  Left -= Cost;
  for (size_t I = Begin; I < End; ++I)
    S.Wanted.insert(I);
}

json::Object Excerpts::json() const {
  json::Object Result;
  for (const auto &[File, S] : Sources) {
    json::Array Parts;
    json::Array Lines;
    size_t First = 0, Next = 0;
    auto Close = [&] {
      if (!Lines.empty())
        Parts.push_back(json::Object{{"line", static_cast<int64_t>(First + 1)},
                                     {"text", std::exchange(Lines, {})}});
    };
    for (size_t I : S.Wanted) {
      if (I != Next || Lines.empty()) {
        Close();
        First = I;
      }
      Lines.push_back(shownLine(S.Lines[I]));
      Next = I + 1;
    }
    Close();
    if (!Parts.empty())
      Result[json::fixUTF8(Input.Of.shown(Input.Linked.file(File).Path))] =
          std::move(Parts);
  }
  return Result;
}

} // namespace unsingleton
