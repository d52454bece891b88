//===- FrontierRanking.h - What blocks how many singletons -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The same function often stands in the way of many singletons. Ranked by how
// many would be free without it, so that a person changes first what frees
// most.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_FIXITS_FRONTIERRANKING_H
#define UNSINGLETON_FIXITS_FRONTIERRANKING_H

#include "fixits/Plan.h"

namespace unsingleton {

struct RankedFrontier {
  Refusal What;
  bool Bridged = false;         ///< it blocks nothing: it asks the thread
  std::vector<unsigned> Blocks; ///< migrations, by number in the plan
  unsigned Frees = 0;           ///< those that nothing else blocks
};

/// Sorted: what frees most first, then what blocks most, then by name.
std::vector<RankedFrontier> rankFrontiers(const Plan &Planned);

} // namespace unsingleton

#endif
