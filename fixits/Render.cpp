//===- Render.cpp - From edits to new text -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "fixits/Render.h"
#include "fixits/FileRenderer.h"
#include "fixits/IncludeEdits.h"
#include "llvm/ADT/StringExtras.h"
#include <optional>

using namespace unsingleton;
using clang::tooling::Replacement;
using clang::tooling::Replacements;

uint32_t ChangedFile::offsetBefore(unsigned Line, unsigned Column) const {
  // Formatting moves nothing but white space: the same count of other
  // characters leads to the same place in the unformatted text.
  auto Visible = [](char C) { return !llvm::isSpace(C); };
  llvm::StringRef New = After;
  size_t At = 0;
  for (unsigned I = 1; I < Line && At < New.size(); ++I)
    At = std::min(New.find('\n', At), New.size() - 1) + 1;
  At = std::min(At + (Column ? Column - 1 : 0), New.size());
  size_t Count =
      static_cast<size_t>(llvm::count_if(New.take_front(At), Visible));
  size_t Old = 0; // how far Before is read
  auto Pass = [&](llvm::StringRef Kept, bool IsOld) {
    for (char C : Kept) {
      if (Visible(C) && Count-- == 0)
        return true;
      Old += IsOld;
    }
    return false;
  };
  for (const TextChange &Change : Changes) {
    if (Pass(llvm::StringRef(Before).slice(Old, Change.Offset), true))
      return static_cast<uint32_t>(Old);
    if (Pass(Change.Text, false))
      return Change.Offset;
    Old = Change.Offset + Change.Length;
  }
  Pass(llvm::StringRef(Before).substr(Old), true);
  return static_cast<uint32_t>(Old);
}

std::vector<uint32_t> ChangedFile::offsetsBefore() const {
  std::vector<uint32_t> Visible; // of each character that is no white space
  uint32_t Old = 0;
  auto Keep = [&](size_t End) {
    for (; Old < End; ++Old)
      if (!llvm::isSpace(Before[Old]))
        Visible.push_back(Old);
  };
  for (const TextChange &Change : Changes) {
    Keep(Change.Offset);
    for (char C : Change.Text)
      if (!llvm::isSpace(C))
        Visible.push_back(Change.Offset);
    Old = Change.Offset + Change.Length;
  }
  Keep(Before.size());
  auto End = static_cast<uint32_t>(Before.size());
  std::vector<uint32_t> Result;
  size_t Seen = 0;
  for (char C : After) {
    Result.push_back(Seen < Visible.size() ? Visible[Seen] : End);
    Seen += !llvm::isSpace(C);
  }
  return Seen == Visible.size() ? Result : std::vector<uint32_t>();
}

/// Whether references are mostly declared as `T &x` in \p Text.
static bool leansRight(llvm::StringRef Text) {
  auto Word = [](char C) { return llvm::isAlnum(C) || C == '_' || C == '>'; };
  int Right = 0;
  for (size_t I = 1; I + 2 < Text.size(); ++I) {
    if (Text[I] == '&' && I >= 2 && Text[I - 1] == ' ' && Word(Text[I - 2]))
      Right += llvm::isAlpha(Text[I + 1]) || Text[I + 1] == '_';
    else if (Text[I] == '&' && Word(Text[I - 1]) && Text[I + 1] == ' ')
      Right -= llvm::isAlpha(Text[I + 2]) || Text[I + 2] == '_';
  }
  return Right > 0;
}

namespace {
class Renderer {
public:
  Renderer(const Program &P, const Plan &Planned,
           llvm::function_ref<llvm::Expected<std::string>(FileIndex)> TextOf)
      : P(P), Planned(Planned), TextOf(TextOf) {}

  llvm::Expected<Rendering> run() {
    for (const Edit &E : Planned.Edits)
      ByFile[E.Target.File].push_back(&E);
    for (const auto &[File, Headers] : Planned.Includes)
      ByFile[File];
    for (const auto &[File, Edits] : ByFile)
      if (llvm::Error E = load(File))
        return std::move(E);
    for (const Edit &E : Planned.Edits)
      for (const Piece &Part : E.With)
        if (Part.What == Piece::Kind::Copy)
          if (llvm::Error Problem = load(Part.Source.File))
            return std::move(Problem);
    Rendering Result;
    for (const auto &[File, Edits] : ByFile) {
      llvm::Expected<ChangedFile> Changed = one(File, Edits, Result);
      if (!Changed)
        return Changed.takeError();
      if (Changed->Before != Changed->After)
        Result.Files.push_back(std::move(*Changed));
    }
    llvm::sort(Result.Files, [](const ChangedFile &A, const ChangedFile &B) {
      return A.Path < B.Path;
    });
    return Result;
  }

private:
  llvm::Error load(FileIndex File) {
    if (Texts.count(File))
      return llvm::Error::success();
    llvm::Expected<std::string> Text = TextOf(File);
    if (!Text)
      return Text.takeError();
    Texts[File] = std::move(*Text);
    return llvm::Error::success();
  }

  /// The text of \p Source with the edits that lie inside it.
  std::string copyOf(Span Source) {
    llvm::StringRef Text = Texts[Source.File];
    std::string Out;
    uint32_t At = Source.Offset;
    for (const auto &[Where, New] : editsInside(Source)) {
      Out += Text.slice(At, Where.Offset);
      Out += New;
      At = Where.end();
    }
    Out += Text.slice(At, Source.end());
    return Out;
  }

  std::vector<std::pair<Span, std::string>> editsInside(Span Source) {
    std::vector<const Edit *> Inside;
    for (const Edit *E : ByFile[Source.File]) {
      bool Proper =
          E->Target.Length < Source.Length || E->Target.Offset != Source.Offset;
      if (Proper && E->Target.Offset >= Source.Offset &&
          E->Target.end() <= Source.end() && E->Target.Offset < Source.end())
        Inside.push_back(E);
    }
    std::vector<std::pair<const Edit *, const Edit *>> Ignored;
    auto Copy = [&](Span S) { return copyOf(S); };
    return FileRenderer(Texts[Source.File], std::move(Inside), Copy)
        .replacements(Ignored);
  }

  llvm::Expected<ChangedFile> one(FileIndex File,
                                  const std::vector<const Edit *> &Edits,
                                  Rendering &Result) {
    ChangedFile Changed;
    Changed.Path = P.file(File).Path;
    Changed.Before = Texts[File];
    Changed.Edits = static_cast<unsigned>(Edits.size());
    std::vector<std::pair<const Edit *, const Edit *>> Conflicts;
    auto Copy = [&](Span S) { return copyOf(S); };
    // Where nothing says how the project is formatted, the file shows it.
    bool Right = !style(Changed) && leansRight(Changed.Before);
    FileRenderer Renderer(Changed.Before, Edits, Copy, Right);
    std::vector<std::pair<Span, std::string>> Made =
        Renderer.replacements(Conflicts);
    llvm::append_range(Made, backslashPadding(Changed.Before, Made));
    Replacements All;
    for (const auto &[Where, New] : Made)
      addEdit(All, Replacement(Changed.Path, Where.Offset, Where.Length, New));
    for (auto [First, Second] : Conflicts)
      Result.Conflicts.push_back({File, First->Groups, Second->Groups});
    // Includes go in last and are not formatted: what stands next to them is
    // no business of ours.
    llvm::Expected<std::string> After = formatted(Changed, All);
    if (!After)
      return After.takeError();
    std::optional<clang::format::FormatStyle> Style = style(Changed);
    auto Includes = [&](llvm::StringRef Text) {
      auto Needed = Planned.Includes.find(File);
      return Needed == Planned.Includes.end()
                 ? Replacements()
                 : includeEdits(Changed.Path, Text, Needed->second, Style);
    };
    for (const Replacement &R : Includes(Changed.Before))
      addEdit(All, R);
    for (const Replacement &R : All)
      Changed.Changes.push_back(
          {R.getOffset(), R.getLength(), R.getReplacementText().str()});
    llvm::Expected<std::string> Whole =
        clang::tooling::applyAllReplacements(*After, Includes(*After));
    if (!Whole)
      return Whole.takeError();
    Changed.After =
        sortedIncludes(Changed.Path, Changed.Before, std::move(*Whole), Style);
    return Changed;
  }

  std::optional<clang::format::FormatStyle> style(const ChangedFile &File) {
    llvm::Expected<clang::format::FormatStyle> Style =
        clang::format::getStyle("file", File.Path, "none", File.Before);
    if (!Style) {
      llvm::consumeError(Style.takeError());
      return std::nullopt;
    }
    if (Style->DisableFormat)
      return std::nullopt;
    return *Style;
  }

  llvm::Expected<std::string> formatted(const ChangedFile &Changed,
                                        const Replacements &All) {
    std::optional<clang::format::FormatStyle> Style = style(Changed);
    if (!Style)
      return clang::tooling::applyAllReplacements(Changed.Before, All);
    // Where includes stand is the project's business; we add, never sort.
    Style->SortIncludes = {};
    llvm::Expected<Replacements> Formatted =
        clang::format::formatReplacements(Changed.Before, All, *Style);
    if (!Formatted)
      return Formatted.takeError();
    return clang::tooling::applyAllReplacements(Changed.Before, *Formatted);
  }

  const Program &P;
  const Plan &Planned;
  llvm::function_ref<llvm::Expected<std::string>(FileIndex)> TextOf;
  std::map<FileIndex, std::vector<const Edit *>> ByFile;
  std::map<FileIndex, std::string> Texts;
};
} // namespace

llvm::Expected<Rendering> unsingleton::render(
    const Program &P, const Plan &Planned,
    llvm::function_ref<llvm::Expected<std::string>(FileIndex)> TextOf) {
  return Renderer(P, Planned, TextOf).run();
}
