//===- BaseUnits.h - The units of an earlier state --------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The compilation database is today's. For the base it is changed as the
// sources were: a unit whose source was not there is left out; one whose source
// was renamed is compiled by its old name; a source that is gone is compiled
// like its nearest neighbour, since what it held may live on elsewhere.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_TOOL_SINCE_BASEUNITS_H
#define UNSINGLETON_TOOL_SINCE_BASEUNITS_H

#include "checks/facts/Extract.h"
#include "tool/since/TreeChanges.h"

namespace unsingleton {

std::vector<UnitCommand> baseUnits(const std::vector<UnitCommand> &Now,
                                   const TreeChanges &Since);

} // namespace unsingleton

#endif
