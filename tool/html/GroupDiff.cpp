//===- GroupDiff.cpp - One singleton's part of a fix -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "tool/html/GroupDiff.h"
#include "tool/DurableFile.h"
#include "tool/UnifiedDiff.h"

using namespace llvm;

namespace unsingleton {

GroupDiffs::GroupDiffs(const ReportInput &Input, const FixResult &Fixed)
    : Input(Input), Fixed(Fixed) {
  for (const ChangedFile &File : Fixed.Files)
    Texts[File.Path] = &File;
  for (const Edit &E : Fixed.Planned.Edits)
    for (unsigned Group : E.Groups)
      Edits[Group].push_back(&E);
}

Expected<std::string> GroupDiffs::of(unsigned Migration) const {
  Plan Part;
  auto It = Edits.find(Migration);
  if (It == Edits.end())
    return std::string();
  std::set<FileIndex> Files;
  for (const Edit *E : It->second) {
    Part.Edits.push_back(*E);
    Files.insert(E->Target.File);
  }
  for (const auto &[File, Headers] : Fixed.Planned.Includes)
    if (Files.count(File))
      Part.Includes[File] = Headers;
  // The text before is the one that was verified, whatever the disk says now.
  auto TextOf = [&](FileIndex File) -> Expected<std::string> {
    const std::string &Path = Input.Linked.file(File).Path;
    auto Known = Texts.find(Path);
    return Known == Texts.end() ? readBytes(Path) : Known->second->Before;
  };
  Expected<Rendering> Rendered = render(Input.Linked, Part, TextOf);
  if (!Rendered)
    return Rendered.takeError();
  std::string Result;
  for (const ChangedFile &File : Rendered->Files)
    Result += unifiedDiff(Input.Of.shown(File.Path), File.Before, File.After);
  return Result;
}

std::set<unsigned> GroupDiffs::sharing(unsigned Migration) const {
  std::set<unsigned> Result;
  if (auto It = Edits.find(Migration); It != Edits.end())
    for (const Edit *E : It->second)
      Result.insert(E->Groups.begin(), E->Groups.end());
  Result.erase(Migration);
  return Result;
}

} // namespace unsingleton
