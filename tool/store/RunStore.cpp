//===- RunStore.cpp - The fact store of one run -----------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "tool/store/RunStore.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/WithColor.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace unsingleton {

std::string cacheFolder(const CommandLine &Line) {
  if (!Line.CacheDir.empty())
    return Line.CacheDir;
  SmallString<128> Folder(Line.Builds.front());
  if (!sys::fs::is_directory(Folder))
    sys::path::remove_filename(Folder);
  sys::path::append(Folder, ".unsingleton-cache");
  return std::string(Folder);
}

RunStore::RunStore(const CommandLine &Line, bool Again)
    : Bound(Line.CacheSize) {
  if (Line.Cache)
    Disk = std::make_unique<DiskStore>(cacheFolder(Line), factsFormat());
  if (Again)
    Memory = std::make_unique<MemoryStore>();
}

std::optional<StoredUnit> RunStore::find(StringRef Key,
                                         const SourceTree &Tree) {
  if (Memory)
    if (std::optional<StoredUnit> Unit = Memory->find(Key, Tree))
      return Unit;
  return Disk ? Disk->find(Key, Tree) : std::nullopt;
}

void RunStore::keep(StringRef Key, const StoredUnit &Unit) {
  if (Disk && Disk->keeps())
    Disk->keep(Key, Unit);
  if (Memory && !(Disk && Disk->keeps()))
    Memory->keep(Key, Unit);
}

void RunStore::finish(bool Quiet) {
  if (!Disk)
    return;
  Disk->prune(Bound);
  for (std::string &Problem : Disk->problems())
    if (Said.insert(Problem).second && !Quiet) {
      WithColor(errs(), HighlightColor::Warning) << "warning: ";
      errs() << Problem << "\n";
    }
}

} // namespace unsingleton
