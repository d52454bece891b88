//===- CacheCommand.cpp - unsingleton cache ---------------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "tool/Commands.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace unsingleton {

static std::string shownSize(uint64_t Bytes) {
  if (Bytes < (1 << 20))
    return std::to_string((Bytes + 1023) >> 10) + " KiB";
  return std::to_string((Bytes + (1 << 20) - 1) >> 20) + " MiB";
}

static std::string stats(const std::string &Folder, Format Output) {
  std::vector<StoredFile> Files = storedFiles(Folder);
  std::set<std::string> Units;
  uint64_t Size = 0;
  for (const StoredFile &File : Files) {
    Size += File.Size;
    Units.insert(sys::path::filename(File.Path).split('-').first.str());
  }
  if (Output == Format::Json)
    return formatv("{0:2}\n",
                   json::Value(json::Object{
                       {"folder", Folder},
                       {"units", static_cast<int64_t>(Units.size())},
                       {"records", static_cast<int64_t>(Files.size())},
                       {"bytes", static_cast<int64_t>(Size)}}));
  return "'" + Folder + "' holds the facts of " +
         counted(Units.size(), "unit") + " in " +
         counted(Files.size(), "state") + ": " + shownSize(Size) + "\n";
}

Expected<int> runCache(const CommandLine &Line) {
  std::string Folder = cacheFolder(Line);
  if (!Line.CacheClear) {
    if (Error E = writeOutput(Line, stats(Folder, Line.Output)))
      return std::move(E);
    return NothingToReport;
  }
  Expected<size_t> Removed = clearStore(Folder);
  if (!Removed)
    return Removed.takeError();
  if (Error E = writeOutput(Line, "removed " + counted(*Removed, "record") +
                                      " from '" + Folder + "'\n"))
    return std::move(E);
  return NothingToReport;
}

} // namespace unsingleton
