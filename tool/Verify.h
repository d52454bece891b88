//===- Verify.h - Does the changed program still compile? -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Every unit that read a changed file is parsed again, in full, with the
// changed files laid over the real ones in memory. Nothing is written.
//
// The project's own warning flags hold: a unit that warns is parsed once more
// as it was before, and what it warns of more often than then is new. Kinds of
// warnings are counted, since names change. Most units are parsed once.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_TOOL_VERIFY_H
#define UNSINGLETON_TOOL_VERIFY_H

#include "fixits/Render.h"
#include "tool/Project.h"
#include <map>

namespace unsingleton {

struct VerifyResult {
  size_t Units = 0; ///< parsed
  /// What broke, from the first failed unit (in order); empty: it compiles.
  std::vector<UnitError> Errors;
  std::string FailedUnit;
  /// New ones, from the first unit (in order) that has any.
  std::vector<UnitError> Warnings;
  /// Facts of the units parsed, as changed.
  std::vector<UnitFacts> Facts;
};

/// Texts of files, by path.
using FileTexts = std::map<std::string, std::string>;

/// \p Proved: files of a changed program that is known to compile. Units that
/// see none but those, as they are there, are not parsed again.
VerifyResult verify(const Program &Before,
                    const std::vector<UnitCommand> &Units,
                    const std::vector<ChangedFile> &Files,
                    const Project &Project, unsigned Jobs, bool ShowProgress,
                    const FileTexts &Proved = {});

} // namespace unsingleton

#endif
