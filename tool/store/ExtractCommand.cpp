//===- ExtractCommand.cpp - unsingleton extract -----------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "tool/DurableFile.h"
#include "tool/store/Shard.h"
#include "tool/store/UnitSource.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Support/xxhash.h"

using namespace llvm;

namespace unsingleton {

static uint64_t digestOfNames(const Session &S) {
  std::string Names;
  for (const UnitCommand &Unit : S.Units)
    Names += S.Of.shown(Unit.File) + "\n";
  return xxh3_64bits(Names);
}

Expected<int> runExtract(const CommandLine &Line) {
  Expected<Session> S = openSession(Line);
  if (!S)
    return S.takeError();
  if (std::error_code EC = sys::fs::create_directories(Line.OutputFile))
    return ioError("making", Line.OutputFile, EC);
  // Every Nth unit: neighbours cost alike, so that parts do.
  std::vector<UnitCommand> Mine;
  for (size_t I = Line.Shard - 1; I < S->Units.size(); I += Line.Shards)
    Mine.push_back(S->Units[I]);
  Shard Part{S->Of.Root,        Line.Shard,       Line.Shards,
             digestOfNames(*S), S->Of.Extracting, {}};
  Part.Units = unitFacts(*S, Line, Mine, diskTree(), "extract");
  std::string Path = Line.OutputFile + "/shard-" + std::to_string(Line.Shard) +
                     "-of-" + std::to_string(Line.Shards) + ".facts";
  if (Error E = writeToOutput(Path, [&](raw_ostream &OS) {
        OS << encodeShard(factsFormat(), Part);
        return Error::success();
      }))
    return createStringError(inconvertibleErrorCode(),
                             "while writing '" + Path +
                                 "': " + toString(std::move(E)));
  size_t Failed = static_cast<size_t>(count_if(
      Part.Units, [](const UnitFacts &Unit) { return Unit.failed(); }));
  if (!Line.Quiet) {
    errs() << "wrote the facts of " << counted(Mine.size() - Failed, "unit")
           << " to '" << Path << "'\n";
    if (Failed)
      errs() << counted(Failed, "unit")
             << " did not parse; 'check --facts' says why\n";
  }
  return Failed ? Incomplete : NothingToReport;
}

} // namespace unsingleton
