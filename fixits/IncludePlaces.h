//===- IncludePlaces.h - Where an include may stand in a file ---*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A new include belongs to the others, and those begin behind what has to be
// read first, which Clang's own HeaderIncludes takes for the end of them:
//
//     #ifndef SERVER_H
//     #define SERVER_H
//     #if __cplusplus < 201100     // also: #ifdef HAVE_CONFIG_H …,
//     #error C++11 is required     // #define _USE_MATH_DEFINES
//     #endif
//     #include <string>            // <- here
//
// Under a condition nothing is ever included: whoever needs the header needs it
// always. An include guard is none.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_FIXITS_INCLUDEPLACES_H
#define UNSINGLETON_FIXITS_INCLUDEPLACES_H

#include "llvm/ADT/StringRef.h"
#include <optional>
#include <vector>

namespace unsingleton {

struct IncludePlaces {
  /// The line of the first include, if it stands under no condition and only
  /// directives and comments stand before it.
  std::optional<size_t> First;
  /// Behind the include guard and the conditions without code that follow it;
  /// 0: there are none.
  size_t Top = 0;
  /// From each outermost `#if`, other than the guard, to behind its `#endif`.
  std::vector<std::pair<size_t, size_t>> Conditional;

  bool isConditional(size_t Offset) const;
};

IncludePlaces includePlaces(llvm::StringRef Text);

} // namespace unsingleton

#endif
