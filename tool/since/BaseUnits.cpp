//===- BaseUnits.cpp - The units of an earlier state ------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "tool/since/BaseUnits.h"
#include "tool/CompileDatabase.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace unsingleton {

/// \p Argument, a way to write \p File, for \p Other instead: written alike, so
/// that a unit which was renamed has the command that it had. Both are
/// absolute.
static std::string respelled(StringRef Argument, StringRef File,
                             StringRef Other) {
  size_t Common = static_cast<size_t>(
      std::mismatch(File.begin(), File.end(), Other.begin(), Other.end())
          .first -
      File.begin());
  size_t Folder = File.substr(0, Common).rfind('/') + 1;
  if (!Argument.consume_back(File.substr(Folder)))
    return Other.str(); // by a link of another name
  return (Argument + Other.substr(Folder)).str();
}

/// \p Unit with its source replaced.
static UnitCommand with(UnitCommand Unit, const std::string &Source) {
  for (std::string &Argument : Unit.Arguments) {
    if (sys::path::filename(Argument) != sys::path::filename(Unit.File))
      continue;
    SmallString<256> Path(sys::path::is_absolute(Argument) ? "" : Unit.Folder);
    sys::path::append(Path, Argument);
    SmallString<256> Real;
    if (sys::fs::real_path(Path, Real)) {
      sys::path::remove_dots(Path, /*remove_dot_dot=*/true);
      Real = Path;
    }
    if (Real == Unit.File)
      Argument = respelled(Argument, Unit.File, Source);
  }
  Unit.File = Source;
  return Unit;
}

/// The unit whose source is most like \p Source: of the same language, and
/// nearest in the tree.
static const UnitCommand *nearest(const std::vector<UnitCommand> &Units,
                                  StringRef Source) {
  const UnitCommand *Best = nullptr;
  std::pair<bool, size_t> Score;
  for (const UnitCommand &Unit : Units) {
    size_t Common =
        static_cast<size_t>(std::mismatch(Source.begin(), Source.end(),
                                          Unit.File.begin(), Unit.File.end())
                                .first -
                            Source.begin());
    std::pair Mine(sys::path::extension(Source) ==
                       sys::path::extension(Unit.File),
                   Common);
    if (!Best || Mine > Score) {
      Best = &Unit;
      Score = Mine;
    }
  }
  return Best;
}

std::vector<UnitCommand> baseUnits(const std::vector<UnitCommand> &Now,
                                   const TreeChanges &Since) {
  std::vector<UnitCommand> Result;
  StringSet<> Sources;
  for (const UnitCommand &Unit : Now) {
    auto Before = Since.Before.find(Unit.File);
    bool WasThere = Before == Since.Before.end() || Before->second.wasThere();
    auto Renamed = Since.RenamedFrom.find(Unit.File);
    if (WasThere)
      Result.push_back(Unit);
    else if (Renamed != Since.RenamedFrom.end() && isSource(Renamed->second))
      Result.push_back(with(Unit, Renamed->second));
    else
      continue;
    Sources.insert(Result.back().File);
  }
  for (const std::string &Source : Since.Deleted)
    if (isSource(Source) && !Sources.contains(Source))
      if (const UnitCommand *Like = nearest(Now, Source))
        Result.push_back(with(*Like, Source));
  return Result;
}

} // namespace unsingleton
