//===- UnifiedDiff.h - A change as a patch -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_TOOL_UNIFIEDDIFF_H
#define UNSINGLETON_TOOL_UNIFIEDDIFF_H

#include "fixits/Render.h"

namespace unsingleton {

/// \p Before to \p After as a unified diff of \p Path with three lines of
/// context, as git and patch read it. Empty if they are equal.
std::string unifiedDiff(llvm::StringRef Path, llvm::StringRef Before,
                        llvm::StringRef After);

/// The same as replacements of whole lines, in order.
std::vector<TextChange> changedLines(llvm::StringRef Before,
                                     llvm::StringRef After);

} // namespace unsingleton

#endif
