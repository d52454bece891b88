//===- PlanFile.cpp - A fix for clang-tidy to apply -------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "fixits/PlanFile.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/xxhash.h"

using namespace llvm;

namespace unsingleton {

std::string planDigest(StringRef Text) {
  return utohexstr(xxh3_64bits(Text), true, 16);
}

static Error wrong(const Twine &Text) {
  return createStringError(inconvertibleErrorCode(), Text);
}

Expected<std::string> planFileText(StringRef Root,
                                   const std::vector<PlannedFile> &Files) {
  json::Array Array;
  for (const PlannedFile &File : Files) {
    json::Array Changes;
    for (const TextChange &Change : File.Changes) {
      if (!json::isUTF8(Change.Text))
        return wrong("'" + File.Path +
                     "' is not UTF-8 where it changes, which "
                     "JSON cannot say; use 'fix'");
      Changes.push_back(
          json::Object{{"offset", static_cast<int64_t>(Change.Offset)},
                       {"length", static_cast<int64_t>(Change.Length)},
                       {"text", Change.Text}});
    }
    StringRef Relative = File.Path;
    if (Relative.consume_front(Root))
      Relative.consume_front("/");
    Array.push_back(json::Object{{"path", Relative},
                                 {"digest", File.Digest},
                                 {"changes", std::move(Changes)}});
  }
  json::Object Whole{
      {"version", 1}, {"root", Root}, {"files", std::move(Array)}};
  return formatv("{0:2}", json::Value(std::move(Whole))).str() + "\n";
}

/// Whether \p Changes can be applied: in order, none into another.
static bool areDisjoint(ArrayRef<TextChange> Changes) {
  uint64_t End = 0;
  for (const TextChange &Change : Changes) {
    if (Change.Offset < End)
      return false;
    End = uint64_t(Change.Offset) + Change.Length;
  }
  return true;
}

static std::optional<PlannedFile> fileOf(const json::Value &V, StringRef Root) {
  const json::Object *O = V.getAsObject();
  std::optional<StringRef> Path = O ? O->getString("path") : std::nullopt;
  std::optional<StringRef> Digest = O ? O->getString("digest") : std::nullopt;
  const json::Array *Changes = O ? O->getArray("changes") : nullptr;
  if (!Path || !Digest || !Changes)
    return std::nullopt;
  SmallString<256> Whole(*Path);
  if (!sys::path::is_absolute(Whole)) {
    Whole = Root;
    sys::path::append(Whole, *Path);
  }
  PlannedFile File{std::string(Whole), Digest->str(), {}};
  constexpr int64_t Most = 0xffffffff;
  for (const json::Value &Entry : *Changes) {
    const json::Object *C = Entry.getAsObject();
    std::optional<int64_t> At = C ? C->getInteger("offset") : std::nullopt;
    std::optional<int64_t> Length = C ? C->getInteger("length") : std::nullopt;
    std::optional<StringRef> Text = C ? C->getString("text") : std::nullopt;
    if (!At || !Length || !Text || *At < 0 || *Length < 0 || *At > Most ||
        *Length > Most)
      return std::nullopt;
    File.Changes.push_back({static_cast<unsigned>(*At),
                            static_cast<unsigned>(*Length), Text->str()});
  }
  if (!areDisjoint(File.Changes))
    return std::nullopt;
  return File;
}

Expected<std::vector<PlannedFile>> readPlanFile(StringRef Path) {
  std::string While = ("while reading plan file '" + Path + "': ").str();
  ErrorOr<std::unique_ptr<MemoryBuffer>> Text = MemoryBuffer::getFile(Path);
  if (!Text)
    return wrong(While + Text.getError().message());
  Expected<json::Value> Json = json::parse((*Text)->getBuffer());
  if (!Json)
    return wrong(While + "it is no JSON: " + toString(Json.takeError()));
  const json::Object *O = Json->getAsObject();
  if (!O || O->getInteger("version") != 1)
    return wrong(While + "it is none of version 1; write it with 'unsingleton "
                         "plan --plan-file'");
  std::optional<StringRef> Root = O->getString("root");
  const json::Array *Files = O->getArray("files");
  if (!Root || !Files)
    return wrong(While + "it has no 'root' or no 'files'");
  std::vector<PlannedFile> Result;
  for (const json::Value &V : *Files) {
    std::optional<PlannedFile> File = fileOf(V, *Root);
    if (!File)
      return wrong(While + "entry " + Twine(Result.size() + 1) +
                   " of 'files' is no list of changes");
    Result.push_back(std::move(*File));
  }
  return Result;
}

} // namespace unsingleton
