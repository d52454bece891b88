//===- RunStore.h - The fact store of one run -------------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_TOOL_STORE_RUNSTORE_H
#define UNSINGLETON_TOOL_STORE_RUNSTORE_H

#include "tool/CommandLine.h"
#include "tool/store/FactStore.h"

namespace unsingleton {

/// Where the facts of a build are kept: what --cache-dir says, or a folder in
/// the first build.
std::string cacheFolder(const CommandLine &Line);

/// The store on disk if the user wants one; where there is none, or it cannot
/// be written, facts that this run is to need again are kept in memory.
class RunStore : public FactStore {
public:
  /// \p Again: the run will ask for facts that it has itself given.
  RunStore(const CommandLine &Line, bool Again);

  std::optional<StoredUnit> find(llvm::StringRef Key,
                                 const SourceTree &Tree) override;
  void keep(llvm::StringRef Key, const StoredUnit &Unit) override;

  /// After an extraction: keeps the bound, and says on standard error what went
  /// wrong, each thing once.
  void finish(bool Quiet);

private:
  std::unique_ptr<DiskStore> Disk;
  std::unique_ptr<MemoryStore> Memory;
  uint64_t Bound;
  std::set<std::string> Said;
};

} // namespace unsingleton

#endif
