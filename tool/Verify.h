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
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_TOOL_VERIFY_H
#define UNSINGLETON_TOOL_VERIFY_H

#include "fixits/Render.h"
#include "tool/Project.h"

namespace unsingleton {

struct VerifyResult {
  size_t Units = 0; ///< parsed
  /// What broke, from the first failed unit (in order); empty: it compiles.
  std::vector<UnitError> Errors;
  std::string FailedUnit;
  /// Facts of the units parsed, as changed.
  std::vector<UnitFacts> Facts;
};

VerifyResult verify(const Program &Before,
                    const std::vector<UnitCommand> &Units,
                    const std::vector<ChangedFile> &Files,
                    const Project &Project, unsigned Jobs, bool ShowProgress);

} // namespace unsingleton

#endif
