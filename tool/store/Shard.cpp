//===- Shard.cpp - Facts that come from other machines ----------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "tool/store/Shard.h"
#include "tool/DurableFile.h"
#include "tool/store/Codec.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/xxhash.h"

using namespace llvm;

namespace unsingleton {

static constexpr StringLiteral Magic = "unsingleton shard\n";

static Error wrong(const Twine &Text) {
  return createStringError(inconvertibleErrorCode(), Text);
}

std::string encodeShard(uint64_t Format, const Shard &Part) {
  Writer Body;
  code(Body, Part);
  Writer W;
  W.raw(Magic);
  W.digest(Format);
  W.digest(xxh3_64bits(Body.Bytes));
  W.raw(Body.Bytes);
  return std::move(W.Bytes);
}

Expected<Shard> decodeShard(uint64_t Format, StringRef Bytes) {
  if (!Bytes.consume_front(Magic))
    return wrong("it is no part that 'unsingleton extract' has written");
  Reader Envelope(Bytes);
  uint64_t ItsFormat = 0;
  uint64_t Digest = 0;
  Envelope.digest(ItsFormat);
  if (!Envelope.failed() && ItsFormat != Format)
    return wrong("another version of unsingleton has written it; extract with "
                 "the same one");
  Envelope.digest(Digest);
  Shard Part;
  if (!Envelope.failed() && xxh3_64bits(Envelope.rest()) == Digest) {
    Reader Body(Envelope.rest());
    code(Body, Part);
    if (Body.complete() &&
        all_of(Part.Units, [](const UnitFacts &U) { return isSound(U); }))
      return Part;
  }
  return wrong("it is damaged or cut off; extract it again");
}

void moveTo(const std::string &Root, Shard &Part) {
  if (Root == Part.Root)
    return;
  const std::string Old = "@" + Part.Root + "/";
  const std::string New = "@" + Root + "/";
  auto Move = [&](std::string &Path) {
    if (Path == Part.Root || StringRef(Path).starts_with(Part.Root + "/"))
      Path.replace(0, Part.Root.size(), Root);
  };
  for (UnitFacts &Unit : Part.Units) {
    Move(Unit.MainFile);
    for (FileFact &File : Unit.Files)
      Move(File.Path);
    for (UnitError &E : Unit.Errors)
      Move(E.File);
    // The symbols of what only one file knows hold its path (SymbolName.h).
    for (std::string &Symbol : Unit.Symbols)
      for (size_t At = Symbol.find(Old); At != std::string::npos;
           At = Symbol.find(Old, At + New.size()))
        Symbol.replace(At, Old.size(), New);
  }
  Part.Options.Root = Root;
  for (std::string &Folder : Part.Options.Generated)
    Move(Folder);
  Part.Root = Root;
}

static Error checkParts(const std::string &Folder,
                        const std::vector<Shard> &Parts) {
  for (uint32_t I = 0; I < Parts.size(); ++I) {
    if (Parts[I].Count != Parts[0].Count ||
        Parts[I].Program != Parts[0].Program)
      return wrong("'" + Folder +
                   "' holds parts of different extractions; empty it and "
                   "extract again");
    if (Parts[I].Index != I + 1)
      return wrong("part " + Twine(I + 1) + " of " + Twine(Parts[I].Count) +
                   " is missing in '" + Folder + "'");
  }
  if (Parts.size() != Parts[0].Count)
    return wrong("part " + Twine(Parts.size() + 1) + " of " +
                 Twine(Parts[0].Count) + " is missing in '" + Folder + "'");
  return Error::success();
}

Expected<std::vector<Shard>> readShards(const std::string &Folder) {
  const uint64_t Format = factsFormat();
  std::vector<Shard> Parts;
  std::error_code EC;
  for (sys::fs::directory_iterator I(Folder, EC), End; !EC && I != End;
       I.increment(EC)) {
    StringRef Name = sys::path::filename(I->path());
    if (!Name.starts_with("shard-") || !Name.ends_with(".facts"))
      continue;
    Expected<std::string> Bytes = readBytes(I->path());
    if (!Bytes)
      return Bytes.takeError();
    Expected<Shard> Part = decodeShard(Format, *Bytes);
    if (!Part)
      return wrong("while reading '" + I->path() +
                   "': " + toString(Part.takeError()));
    Parts.push_back(std::move(*Part));
  }
  if (EC)
    return ioError("reading", Folder, EC);
  if (Parts.empty())
    return wrong("'" + Folder +
                 "' holds no facts; 'unsingleton extract -p BUILD -o DIR' "
                 "writes them");
  sort(Parts, [](const Shard &A, const Shard &B) {
    return std::tie(A.Count, A.Index) < std::tie(B.Count, B.Index);
  });
  if (Error E = checkParts(Folder, Parts))
    return std::move(E);
  return Parts;
}

/// The parts must speak of one state of the sources.
static Error checkSources(const std::vector<Shard> &Parts) {
  StringMap<StringRef> Digests;
  for (const Shard &Part : Parts)
    for (const UnitFacts &Unit : Part.Units)
      for (const FileFact &File : Unit.Files)
        if (auto [It, New] = Digests.try_emplace(File.Path, File.Digest);
            File.Ours && It->second != File.Digest)
          return wrong("the parts saw different contents of '" + File.Path +
                       "'; extract them all from one state of the sources");
  return Error::success();
}

/// Options but for where the files lie.
static std::string said(ExtractOptions Options) {
  Options.Root.clear();
  Options.Generated.clear();
  Writer W;
  code(W, Options);
  return std::move(W.Bytes);
}

Expected<Session> openShards(const CommandLine &Line) {
  Expected<std::vector<Shard>> Parts = readShards(Line.Facts);
  if (!Parts)
    return Parts.takeError();
  CommandLine WithRoot = Line;
  if (Line.Root.empty()) {
    WithRoot.Root = Parts->front().Root;
    if (!sys::fs::is_directory(WithRoot.Root))
      return wrong("the facts are of '" + WithRoot.Root +
                   "', which is not here; pass --root DIR");
  }
  SmallString<256> Root;
  if (std::error_code EC = sys::fs::real_path(WithRoot.Root, Root))
    return ioError("opening", WithRoot.Root, EC);
  Session S;
  S.Given.emplace();
  for (Shard &Part : *Parts) {
    moveTo(std::string(Root), Part);
    for (const UnitFacts &Unit : Part.Units)
      S.Units.push_back({{}, {}, Unit.MainFile, {}});
  }
  if (!Line.Root.empty() && none_of(S.Units, [](const UnitCommand &Unit) {
        return sys::fs::exists(Unit.File);
      }))
    return wrong("'--root': none of the sources in '" + Line.Facts +
                 "' lies below '" + Line.Root + "'");
  if (Error E = checkSources(*Parts))
    return std::move(E);
  Expected<Project> Of = openProject(WithRoot, S.Units);
  if (!Of)
    return Of.takeError();
  S.Of = std::move(*Of);
  for (Shard &Part : *Parts) {
    if (said(Part.Options) != said(S.Of.Extracting))
      return wrong("'" + Line.Facts +
                   "' was extracted with other options than '" + S.Of.Root +
                   "/.clang-tidy' has now; extract again");
    std::move(Part.Units.begin(), Part.Units.end(),
              std::back_inserter(*S.Given));
  }
  S.Of.Extracting = Parts->front().Options;
  return S;
}

} // namespace unsingleton
