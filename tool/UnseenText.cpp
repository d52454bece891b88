//===- UnseenText.cpp - Text that no unit compiles -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "tool/UnseenText.h"
#include "tool/WorkTree.h"
#include "tool/since/TreeChanges.h"
#include "clang/Lex/Lexer.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/xxhash.h"

using namespace clang;
using namespace llvm;

namespace unsingleton {

static std::unique_ptr<MemoryBuffer> bytesOf(const std::string &Path) {
  if (!sys::fs::is_regular_file(Path))
    return nullptr; // a pipe would be waited for
  ErrorOr<std::unique_ptr<MemoryBuffer>> Text =
      MemoryBuffer::getFile(Path, /*IsText=*/false,
                            /*RequiresNullTerminator=*/true,
                            /*IsVolatile=*/true);
  return Text ? std::move(*Text) : nullptr;
}

/// As every branch does, and no argument.
static bool startsDirective(StringRef Text) {
  return Text.starts_with("#") || Text.starts_with("%:");
}

UnseenText::UnseenText(Why Reason, std::string Path, FileIndex File,
                       std::vector<Range> Ranges)
    : Reason(Reason), Path(std::move(Path)), File(File),
      Ranges(std::move(Ranges)) {
  Content Whole = content();
  if (Whole.Bytes)
    for (Range &R : this->Ranges)
      R.Branch = startsDirective(Whole.Bytes->getBuffer().drop_front(R.Begin));
  for (const Token &T : Whole.Tokens)
    if (T.Word)
      Words.push_back(xxh3_64bits(T.Text));
  sort(Words);
  Words.erase(llvm::unique(Words), Words.end());
  Words.shrink_to_fit();
}

UnseenText::Content UnseenText::content() const {
  Content Whole{bytesOf(Path), {}};
  if (!Whole.Bytes)
    return Whole;
  LangOptions Language;
  Language.CPlusPlus = Language.CPlusPlus11 = Language.CPlusPlus20 = true;
  Language.LineComment = Language.Digraphs = true;
  StringRef Text = Whole.Bytes->getBuffer();
  Lexer Raw(SourceLocation(), Language, Text.begin(), Text.begin(), Text.end());
  clang::Token Next;
  while (true) {
    Raw.LexFromRawLexer(Next);
    if (Next.is(tok::eof))
      return Whole;
    unsigned End = static_cast<unsigned>(Raw.getBufferLocation() - Text.data());
    unsigned Begin = End - Next.getLength();
    Whole.Tokens.push_back(
        {Text.slice(Begin, End), Begin, Next.is(tok::raw_identifier)});
  }
}

bool UnseenText::names(StringRef Word) const {
  return std::binary_search(Words.begin(), Words.end(), xxh3_64bits(Word));
}

bool UnseenText::covers(unsigned Offset) const {
  return Ranges.empty() || any_of(Ranges, [&](const Range &R) {
           return R.Begin <= Offset && Offset < R.End;
         });
}

unsigned UnseenText::line(unsigned Offset) const {
  std::unique_ptr<MemoryBuffer> Bytes = bytesOf(Path);
  return Bytes ? static_cast<unsigned>(
                     Bytes->getBuffer().take_front(Offset).count('\n')) +
                     1
               : 1;
}

/// What git knows below \p Root or would take up, without what it ignores; not
/// if it knows nothing of what was analysed.
static std::optional<std::vector<std::string>>
filesOfGit(const std::string &Root, const StringSet<> &Analysed) {
  std::optional<std::string> Listed = git(
      Root, {"ls-files", "-z", "--cached", "--others", "--exclude-standard"});
  if (!Listed)
    return std::nullopt;
  std::vector<std::string> Files;
  bool Known = false;
  SmallVector<StringRef, 0> Names;
  StringRef(*Listed).split(Names, '\0', -1, /*KeepEmpty=*/false);
  for (StringRef Name : Names) {
    SmallString<256> Path(Root);
    sys::path::append(Path, Name);
    Known |= Analysed.contains(Path);
    Files.push_back(std::string(Path));
  }
  if (!Known)
    return std::nullopt;
  return Files;
}

/// A folder that a build has made.
static bool isBuild(StringRef Folder) {
  SmallString<256> Cache(Folder);
  sys::path::append(Cache, "CMakeCache.txt");
  return sys::fs::exists(Cache);
}

static std::vector<std::string> filesBelow(const std::string &Root) {
  std::vector<std::string> Files;
  std::error_code Error;
  for (sys::fs::recursive_directory_iterator At(Root, Error, false), End;
       At != End && !Error; At.increment(Error)) {
    if (At->type() != sys::fs::file_type::directory_file)
      Files.push_back(At->path());
    else if (isBuild(At->path()) ||
             sys::path::filename(At->path()).starts_with("."))
      At.no_push();
  }
  return Files;
}

/// Whether a folder between \p Root and \p Path is a build's.
static bool isBuilt(StringRef Path, StringRef Root, StringMap<bool> &Known) {
  for (StringRef Folder = sys::path::parent_path(Path);
       Folder.size() > Root.size(); Folder = sys::path::parent_path(Folder)) {
    auto [It, New] = Known.try_emplace(Folder);
    if (New)
      It->second = isBuild(Folder);
    if (It->second)
      return true;
  }
  return false;
}

/// Below \p Root, outside of hidden folders.
static bool mayBeCode(StringRef Path, StringRef Root) {
  if (Path.drop_front(Root.size()).contains("/."))
    return false;
  Path.consume_back(".in");
  return isCppName(Path) || is_contained({".cu", ".cuh", ".m", ".mm", ".inc"},
                                         sys::path::extension(Path));
}

/// What none of the pieces, sorted by offset, covers.
static std::vector<UnseenText::Range> gaps(ArrayRef<Span> Read, unsigned Size) {
  std::vector<UnseenText::Range> Result;
  unsigned Begin = 0;
  for (const Span &Piece : Read) {
    if (Begin < Piece.Offset)
      Result.push_back({Begin, Piece.Offset});
    Begin = std::max(Begin, Piece.end());
  }
  if (Begin < Size)
    Result.push_back({Begin, Size});
  return Result;
}

static void addSkipped(const Program &P, std::vector<UnseenText> &Texts) {
  ArrayRef<ReadTextFact> Read = P.all<ReadTextFact>();
  while (!Read.empty()) {
    FileIndex File = Read.front().Where.File;
    std::vector<Span> Pieces;
    for (; !Read.empty() && Read.front().Where.File == File;
         Read = Read.drop_front())
      Pieces.push_back(Read.front().Where);
    std::vector<UnseenText::Range> Skipped = gaps(Pieces, P.file(File).Size);
    if (!Skipped.empty())
      Texts.emplace_back(UnseenText::Why::Skipped, P.file(File).Path, File,
                         std::move(Skipped));
  }
}

std::vector<UnseenText>
unseenTexts(const Program &P, const std::string &Root,
            const std::function<bool(const std::string &)> &Ours) {
  std::vector<UnseenText> Texts;
  StringSet<> Accounted;
  for (const FileFact &File : P.files())
    Accounted.insert(File.Path);
  for (const LinkedUnit &Unit : P.units())
    if (!Unit.Errors.empty() && Accounted.insert(Unit.MainFile).second)
      Texts.emplace_back(sys::fs::exists(Unit.MainFile)
                             ? UnseenText::Why::FailedUnit
                             : UnseenText::Why::Missing,
                         Unit.MainFile);
  addSkipped(P, Texts);
  std::optional<std::vector<std::string>> Files = filesOfGit(Root, Accounted);
  StringMap<bool> Builds;
  for (std::string &Path : Files ? *Files : filesBelow(Root)) {
    SmallString<256> Real;
    if (!mayBeCode(Path, Root) || isBuilt(Path, Root, Builds) ||
        sys::fs::real_path(Path, Real) || !Ours(std::string(Real)) ||
        !Accounted.insert(Real).second)
      continue;
    Texts.emplace_back(UnseenText::Why::NoUnit, std::string(Real));
  }
  sort(Texts, [](const UnseenText &A, const UnseenText &B) {
    return std::tie(A.Path, A.Reason) < std::tie(B.Path, B.Reason);
  });
  return Texts;
}

} // namespace unsingleton
