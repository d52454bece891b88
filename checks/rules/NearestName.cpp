//===- NearestName.cpp - Which name a wrong one may stand for -------------===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/rules/NearestName.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;

namespace unsingleton {

/// By letters, whatever their case; a right name under a wrong owner
/// (`isolation-x.Name` for `isolation.Name`) is near as well.
static unsigned distance(StringRef Wrong, StringRef Name) {
  auto Letters = [](StringRef A, StringRef B) {
    return StringRef(A.lower()).edit_distance(B.lower());
  };
  unsigned Whole = Letters(Wrong, Name);
  if (!Wrong.contains('.') || !Name.contains('.'))
    return Whole;
  return std::min(
      Whole, 1 + Letters(Wrong.rsplit('.').second, Name.rsplit('.').second));
}

std::string suggestion(StringRef Wrong, ArrayRef<StringRef> Names) {
  unsigned Best = 4; // farther than that is no misspelling
  StringRef Nearest;
  for (StringRef Name : Names)
    if (unsigned D = distance(Wrong, Name); D < Best) {
      Best = D;
      Nearest = Name;
    }
  if (!Nearest.empty())
    return ("did you mean '" + Nearest + "'?").str();
  return "known are '" + join(Names, "', '") + "'";
}

} // namespace unsingleton
