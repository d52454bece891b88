//===- FileTrace.cpp - What a unit has seen of the file system --*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "tool/store/FileTrace.h"
#include "checks/facts/Compat.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/xxhash.h"
#include <array>

using namespace llvm;

namespace unsingleton {

namespace {
/// All there is to know of a path; asked for one by one.
struct Place {
  SightingKind Kind = SightingKind::Nothing;
  std::optional<uint64_t> Text;
  std::optional<std::string> Real;
};

uint64_t digestOfListing(vfs::FileSystem &FS, StringRef Folder) {
  std::vector<std::string> Names;
  std::error_code EC;
  for (auto I = FS.dir_begin(Folder, EC); !EC && I != vfs::directory_iterator();
       I.increment(EC))
    Names.push_back(sys::path::filename(I->path()).str());
  sort(Names);
  std::string All;
  for (const std::string &Name : Names)
    (All += Name) += '\0';
  return xxh3_64bits(All);
}

SightingKind kindOf(const ErrorOr<vfs::Status> &Status) {
  return !Status                 ? SightingKind::Nothing
         : Status->isDirectory() ? SightingKind::Folder
                                 : SightingKind::File;
}

uint64_t textOf(vfs::FileSystem &FS, StringRef Path, SightingKind Kind) {
  if (Kind == SightingKind::Folder)
    return digestOfListing(FS, Path);
  ErrorOr<std::unique_ptr<MemoryBuffer>> Text = FS.getBufferForFile(
      Path, /*FileSize=*/-1, /*RequiresNullTerminator=*/false);
  return Text ? xxh3_64bits((*Text)->getBuffer()) : 0;
}

std::string realOf(vfs::FileSystem &FS, StringRef Path) {
  SmallString<256> Real;
  if (FS.getRealPath(Path, Real) || Real == Path)
    return {};
  return std::string(Real);
}
} // namespace

/// Many units ask the same. Split by path, so that threads seldom meet.
struct SourceTree::Answers {
  struct Shard {
    std::mutex Lock; ///< guards Places and the file system
    StringMap<Place> Places;
    FileSystemRef Files;
  };
  std::array<Shard, 16> Shards;

  /// Fills \p Into as far as \p Into says that it was asked.
  void answer(const SourceTree &Tree, StringRef Path, Sighting &Into) {
    Shard &Mine = Shards[xxh3_64bits(Path) % Shards.size()];
    std::lock_guard<std::mutex> Guard(Mine.Lock);
    if (!Mine.Files)
      Mine.Files = Tree.open();
    auto [It, New] = Mine.Places.try_emplace(Path);
    Place &At = It->second;
    if (New)
      At.Kind = kindOf(Mine.Files->status(Path));
    if (Into.TextAsked && !At.Text)
      At.Text = textOf(*Mine.Files, Path, At.Kind);
    if (Into.RealAsked && !At.Real)
      At.Real = realOf(*Mine.Files, Path);
    Into.Kind = At.Kind;
    if (Into.TextAsked)
      Into.Text = *At.Text;
    if (Into.RealAsked)
      Into.Real = *At.Real;
  }
};

SourceTree::SourceTree(unique_function<FileSystemRef() const> Open)
    : Open(std::move(Open)), Known(std::make_unique<Answers>()) {}
SourceTree::~SourceTree() = default;

bool SourceTree::agrees(const FileTrace &Trace) const {
  SmallString<256> Path;
  Sighting Now;
  for (const Sighting &Then : Trace.Seen) {
    if (Then.Shared > Path.size())
      return false;
    Path.truncate(Then.Shared);
    Path += Then.Rest;
    Now.TextAsked = Then.TextAsked;
    Now.RealAsked = Then.RealAsked;
    Now.Text = 0;
    Now.Real.clear();
    Known->answer(*this, Path, Now);
    if (Now.Kind != Then.Kind || Now.Text != Then.Text || Now.Real != Then.Real)
      return false;
  }
  return true;
}

SourceTree diskTree() {
  // What units look for and read is mostly the same: asked of the system once.
  auto Read =
      std::make_unique<dependencies::DependencyScanningFilesystemSharedCache>();
  return SourceTree([Read = std::move(Read)] {
    return makeIntrusiveRefCnt<
        dependencies::DependencyScanningWorkerFilesystem>(
        *Read, vfs::createPhysicalFileSystem());
  });
}

TracingFileSystem::TracingFileSystem(const SourceTree &Tree)
    : ProxyFileSystem(Tree.open()), Tree(Tree) {}
TracingFileSystem::~TracingFileSystem() = default;

TracingFileSystem::Asked &TracingFileSystem::asked(const Twine &Path) {
  SmallString<256> Absolute;
  Path.toVector(Absolute);
  if (!sys::path::is_absolute(Absolute))
    makeAbsolute(Absolute);
  return Paths[Absolute];
}

ErrorOr<vfs::Status> TracingFileSystem::status(const Twine &Path) {
  asked(Path);
  return ProxyFileSystem::status(Path);
}

bool TracingFileSystem::exists(const Twine &Path) {
  asked(Path);
  return ProxyFileSystem::exists(Path);
}

ErrorOr<std::unique_ptr<vfs::File>>
TracingFileSystem::openFileForRead(const Twine &Path) {
  asked(Path).Text = true;
  return ProxyFileSystem::openFileForRead(Path);
}

vfs::directory_iterator TracingFileSystem::dir_begin(const Twine &Folder,
                                                     std::error_code &EC) {
  asked(Folder).Text = true;
  return ProxyFileSystem::dir_begin(Folder, EC);
}

std::error_code TracingFileSystem::getRealPath(const Twine &Path,
                                               SmallVectorImpl<char> &Out) {
  asked(Path).Real = true;
  return ProxyFileSystem::getRealPath(Path, Out);
}

FileTrace TracingFileSystem::trace() const {
  std::vector<StringRef> Sorted;
  for (const auto &Entry : Paths)
    Sorted.push_back(Entry.getKey());
  sort(Sorted);
  FileTrace Result;
  StringRef Before;
  for (StringRef Path : Sorted) {
    const Asked &What = Paths.find(Path)->second;
    Sighting Seen;
    Seen.TextAsked = What.Text;
    Seen.RealAsked = What.Real;
    Tree.Known->answer(Tree, Path, Seen);
    Seen.Shared = static_cast<uint32_t>(
        std::mismatch(Path.begin(),
                      Path.begin() + std::min(Path.size(), Before.size()),
                      Before.begin())
            .first -
        Path.begin());
    Seen.Rest = Path.drop_front(Seen.Shared).str();
    Result.Seen.push_back(std::move(Seen));
    Before = Path;
  }
  return Result;
}

} // namespace unsingleton
