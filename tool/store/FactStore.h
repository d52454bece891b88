//===- FactStore.h - Facts of earlier runs ----------------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A store holds units' facts by what decided them (StoredUnit.h), several of
// one unit where its files were in several states. It holds what may be made
// again: whatever goes wrong with it costs time and never changes a result, so
// that nothing here fails; what went wrong is asked for at the end.
//
// Failed units are not kept: they are parsed again in each run.
//
// On disk:
//
//     <folder>/CACHEDIR.TAG     tells backups to leave it out
//     <folder>/.gitignore
//     <folder>/units/<key>-<trace>.facts
//
// A file is written beside and renamed into place, and never changed after
// that; its time of modification is when it was last used. Several processes
// may use one folder.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_TOOL_STORE_FACTSTORE_H
#define UNSINGLETON_TOOL_STORE_FACTSTORE_H

#include "tool/store/StoredUnit.h"
#include <map>
#include <set>

namespace unsingleton {

/// Thread-safe, as are all stores.
class FactStore {
public:
  virtual ~FactStore();
  /// What is held under \p Key and was made of files as they are in \p Tree.
  virtual std::optional<StoredUnit> find(llvm::StringRef Key,
                                         const SourceTree &Tree) = 0;
  virtual void keep(llvm::StringRef Key, const StoredUnit &Unit) = 0;
};

/// Facts of this run, encoded, since they take less room so.
class MemoryStore : public FactStore {
public:
  std::optional<StoredUnit> find(llvm::StringRef Key,
                                 const SourceTree &Tree) override;
  void keep(llvm::StringRef Key, const StoredUnit &Unit) override;

private:
  const uint64_t Format = factsFormat();
  std::mutex Lock; ///< guards Units
  llvm::StringMap<std::vector<std::shared_ptr<const std::string>>> Units;
};

/// A file of the store.
struct StoredFile {
  std::string Path;
  uint64_t Size = 0;
  llvm::sys::TimePoint<> Used;
};

class DiskStore : public FactStore {
public:
  /// \p Format: of records that can be used. Nothing is written yet.
  DiskStore(std::string Folder, uint64_t Format);

  std::optional<StoredUnit> find(llvm::StringRef Key,
                                 const SourceTree &Tree) override;
  void keep(llvm::StringRef Key, const StoredUnit &Unit) override;

  /// Removes what was not used for longest, until no more than \p Bound bytes
  /// are left.
  void prune(uint64_t Bound);
  /// What went wrong, one line each: damaged or foreign records (which were
  /// removed), a folder that cannot be written, a bound that is too low.
  std::vector<std::string> problems() const;
  /// Whether facts given to `keep` can be found again.
  bool keeps() const;

private:
  void forget(const std::string &Path);
  llvm::Error write(llvm::StringRef Name, llvm::StringRef Bytes);

  const std::string Folder;
  const uint64_t Format;
  mutable std::mutex Lock; ///< guards all that follows
  std::map<std::string, std::vector<StoredFile>> ByKey; ///< newest first
  std::set<std::string> Used;
  size_t Damaged = 0;
  size_t Foreign = 0;
  bool Prepared = false;
  std::string Unwritable; ///< why
  std::string TooSmall;
};

/// The files of a store, least recently used first. Anything else in the folder
/// is passed over.
std::vector<StoredFile> storedFiles(const std::string &Folder);
/// Removes a store: what a store has put there, and folders left empty.
/// Returns how many units it held.
llvm::Expected<size_t> clearStore(const std::string &Folder);

} // namespace unsingleton

#endif
