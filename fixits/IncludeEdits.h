//===- IncludeEdits.h - Where new includes go -------------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Includes are added where the project keeps them and sorted only where the
// project's are.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_FIXITS_INCLUDEEDITS_H
#define UNSINGLETON_FIXITS_INCLUDEEDITS_H

#include "clang/Format/Format.h"
#include "clang/Tooling/Core/Replacement.h"
#include "llvm/ADT/StringRef.h"
#include <optional>
#include <set>
#include <string>

namespace unsingleton {

/// Adds \p R to \p All; insertions at one place become one replacement.
void addEdit(clang::tooling::Replacements &All,
             const clang::tooling::Replacement &R);

/// What has to be inserted into \p Text for it to include what is \p Needed:
/// headers as `name`, which goes into angle brackets, or `"name"`. \p Project:
/// its clang-format style, if it has one.
clang::tooling::Replacements
includeEdits(llvm::StringRef Path, llvm::StringRef Text,
             const std::set<std::string> &Needed,
             const std::optional<clang::format::FormatStyle> &Project);

/// Puts a new include into its place where the project keeps its includes
/// sorted, as \p Before shows: where it does not, none but ours may move.
std::string
sortedIncludes(llvm::StringRef Path, llvm::StringRef Before, std::string Text,
               const std::optional<clang::format::FormatStyle> &Style);

} // namespace unsingleton

#endif
