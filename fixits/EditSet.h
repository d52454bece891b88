//===- EditSet.h - Edits that several singletons share -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_FIXITS_EDITSET_H
#define UNSINGLETON_FIXITS_EDITSET_H

#include "fixits/Edit.h"
#include <map>
#include <tuple>

namespace unsingleton {

/// Collects edits and headers to include; what several groups want is one edit.
class EditSet {
public:
  void add(Edit E, unsigned Group) {
    E.Groups.insert(Group);
    auto Key = std::tuple(E.Target, E.With, E.WholeLines);
    auto [It, New] = Known.try_emplace(Key, Edits.size());
    if (New)
      Edits.push_back(std::move(E));
    else
      Edits[It->second].Groups.insert(Group);
  }

  /// Inserts \p With at \p Offset of the file of \p Where.
  void insert(Span Where, uint32_t Offset, Pieces With, unsigned Group) {
    Where.Offset = Offset;
    Where.Length = 0;
    add({Where, std::move(With), false, {}}, Group);
  }
  void insert(Span Where, uint32_t Offset, std::string Text, unsigned Group) {
    insert(Where, Offset, Pieces{Piece::text(std::move(Text))}, Group);
  }

  void include(FileIndex File, const std::string &Header) {
    Includes[File].insert(Header);
  }

  std::vector<Edit> Edits;
  std::map<FileIndex, std::set<std::string>> Includes;

private:
  std::map<std::tuple<Span, Pieces, bool>, size_t> Known;
};

} // namespace unsingleton

#endif
