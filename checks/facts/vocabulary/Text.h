//===- Text.h - What is written, apart from declarations --------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Directives in comments, and which text is compiled at all.
// See Facts.h for what holds of all of them.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_FACTS_VOCABULARY_TEXT_H
#define UNSINGLETON_CHECKS_FACTS_VOCABULARY_TEXT_H

#include "checks/facts/vocabulary/Fact.h"

namespace unsingleton {

enum class SuppressionKind : uint8_t {
  Line,     ///< NOLINT
  NextLine, ///< NOLINTNEXTLINE
  Begin,    ///< NOLINTBEGIN
  End,      ///< NOLINTEND that closes no block
};

/// A directive that keeps checks silent, see SuppressionScan.h.
struct SuppressionFact {
  Span Covers; ///< where it keeps silent; invalid: nowhere
  Span Where;  ///< its word and its list
  /// The function or variable whose name a macro makes at `Covers`, while it is
  /// spelled in the directive's reach; NoSymbol: whatever is in that reach.
  SymbolIndex Entity = NoSymbol;
  SuppressionKind Kind = SuppressionKind::Line;
  bool Listed = false; ///< says which checks; else it means all
  std::string Checks;  ///< globs separated by ',', without blanks
  bool Reason = false; ///< text follows on its line

  /// Whether what begins where \p Place does is in its reach.
  bool covers(const Span &Place) const {
    return Covers.valid() && Covers.File == Place.File &&
           Covers.Offset <= Place.Offset && Place.Offset < Covers.end();
  }
  auto operator<=>(const SuppressionFact &) const = default;
  UNSINGLETON_REFERENCES(Covers, Where, Entity)
};

/// A piece of one of our files, as long as can be, that the preprocessor of a
/// unit did not skip or drop: what is in none of them, no unit compiles. Of a
/// file that has none nothing is known (it came with a precompiled header).
struct ReadTextFact {
  Span Where; ///< without line and column
  auto operator<=>(const ReadTextFact &) const = default;
  UNSINGLETON_REFERENCES(Where)
};

} // namespace unsingleton

#endif
