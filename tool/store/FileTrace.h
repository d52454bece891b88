//===- FileTrace.h - What a unit has seen of the file system ----*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Facts may be used again as long as the unit would see the same files. A list
// of the files it has read is not enough for that:
//
//     #include "config.h"         looked for beside the source, and not there
//     #if __has_include(<x.h>)    only asked for
//     include -> versions/1       a link, which may lead elsewhere tomorrow
//     /usr/lib/gcc/…              listed, to find the newest standard library
//
// So the trace is everything that the parser learned from the file system, in
// its own words: each path that it used with what it found there. To check a
// trace is to ask the same questions again (an idea of build systems that
// trace, such as tup and Shake).
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_TOOL_STORE_FILETRACE_H
#define UNSINGLETON_TOOL_STORE_FILETRACE_H

#include "llvm/ADT/FunctionExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/VirtualFileSystem.h"
#include <mutex>
#include <string>
#include <vector>

namespace unsingleton {

enum class SightingKind : uint8_t { Nothing, Folder, File };

/// What is at a path, and more of it as far as somebody asked.
struct Sighting {
  /// The path is the first `Shared` bytes of the one before, and `Rest`.
  uint32_t Shared = 0;
  std::string Rest;
  SightingKind Kind = SightingKind::Nothing;
  bool TextAsked = false; ///< a file was opened, or a folder listed
  uint64_t Text = 0;      ///< then the digest of that
  bool RealAsked = false;
  std::string Real; ///< then the real path; empty: it is the path itself
  bool operator==(const Sighting &) const = default;
};

/// Sorted by path. A plain value.
struct FileTrace {
  std::vector<Sighting> Seen;
  bool operator==(const FileTrace &) const = default;
};

/// A state of the source tree: that on disk, or another one laid over it. Opens
/// file systems that share what they have read, one for each thread that wants
/// one. A file is taken not to change while the tree is in use.
class SourceTree {
public:
  using FileSystemRef = llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem>;
  /// \p Open is called from several threads at once.
  explicit SourceTree(llvm::unique_function<FileSystemRef() const> Open);
  ~SourceTree();

  FileSystemRef open() const { return Open(); }
  /// Whether a unit that has seen \p Trace would see the same here.
  /// Thread-safe: answers are kept.
  bool agrees(const FileTrace &Trace) const;

private:
  friend class TracingFileSystem;
  struct Answers;
  llvm::unique_function<FileSystemRef() const> Open;
  std::unique_ptr<Answers> Known;
};

/// The tree on disk.
SourceTree diskTree();

/// Passes all on to a file system of the tree, and remembers it.
class TracingFileSystem : public llvm::vfs::ProxyFileSystem {
public:
  explicit TracingFileSystem(const SourceTree &Tree);
  ~TracingFileSystem() override;

  llvm::ErrorOr<llvm::vfs::Status> status(const llvm::Twine &Path) override;
  bool exists(const llvm::Twine &Path) override;
  llvm::ErrorOr<std::unique_ptr<llvm::vfs::File>>
  openFileForRead(const llvm::Twine &Path) override;
  llvm::vfs::directory_iterator dir_begin(const llvm::Twine &Folder,
                                          std::error_code &EC) override;
  std::error_code getRealPath(const llvm::Twine &Path,
                              llvm::SmallVectorImpl<char> &Out) override;

  /// All that was asked so far, with the answers that the tree gives.
  FileTrace trace() const;

private:
  struct Asked {
    bool Text = false;
    bool Real = false;
  };
  Asked &asked(const llvm::Twine &Path);

  const SourceTree &Tree; ///< outlives this
  llvm::StringMap<Asked> Paths;
};

} // namespace unsingleton

#endif
