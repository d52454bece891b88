//===- StoredUnit.cpp - A unit's facts as they are kept ---------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "tool/store/StoredUnit.h"
#include "tool/Config.h"
#include "tool/DurableFile.h"
#include "tool/store/Codec.h"
#include "clang/Basic/Version.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/xxhash.h"
#include "llvm/TargetParser/Host.h"

using namespace llvm;

namespace unsingleton {

static constexpr StringLiteral Magic = "unsingleton facts\n";

std::string unitKey(const UnitCommand &Command, const ExtractOptions &Options) {
  Writer W;
  // Everything but the warning flags: facts are extracted without them.
  UnitCommand Parsed = Command;
  Parsed.Warnings.clear();
  code(W, Parsed);
  code(W, Options);
  for (StringRef Variable :
       {"CPATH", "C_INCLUDE_PATH", "CPLUS_INCLUDE_PATH", "SDKROOT",
        "COMPILER_PATH", "GCC_EXEC_PREFIX", "CCC_OVERRIDE_OPTIONS"})
    W.text(sys::Process::GetEnv(Variable).value_or(""));
  // -march=native and its like mean this machine.
  if (any_of(Command.Arguments,
             [](StringRef Argument) { return Argument.ends_with("native"); }))
    W.text(sys::getHostCPUName());
  return digestOf(W.Bytes);
}

uint64_t factsFormat() {
  std::string All = UNSINGLETON_VERSION;
  All += clang::getClangFullVersion();
  describe<StoredUnit>(All);
  // Two builds of one version may find different facts.
  std::string Self = sys::fs::getMainExecutable(nullptr, nullptr);
  if (auto Bytes = MemoryBuffer::getFile(Self, /*IsText=*/false,
                                         /*RequiresNullTerminator=*/false))
    All += std::to_string(xxh3_64bits((*Bytes)->getBuffer()));
  return xxh3_64bits(All);
}

std::string encodeUnit(uint64_t Format, StringRef Key, const StoredUnit &Unit) {
  Writer Body;
  code(Body, Unit);
  Writer W;
  W.raw(Magic);
  W.digest(Format);
  W.text(Key);
  W.digest(xxh3_64bits(Body.Bytes));
  W.raw(Body.Bytes);
  return std::move(W.Bytes);
}

namespace {
/// Looks for a reference that leads nowhere.
struct Sound {
  size_t Symbols, Files;
  bool Ok = true;
  void operator()(const SymbolIndex &S) { Ok &= S == NoSymbol || S < Symbols; }
  void operator()(const Span &Where) {
    Ok &= Where.File == NoFile || Where.File < Files;
  }
};
} // namespace

bool isSound(const UnitFacts &Facts) {
  Sound Check{Facts.Symbols.size(), Facts.Files.size()};
  std::apply(
      [&](const auto &...Table) {
        (..., [&](const auto &Facts) {
          for (const auto &F : Facts)
            // `references` is for renumbering and so not const.
            const_cast<std::decay_t<decltype(F)> &>(F).references(Check);
        }(Table));
      },
      Facts.Tables);
  return Check.Ok && all_of(Facts.Reads, [&](FileIndex File) {
           return File < Facts.Files.size();
         });
}

/// Keys that a DenseMap has reserved for itself never come from a ledger.
static bool isSound(const BodyDealings &Bodies) {
  auto Usable = [](const std::vector<BodyKey> &Keys) {
    return all_of(Keys, [](BodyKey Key) { return Key < ~BodyKey(0) - 1; });
  };
  return Usable(Bodies.Read) && Usable(Bodies.Skipped) &&
         Usable(Bodies.Closed) && Usable(Bodies.SkippedClosed);
}

Decoded decodeUnit(StringRef Bytes, uint64_t Format, StringRef Key,
                   const SourceTree &Tree, StoredUnit &Out) {
  if (!Bytes.consume_front(Magic))
    return Decoded::Damaged;
  Reader Envelope(Bytes);
  uint64_t ItsFormat = 0;
  uint64_t Digest = 0;
  std::string ItsKey;
  Envelope.digest(ItsFormat);
  if (!Envelope.failed() && ItsFormat != Format)
    return Decoded::Foreign;
  Envelope.text(ItsKey);
  Envelope.digest(Digest);
  if (Envelope.failed() || ItsKey != Key ||
      xxh3_64bits(Envelope.rest()) != Digest)
    return Decoded::Damaged;
  // The trace first: most of what is not wanted is found out before the rest
  // is made.
  Reader Body(Envelope.rest());
  code(Body, Out.Trace);
  if (Body.failed())
    return Decoded::Damaged;
  if (!Tree.agrees(Out.Trace))
    return Decoded::Stale;
  code(Body, Out.Bodies);
  code(Body, Out.Facts);
  return Body.complete() && isSound(Out.Bodies) && isSound(Out.Facts)
             ? Decoded::Unit
             : Decoded::Damaged;
}

} // namespace unsingleton
