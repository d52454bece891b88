//===- MigrationGroup.h - One singleton on its way to a plan -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What planning knows of one singleton, and what has to be asked of all at
// once: which are migrated together, whose names clash, what one's threading
// does to the creation of another.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_FIXITS_MIGRATIONGROUP_H
#define UNSINGLETON_FIXITS_MIGRATIONGROUP_H

#include "fixits/StorageRewrite.h"
#include "fixits/Threading.h"
#include <memory>

namespace unsingleton {

struct MigrationGroup {
  const Finding *Of = nullptr; ///< not owned
  unsigned Number = 0;         ///< of the finding
  std::unique_ptr<StorageRewrite> Rewrite;
  Threads Threaded;
  std::vector<Refusal> Refusals; ///< empty: it is migrated

  /// Threads the context to the callers of the accessors; where these cannot be
  /// given one, they stay as they are, and ask the thread.
  void thread(const Program &P, const Policy &How, const MigratedSet &Migrated,
              const std::map<SymbolIndex, Refusal> &NoParameter);
};
using MigrationGroups = std::vector<MigrationGroup>;

MigratedSet migratedOf(const MigrationGroups &Groups);

/// Two singletons whose factories would have one name: the later is refused.
void refuseSharedNames(const Program &P, MigrationGroups &Groups);

/// Whether the body of a threaded function mentions its new parameter.
bool usesParameter(const Program &P, const MigrationGroups &Groups,
                   SymbolIndex Function);

/// Whether what makes the object of \p G takes the context.
StorageRewrite::CreationContext creationContext(const MigrationGroups &Groups,
                                                const MigrationGroup &G);

} // namespace unsingleton

#endif
