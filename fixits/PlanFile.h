//===- PlanFile.h - A fix for clang-tidy to apply ---------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What `unsingleton plan --plan-file` writes and option isolation.PlanFile of
// the clang-tidy plugin names: the replacements of the whole program's fix,
// file by file, each with a digest of the text that they are meant for. Every
// unit offers those of the files that it reads, so all units that see a header
// offer the same.
//
//   {"version": 1, "root": "/src", "files": [{"path": "a.h", "digest": "…",
//     "changes": [{"offset": 10, "length": 3, "text": "…"}]}]}
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_FIXITS_PLANFILE_H
#define UNSINGLETON_FIXITS_PLANFILE_H

#include "fixits/Render.h"

namespace unsingleton {

struct PlannedFile {
  std::string Path; ///< absolute, below the root
  std::string Digest;
  std::vector<TextChange> Changes; ///< sorted, disjoint
};

/// Of a text, as plan files have it.
std::string planDigest(llvm::StringRef Text);

/// The error names a file whose changes JSON cannot say.
llvm::Expected<std::string> planFileText(llvm::StringRef Root,
                                         const std::vector<PlannedFile> &Files);

/// The error names \p Path and what is wrong with it.
llvm::Expected<std::vector<PlannedFile>> readPlanFile(llvm::StringRef Path);

} // namespace unsingleton

#endif
