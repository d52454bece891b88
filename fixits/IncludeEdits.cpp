//===- IncludeEdits.cpp - Where new includes go -----------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "fixits/IncludeEdits.h"
#include "fixits/IncludePlaces.h"
#include "clang/Tooling/Inclusions/HeaderIncludes.h"

using namespace unsingleton;
using clang::tooling::Replacement;
using clang::tooling::Replacements;

void unsingleton::addEdit(Replacements &All, const Replacement &R) {
  llvm::Error E = All.add(R);
  if (!E)
    return;
  llvm::consumeError(std::move(E));
  unsigned Shifted = All.getShiftedCodePosition(R.getOffset());
  All = All.merge(Replacements(Replacement(
      R.getFilePath(), Shifted, R.getLength(), R.getReplacementText())));
}

static constexpr llvm::StringLiteral ByteOrderMark =
    "\xEF\xBB\xBF"; // stays first

/// Where the text after a `module;` begins, 0 if a global module fragment does
/// not open the file. Only comments may come before one.
static size_t afterFragmentStart(llvm::StringRef Text) {
  bool Comment = false;
  for (size_t Line = Text.starts_with(ByteOrderMark) ? ByteOrderMark.size() : 0;
       Line < Text.size();) {
    size_t Next = std::min(Text.find('\n', Line), Text.size() - 1) + 1;
    llvm::StringRef Trimmed = Text.slice(Line, Next).trim();
    Line = Next;
    Comment =
        (Comment || Trimmed.starts_with("/*")) && !Trimmed.ends_with("*/");
    if (Comment || Trimmed.empty() || Trimmed.starts_with("//") ||
        Trimmed.ends_with("*/"))
      continue;
    return Trimmed.consume_front("module") && Trimmed.ltrim().starts_with(";")
               ? Line
               : 0;
  }
  return 0;
}

/// A file's first includes: behind its guard, else before everything but a
/// comment that a blank line sets off from the code. In a module unit they are
/// the global module fragment, which comes before the module's declaration.
static Replacement firstIncludes(llvm::StringRef Path, llvm::StringRef Text,
                                 size_t Fragment, const IncludePlaces &Places,
                                 const std::set<std::string> &Headers) {
  llvm::StringRef End = Text.contains("\r\n") ? "\r\n" : "\n";
  bool Guarded = Places.Top != 0;
  size_t At = Fragment || Guarded               ? Fragment + Places.Top
              : Text.starts_with(ByteOrderMark) ? ByteOrderMark.size()
                                                : 0;
  bool Module = false;
  for (size_t Line = At; Line < Text.size() && !Fragment && !Guarded;) {
    size_t Next = std::min(Text.find('\n', Line), Text.size() - 1) + 1;
    llvm::StringRef Trimmed = Text.slice(Line, Next).trim();
    Line = Next;
    bool Passed = Trimmed.empty() || Trimmed.starts_with("//") ||
                  Trimmed.starts_with("/*") || Trimmed.starts_with("*");
    if (!Passed) {
      Trimmed.consume_front("export ");
      Module = Trimmed.starts_with("module ");
      break;
    }
    if (Trimmed.empty())
      At = Line;
  }
  std::string Lines = Module ? "module;" + End.str() : "";
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

Replacements unsingleton::includeEdits(
    llvm::StringRef Path, llvm::StringRef Text,
    const std::set<std::string> &Needed,
    const std::optional<clang::format::FormatStyle> &Project) {
  Replacements Result;
  clang::format::FormatStyle Style =
      Project.value_or(clang::format::getLLVMStyle());
  size_t Fragment = afterFragmentStart(Text);
  IncludePlaces Places = includePlaces(Text.drop_front(Fragment));
  if (!Text.contains("#include") && !Text.contains("# include")) {
    addEdit(Result, firstIncludes(Path, Text, Fragment, Places, Needed));
    return Result;
  }
  // Not every release of Clang keeps a new include behind `module;`, and none
  // looks for the others behind a condition or a macro.
  size_t Start = Fragment + Places.First.value_or(0);
  std::set<std::string> Unplaced;
  clang::tooling::HeaderIncludes Headers(Path, Text.substr(Start),
                                         Style.IncludeStyle);
  for (const std::string &Name : Needed) {
    llvm::StringRef Header = Name;
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
    if (!Places.First &&
        (R->getOffset() < Places.Top || Places.isConditional(R->getOffset()))) {
      Unplaced.insert(Name);
      continue;
    }
    std::string Line = R->getReplacementText().str();
    if (Text.contains("\r\n") && !llvm::StringRef(Line).contains("\r\n"))
      for (size_t At = 0; (At = Line.find('\n', At)) != std::string::npos;
           At += 2)
        Line.insert(At, "\r");
    addEdit(Result,
            Replacement(Path, static_cast<unsigned>(Start) + R->getOffset(),
                        R->getLength(), Line));
  }
  if (!Unplaced.empty())
    addEdit(Result, firstIncludes(Path, Text, Fragment, Places, Unplaced));
  return Result;
}

std::string unsingleton::sortedIncludes(
    llvm::StringRef Path, llvm::StringRef Before, std::string Text,
    const std::optional<clang::format::FormatStyle> &Style) {
  auto Needed = [&](llvm::StringRef Of) {
    unsigned Size = static_cast<unsigned>(Of.size());
    return clang::format::sortIncludes(*Style, Of,
                                       {clang::tooling::Range(0, Size)}, Path);
  };
  if (!Style || !Needed(Before).empty())
    return Text;
  llvm::Expected<std::string> New =
      clang::tooling::applyAllReplacements(Text, Needed(Text));
  if (New)
    return std::move(*New);
  llvm::consumeError(New.takeError());
  return Text;
}
