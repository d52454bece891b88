//===- BaseTree.cpp - The sources as they were ------------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "tool/since/BaseTree.h"
#include "checks/facts/Compat.h"
#include "tool/MemoryFile.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace unsingleton {

namespace {
struct BaseFiles {
  explicit BaseFiles(const FilesBefore &Before) : Before(Before) {
    for (const auto &File : Before) {
      if (!File.getValue().wasThere())
        continue;
      Ids.try_emplace(File.getKey(), vfs::getNextVirtualUniqueID());
      for (StringRef Folder = sys::path::parent_path(File.getKey());
           Folder.size() > 1 &&
           Folders.try_emplace(Folder, vfs::getNextVirtualUniqueID()).second;)
        Folder = sys::path::parent_path(Folder);
    }
  }

  FilesBefore Before;
  StringMap<sys::fs::UniqueID> Ids;
  StringMap<sys::fs::UniqueID> Folders; ///< of files that were there
};

class BaseFileSystem : public vfs::ProxyFileSystem {
public:
  explicit BaseFileSystem(std::shared_ptr<const BaseFiles> Base)
      : ProxyFileSystem(vfs::createPhysicalFileSystem()),
        Base(std::move(Base)) {}

  ErrorOr<vfs::Status> status(const Twine &Path) override {
    std::string Known = canonical(Path);
    auto File = Base->Before.find(Known);
    if (File != Base->Before.end())
      return statusOf(Path, *File);
    ErrorOr<vfs::Status> OnDisk = ProxyFileSystem::status(Path);
    auto Folder = Base->Folders.find(Known);
    if (OnDisk || Folder == Base->Folders.end())
      return OnDisk;
    return vfs::Status(Path, Folder->second, {}, 0, 0, 0,
                       sys::fs::file_type::directory_file, sys::fs::all_all);
  }

  bool exists(const Twine &Path) override { return bool(status(Path)); }

  ErrorOr<std::unique_ptr<vfs::File>>
  openFileForRead(const Twine &Path) override {
    std::string Known = canonical(Path);
    auto File = Base->Before.find(Known);
    if (File == Base->Before.end())
      return ProxyFileSystem::openFileForRead(Path);
    ErrorOr<vfs::Status> Status = statusOf(Path, *File);
    if (!Status)
      return Status.getError();
    return std::make_unique<MemoryFile>(*Status, *File->second.text());
  }

  std::error_code getRealPath(const Twine &Path,
                              SmallVectorImpl<char> &Out) override {
    std::string Known = canonical(Path);
    auto File = Base->Before.find(Known);
    if (File != Base->Before.end() && !File->second.wasThere())
      return missing();
    bool WasThere = File != Base->Before.end() || Base->Folders.count(Known);
    if (!WasThere)
      return ProxyFileSystem::getRealPath(Path, Out);
    Out.assign(Known.begin(), Known.end());
    return {};
  }

private:
  static std::error_code missing() {
    return make_error_code(errc::no_such_file_or_directory);
  }

  ErrorOr<vfs::Status> statusOf(const Twine &Path,
                                const FilesBefore::MapEntryTy &File) const {
    if (!File.second.wasThere())
      return missing();
    const std::string *Text = File.second.text();
    if (!Text)
      return make_error_code(errc::io_error);
    return vfs::Status(Path, Base->Ids.lookup(File.getKey()), {}, 0, 0,
                       Text->size(), sys::fs::file_type::regular_file,
                       sys::fs::all_all);
  }

  /// The real path of the folder, also of one that is gone, and the name.
  std::string canonical(const Twine &Path) {
    SmallString<256> Absolute;
    Path.toVector(Absolute);
    if (makeAbsolute(Absolute))
      return Path.str();
    StringRef Name = sys::path::filename(Absolute);
    if (Name == "." || Name == ".." || Name.empty() || Name == "/")
      return realFolder(Absolute);
    std::string Folder = realFolder(sys::path::parent_path(Absolute));
    return (Folder == "/" ? "" : Folder) + "/" + Name.str();
  }

  std::string realFolder(StringRef Folder) {
    auto [It, New] = RealFolders.try_emplace(Folder);
    if (!New)
      return It->second;
    SmallString<256> Real;
    std::string Result;
    if (!ProxyFileSystem::getRealPath(Folder, Real)) {
      Result = std::string(Real);
    } else {
      SmallString<256> Plain(Folder);
      sys::path::remove_dots(Plain, /*remove_dot_dot=*/true);
      StringRef Parent = sys::path::parent_path(Plain);
      Result = Parent.empty() ? std::string(Plain)
                              : realFolder(Parent) + "/" +
                                    sys::path::filename(Plain).str();
    }
    return RealFolders[Folder] = Result;
  }

  std::shared_ptr<const BaseFiles> Base;
  StringMap<std::string> RealFolders;
};
} // namespace

SourceTree baseTree(const FilesBefore &Before) {
  auto Base = std::make_shared<const BaseFiles>(Before);
  auto Read =
      std::make_unique<dependencies::DependencyScanningFilesystemSharedCache>();
  return SourceTree([Base, Read = std::move(Read)] {
    return makeIntrusiveRefCnt<
        dependencies::DependencyScanningWorkerFilesystem>(
        *Read, makeIntrusiveRefCnt<BaseFileSystem>(Base));
  });
}

} // namespace unsingleton
