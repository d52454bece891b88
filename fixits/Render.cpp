//===- Render.cpp - From edits to new text -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "fixits/Render.h"
#include "clang/Format/Format.h"
#include "clang/Tooling/Inclusions/HeaderIncludes.h"
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

namespace {
/// The text around a removal that goes with it: the rest of the lines, if the
/// removed span is all there is on them.
Span wholeLines(Span Target, llvm::StringRef Text) {
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

class FileRenderer {
public:
  FileRenderer(llvm::StringRef Text, std::vector<const Edit *> Edits,
               llvm::function_ref<std::string(Span)> CopyOf)
      : Text(Text), Edits(std::move(Edits)), CopyOf(CopyOf),
        LineEnd(Text.contains("\r\n") ? "\r\n" : "\n") {}

  /// The top-level replacements: edits inside others are left to copies.
  std::vector<std::pair<Span, std::string>>
  replacements(std::vector<std::pair<const Edit *, const Edit *>> &Conflicts) {
    std::vector<std::pair<Span, const Edit *>> Spans;
    for (const Edit *E : Edits)
      Spans.push_back({E->WholeLines ? wholeLines(E->Target, Text)
                       : E->Behind   ? behind(E->Target)
                                     : E->Target,
                       E});
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
      Result.push_back({Where, render(*E)});
      if (Where.Length) {
        Last = E;
        End = Where.end();
      }
    }
    return Result;
  }

private:
  /// Where whole lines go, the blank line after them goes too if what is before
  /// them already sets off the code that follows.
  void closeGaps(std::vector<std::pair<Span, const Edit *>> &Spans) const {
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

  Span behind(Span Target) const {
    size_t End = Text.find(';', Target.Offset);
    if (End != llvm::StringRef::npos)
      Target.Offset = static_cast<uint32_t>(End) + 1;
    return Target;
  }

  static bool sameTarget(const Span &A, const Span &B) {
    return A.Offset == B.Offset && A.Length == B.Length;
  }

  std::string render(const Edit &E) {
    std::string Out;
    for (const Piece &Part : E.With)
      switch (Part.What) {
      case Piece::Kind::Text:
        Out += Part.Text;
        break;
      case Piece::Kind::Copy:
        Out += CopyOf(Part.Source);
        break;
      case Piece::Kind::LineBreak:
        Out += LineEnd + indentation(E.Target.Offset);
        break;
      case Piece::Kind::BodyBreak:
        Out += bodyBreak(E.Target.Offset);
        break;
      }
    return Out;
  }

  /// From the brace before \p Offset to where a first statement begins: on the
  /// same line if the block's code does.
  std::string bodyBreak(size_t Offset) const {
    size_t End = Text.find('\n', Offset);
    size_t First = Text.find_first_not_of(" \t\r\n", Offset);
    if (First == llvm::StringRef::npos || First < End)
      return " ";
    bool Statement = Text[First] != '}' && Text[First] != '#';
    return LineEnd +
           (Statement ? indentation(First) : indentation(Offset) + "  ");
  }

  std::string indentation(size_t Offset) const {
    size_t Line = Text.rfind('\n', Offset ? Offset - 1 : 0);
    Line = Line == llvm::StringRef::npos ? 0 : Line + 1;
    return Text.slice(Line, Text.find_first_not_of(" \t", Line)).str();
  }

  llvm::StringRef Text;
  std::vector<const Edit *> Edits;
  llvm::function_ref<std::string(Span)> CopyOf;
  std::string LineEnd;
};

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
    FileRenderer Renderer(Changed.Before, Edits, Copy);
    Replacements All;
    for (auto &[Where, New] : Renderer.replacements(Conflicts)) {
      add(All, Replacement(Changed.Path, Where.Offset, Where.Length, New));
    }
    for (auto [First, Second] : Conflicts)
      Result.Conflicts.push_back({File, First->Groups, Second->Groups});
    // Includes go in last and are not formatted: what stands next to them is
    // no business of ours.
    llvm::Expected<std::string> After = formatted(Changed, All);
    if (!After)
      return After.takeError();
    for (const Replacement &R : includes(File, Changed, Changed.Before))
      add(All, R);
    for (const Replacement &R : All)
      Changed.Changes.push_back(
          {R.getOffset(), R.getLength(), R.getReplacementText().str()});
    llvm::Expected<std::string> Whole = clang::tooling::applyAllReplacements(
        *After, includes(File, Changed, *After));
    if (!Whole)
      return Whole.takeError();
    Changed.After = sorted(Changed, std::move(*Whole));
    return Changed;
  }

  /// Puts a new include into its place where the project keeps its includes
  /// sorted: where it does not, none but ours may move.
  std::string sorted(const ChangedFile &Changed, std::string Text) {
    std::optional<clang::format::FormatStyle> Style = style(Changed);
    auto Needed = [&](llvm::StringRef Of) {
      unsigned Size = static_cast<unsigned>(Of.size());
      return clang::format::sortIncludes(
          *Style, Of, {clang::tooling::Range(0, Size)}, Changed.Path);
    };
    if (!Style || !Needed(Changed.Before).empty())
      return Text;
    llvm::Expected<std::string> New =
        clang::tooling::applyAllReplacements(Text, Needed(Text));
    if (New)
      return std::move(*New);
    llvm::consumeError(New.takeError());
    return Text;
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

  /// Adds \p R to \p All; insertions at one place become one replacement.
  static void add(Replacements &All, const Replacement &R) {
    llvm::Error E = All.add(R);
    if (!E)
      return;
    llvm::consumeError(std::move(E));
    unsigned Shifted = All.getShiftedCodePosition(R.getOffset());
    All = All.merge(Replacements(Replacement(
        R.getFilePath(), Shifted, R.getLength(), R.getReplacementText())));
  }

  /// A file's first includes: after its guard, else before everything but a
  /// comment that a blank line sets off from the code.
  static Replacement firstIncludes(llvm::StringRef Path, llvm::StringRef Text,
                                   const std::set<std::string> &Headers) {
    llvm::StringRef End = Text.contains("\r\n") ? "\r\n" : "\n";
    llvm::StringRef Mark = "\xEF\xBB\xBF"; // a byte order mark stays first
    size_t At = Text.starts_with(Mark) ? Mark.size() : 0;
    bool Guarded = false;
    for (size_t Line = At; Line < Text.size();) {
      size_t Next = std::min(Text.find('\n', Line), Text.size() - 1) + 1;
      llvm::StringRef Trimmed = Text.slice(Line, Next).trim();
      Line = Next;
      if (Trimmed.starts_with("#pragma once") ||
          Trimmed.starts_with("#define")) {
        At = Line;
        Guarded = true;
        break;
      }
      bool Passed = Trimmed.empty() || Trimmed.starts_with("//") ||
                    Trimmed.starts_with("/*") || Trimmed.starts_with("*") ||
                    Trimmed.starts_with("#ifndef");
      if (!Passed)
        break;
      if (Trimmed.empty())
        At = Line;
    }
    std::string Lines;
    for (llvm::StringRef Header : Headers)
      Lines +=
          "#include " +
          (Header.starts_with("\"") ? Header.str() : "<" + Header.str() + ">") +
          End.str();
    if (Guarded && !Text.take_front(At).ends_with("\n"))
      Lines = End.str() + Lines;
    // Set off from the guard as the code was.
    if (Guarded && Text.substr(At).starts_with(End))
      At += End.size();
    if (!Text.substr(At).starts_with(End))
      Lines += End.str();
    return Replacement(Path, static_cast<unsigned>(At), 0, Lines);
  }

  /// What has to be inserted into \p Text for the headers of \p File.
  Replacements includes(FileIndex File, const ChangedFile &Changed,
                        llvm::StringRef Text) {
    Replacements Result;
    auto It = Planned.Includes.find(File);
    if (It == Planned.Includes.end())
      return Result;
    clang::format::FormatStyle Style =
        style(Changed).value_or(clang::format::getLLVMStyle());
    if (!Text.contains("#include") && !Text.contains("# include")) {
      add(Result, firstIncludes(Changed.Path, Text, It->second));
      return Result;
    }
    clang::tooling::HeaderIncludes Headers(Changed.Path, Text,
                                           Style.IncludeStyle);
    for (llvm::StringRef Header : It->second) {
      bool Quoted = Header.consume_front("\"") && Header.consume_back("\"");
      // Spelled the other way, it is the same header.
      std::string Other =
          (Quoted ? "<" : "\"") + Header.str() + (Quoted ? ">" : "\"");
      if (Text.contains("#include " + Other))
        continue;
      std::optional<Replacement> R =
          Headers.insert(Header, /*IsAngled=*/!Quoted,
                         clang::tooling::IncludeDirective::Include);
      if (!R)
        continue;
      std::string Line = R->getReplacementText().str();
      if (Text.contains("\r\n") && !llvm::StringRef(Line).contains("\r\n"))
        for (size_t At = 0; (At = Line.find('\n', At)) != std::string::npos;
             At += 2)
          Line.insert(At, "\r");
      add(Result,
          Replacement(Changed.Path, R->getOffset(), R->getLength(), Line));
    }
    return Result;
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
