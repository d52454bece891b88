//===- SuppressionScan.cpp - NOLINT comments of a file --------------------===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/facts/SuppressionScan.h"
#include "checks/facts/Compat.h"
#include "llvm/ADT/StringExtras.h"
#include <optional>
#include <string_view>

using namespace llvm;

namespace unsingleton {

namespace {
constexpr StringLiteral Word = "NOLINT";

/// The next directive's word. Every file of every unit is searched, and
/// memchr, which this comes to, is several times as fast as StringRef::find.
size_t findWord(StringRef Text, size_t From) {
  return std::string_view(Text).find(std::string_view(Word), From);
}

/// Lines of one file, counted from where they were last asked for.
class LineCounter {
public:
  explicit LineCounter(StringRef Text) : Text(Text) {}

  Span span(FileIndex File, size_t Begin, size_t End) {
    if (Begin < Counted)
      Line -= static_cast<uint32_t>(Text.slice(Begin, Counted).count('\n'));
    else
      Line += static_cast<uint32_t>(Text.slice(Counted, Begin).count('\n'));
    Counted = Begin;
    size_t Start = lineStart(Begin);
    return {File, static_cast<uint32_t>(Begin),
            static_cast<uint32_t>(End - Begin), Line,
            static_cast<uint32_t>(Begin - Start + 1)};
  }
  size_t lineStart(size_t Of) const { return Text.rfind('\n', Of) + 1; }
  size_t lineEnd(size_t Of) const {
    return std::min(Text.find('\n', Of), Text.size());
  }

private:
  StringRef Text;
  size_t Counted = 0;
  uint32_t Line = 1;
};

std::optional<SuppressionKind> kindOf(StringRef Directive) {
  return StringSwitch<std::optional<SuppressionKind>>(Directive)
      .Case("NOLINT", SuppressionKind::Line)
      .Case("NOLINTNEXTLINE", SuppressionKind::NextLine)
      .Case("NOLINTBEGIN", SuppressionKind::Begin)
      .Case("NOLINTEND", SuppressionKind::End)
      .Default(std::nullopt);
}

std::string withoutBlanks(StringRef List) {
  SmallVector<StringRef, 4> Globs;
  List.split(Globs, ',');
  for (StringRef &Glob : Globs)
    Glob = Glob.trim();
  return join(Globs, ",");
}

/// Whether \p Rest, what stands on the line after a directive, says anything.
bool givesReason(StringRef Rest) {
  Rest = Rest.substr(0, Rest.find("*/"));
  Rest = Rest.substr(0, Rest.find(Word));
  return any_of(Rest, [](char C) { return isAlnum(C) || !isASCII(C); });
}

class Scan {
public:
  Scan(StringRef Text, FileIndex File, std::vector<SuppressionFact> &Out)
      : Text(Text), File(File), Lines(Text), Out(Out) {}

  void run() {
    size_t At = 0;
    while ((At = findWord(Text, At)) != StringRef::npos) {
      size_t End = At + Word.size();
      while (End < Text.size() && isAlpha(Text[End]))
        ++End;
      if (auto Kind = kindOf(Text.slice(At, End)))
        End = directive(*Kind, At, End);
      At = End;
    }
    llvm::append_range(Out, std::move(Open));
  }

private:
  /// Returns where the directive that begins \p At ends.
  size_t directive(SuppressionKind Kind, size_t At, size_t End) {
    SuppressionFact Fact;
    Fact.Kind = Kind;
    if (Text.substr(End).starts_with("(")) {
      size_t Close = Text.find_first_of("\n)", End);
      if (Close != StringRef::npos && Text[Close] == ')') {
        Fact.Listed = true;
        Fact.Checks = withoutBlanks(Text.slice(End + 1, Close));
        End = Close + 1;
      }
    }
    Fact.Where = Lines.span(File, At, End);
    size_t LineEnd = Lines.lineEnd(End);
    Fact.Reason = givesReason(Text.slice(End, LineEnd));
    if (Kind == SuppressionKind::Line)
      Fact.Covers = Lines.span(File, Lines.lineStart(At), LineEnd);
    else if (Kind == SuppressionKind::NextLine) {
      size_t Next = std::min(LineEnd + 1, Text.size());
      Fact.Covers = Lines.span(File, Next, Lines.lineEnd(Next));
    }
    add(std::move(Fact));
    return End;
  }

  void add(SuppressionFact Fact) {
    if (Fact.Kind == SuppressionKind::Begin) {
      Open.push_back(std::move(Fact));
      return;
    }
    bool Closes = Fact.Kind == SuppressionKind::End && !Open.empty() &&
                  Open.back().Listed == Fact.Listed &&
                  Open.back().Checks == Fact.Checks;
    if (!Closes) {
      Out.push_back(std::move(Fact));
      return;
    }
    SuppressionFact Block = std::move(Open.back());
    Open.pop_back();
    // What stands before the begin on its line is not in the block.
    Block.Covers = Lines.span(File, Block.Where.Offset + 1, Fact.Where.Offset);
    Out.push_back(std::move(Block));
  }

  StringRef Text;
  FileIndex File;
  LineCounter Lines;
  std::vector<SuppressionFact> &Out;
  std::vector<SuppressionFact> Open; ///< begins that have no end yet
};
} // namespace

void scanSuppressions(StringRef Text, FileIndex File,
                      std::vector<SuppressionFact> &Out) {
  if (findWord(Text, 0) != StringRef::npos) // most files hold none
    Scan(Text, File, Out).run();
}

} // namespace unsingleton
