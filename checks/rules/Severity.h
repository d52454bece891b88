//===- Severity.h - How much a finding matters -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   high    a request takes hold of the object, and the state is written where
//           requests get to: the path is the proof
//   medium  shared and mutable otherwise
//   low     what the process owns, or what is handed to nobody, unless a user's
//           data is written to it: then as above
//
// A finding without a verdict has the level that its rule gave it.
//
// A pure function of the Program and the findings, run once for all of them.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_RULES_SEVERITY_H
#define UNSINGLETON_CHECKS_RULES_SEVERITY_H

#include "checks/rules/Singleton.h"

namespace unsingleton {

/// Sets each finding's Level, Path and UserData, and adds notes for the last.
void rank(const Program &P, const RuleOptions &Options,
          std::vector<Finding> &Findings);

} // namespace unsingleton

#endif
