//===- SourceText.cpp - The lines that findings point at --------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "tool/report/SourceText.h"
#include "tool/report/LineHash.h"

using namespace llvm;

namespace unsingleton {

/// Lines end as clang ends them: in LF, CR or both.
static std::vector<StringRef> splitLines(StringRef Text) {
  std::vector<StringRef> Lines;
  while (true) {
    size_t End = Text.find_first_of("\r\n");
    Lines.push_back(Text.take_front(End));
    if (End == StringRef::npos)
      return Lines;
    Text = Text.drop_front(End);
    Text = Text.drop_front(Text.starts_with("\r\n") ? 2 : 1);
  }
}

SourceText::File &SourceText::file(FileIndex Index) {
  auto [At, New] = Files.try_emplace(Index);
  File &Found = At->second;
  if (!New)
    return Found;
  // Not mapped: an editor that saves while the report is written must not end
  // it.
  ErrorOr<std::unique_ptr<MemoryBuffer>> Text = MemoryBuffer::getFile(
      P.file(Index).Path, /*IsText=*/false,
      /*RequiresNullTerminator=*/false, /*IsVolatile=*/true);
  if (Text && (*Text)->getBufferSize() == P.file(Index).Size) {
    Found.Text = std::move(*Text);
    Found.Lines = splitLines(Found.Text->getBuffer());
  }
  return Found;
}

std::optional<StringRef> SourceText::line(const Span &Where) {
  if (!Where.valid() || !Where.Line)
    return std::nullopt;
  const File &In = file(Where.File);
  if (Where.Line > In.Lines.size())
    return std::nullopt;
  return In.Lines[Where.Line - 1];
}

static unsigned utf16Length(StringRef Text) {
  unsigned Length = 0;
  for (char C : Text) {
    auto Byte = static_cast<uint8_t>(C);
    // A character counts at its first byte; one of four bytes needs two units.
    Length += (Byte & 0xc0) != 0x80;
    Length += Byte >= 0xf0;
  }
  return Length;
}

std::optional<SourceText::Columns> SourceText::columns(const Span &Where) {
  std::optional<StringRef> Line = line(Where);
  if (!Line || !Where.Column || Where.Column - 1 > Line->size())
    return std::nullopt;
  StringRef Before = Line->take_front(Where.Column - 1);
  StringRef Marked =
      Line->drop_front(Where.Column - 1).take_front(Where.Length);
  unsigned Begin = utf16Length(Before) + 1;
  return Columns{Begin, Begin + utf16Length(Marked)};
}

std::string SourceText::lineHash(const Span &Where) {
  if (!line(Where))
    return {};
  File &In = file(Where.File);
  if (In.Hashes.empty())
    In.Hashes = lineHashes(In.Text->getBuffer());
  return Where.Line <= In.Hashes.size() ? In.Hashes[Where.Line - 1] : "";
}

} // namespace unsingleton
