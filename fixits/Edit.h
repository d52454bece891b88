//===- Edit.h - A change to a piece of source text -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// An edit replaces a span by pieces: literal text, copies of other spans, and
// line breaks that take over the indentation of the place. A copied span is
// copied as edited: changes that lie inside it travel along, so that an
// initialiser can move into a factory while its own calls gain a context.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_FIXITS_EDIT_H
#define UNSINGLETON_FIXITS_EDIT_H

#include "checks/facts/Span.h"
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace unsingleton {

struct Piece {
  enum class Kind : uint8_t {
    Text,
    Copy,
    LineBreak,
    BodyBreak,
    Automatic,
    Comments,
  };
  Kind What = Kind::Text;
  std::string Text;
  Span Source;
  auto operator<=>(const Piece &) const = default;

  static Piece text(std::string T) { return {Kind::Text, std::move(T), {}}; }
  static Piece copy(Span S) { return {Kind::Copy, {}, S}; }
  static Piece lineBreak() { return {Kind::LineBreak, {}, {}}; }
  /// The beginning of a declaration at \p S without its `static`.
  static Piece automatic(Span S) { return {Kind::Automatic, {}, S}; }
  /// The comments in \p S, a part of what is replaced, each on its own line.
  static Piece comments(Span S) { return {Kind::Comments, {}, S}; }
  /// After a brace: to where the first statement of its block begins.
  static Piece bodyBreak() { return {Kind::BodyBreak, {}, {}}; }
};

using Pieces = std::vector<Piece>;

struct Edit {
  Span Target; ///< of length 0: an insertion
  Pieces With;
  /// A removal that takes the rest of its lines along if nothing else is there,
  /// and no comment stays.
  bool WholeLines = false;
  /// The singletons (by number in the Plan) whose migration wants it.
  std::set<unsigned> Groups;
  /// An insertion that goes behind the semicolon which ends what it follows, or
  /// a removal that takes that semicolon along.
  bool Behind = false;
  /// With is a pointer to the object that stands there: where a `.` follows it
  /// goes, and an arrow is written; anywhere else `*POINTER`.
  bool Dereferenced = false;
};

} // namespace unsingleton

#endif
