//===- OwnIncludes.cpp - Whose the headers are ------------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "tool/OwnIncludes.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace unsingleton {

namespace {
/// Where an option names a folder: its arguments, one (-Ifoo) or two (-I foo).
struct NamedFolder {
  bool System = false;
  size_t At = 0, Count = 1;
  StringRef Folder;
};

std::vector<NamedFolder> foldersOf(const UnitCommand &Unit) {
  std::vector<NamedFolder> Result;
  for (size_t I = 0; I < Unit.Arguments.size(); ++I) {
    StringRef Value = Unit.Arguments[I];
    NamedFolder Found{Value.consume_front("-isystem"), I, 1, {}};
    if (!Found.System && !Value.consume_front("-I") &&
        !Value.consume_front("-iquote"))
      continue;
    if (Value.empty() && I + 1 < Unit.Arguments.size()) {
      Value = Unit.Arguments[++I];
      Found.Count = 2;
    }
    Found.Folder = Value;
    Result.push_back(Found);
  }
  return Result;
}

/// Real paths of the folders that commands name.
class RealFolders {
public:
  const std::string &of(const UnitCommand &Unit, StringRef Folder) {
    SmallString<256> Path(Folder);
    if (!sys::path::is_absolute(Path)) {
      Path = Unit.Folder;
      sys::path::append(Path, Folder);
    }
    auto [It, New] = Known.try_emplace(Path);
    SmallString<256> Real;
    if (New && !sys::fs::real_path(Path, Real))
      It->second = std::string(Real);
    return It->second; // empty: there is no such folder
  }

private:
  StringMap<std::string> Known;
};
} // namespace

void shareOwnIncludes(std::vector<UnitCommand> &Units) {
  RealFolders Real;
  StringSet<> Own;
  for (const UnitCommand &Unit : Units) {
    StringSet<> System;
    std::vector<NamedFolder> Folders = foldersOf(Unit);
    for (const NamedFolder &F : Folders)
      if (F.System)
        System.insert(Real.of(Unit, F.Folder));
    for (const NamedFolder &F : Folders)
      if (const std::string &Path = Real.of(Unit, F.Folder);
          !F.System && !Path.empty() && !System.contains(Path))
        Own.insert(Path);
  }
  for (UnitCommand &Unit : Units) {
    std::vector<std::string> Moved;
    std::vector<NamedFolder> Folders = foldersOf(Unit);
    for (const NamedFolder &F : reverse(Folders)) {
      if (!F.System || !Own.contains(Real.of(Unit, F.Folder)))
        continue;
      Moved.insert(Moved.begin(), {"-I", F.Folder.str()});
      auto At = Unit.Arguments.begin() + static_cast<ptrdiff_t>(F.At);
      Unit.Arguments.erase(At, At + static_cast<ptrdiff_t>(F.Count));
    }
    // The file's name comes last.
    Unit.Arguments.insert(Unit.Arguments.end() - 1, Moved.begin(), Moved.end());
  }
}

} // namespace unsingleton
