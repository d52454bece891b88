//===- BodyLedger.h - Which unit reads which function body -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A header's function bodies say the same thing in every unit that includes
// it. The ledger, shared by all units of a run, lets the first unit that meets
// a body claim it; the others skip it. "The same" means: same file, same
// offset, same semantic flags, and the same definitions of the macros that the
// file's text mentions (a BodyKey holds all four).
//
// A unit that fails to parse withdraws its claims. Bodies that other units
// skipped in good faith are then orphans: `orphans` names units that are to be
// read again, so that each body has a reader.
//
// Facts may outlive a run (the fact store), and with them the unit's dealings:
// which bodies they hold and which they leave to others. `adopt` enters those
// of a unit that is not parsed; where the reader that it relied on is gone, its
// body is an orphan too.
//
// Bodies of templates are not claimed, since each unit's instantiations say
// something of their own. A unit that finds a template's body free of
// dependent calls closes it; closed bodies are skipped by later units.
//
// What a header declares is claimed in the same way, with a key that holds the
// symbol too.
//
// A file is taken to have the same text all through a run: it is read once.
//
// Thread-safe. Facts do not depend on who claims what, because linking is a
// union: that is tested by running with and without a ledger.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_FACTS_BODYLEDGER_H
#define UNSINGLETON_CHECKS_FACTS_BODYLEDGER_H

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

namespace unsingleton {

using BodyKey = uint64_t;
using UnitNumber = uint32_t;

/// What a unit has claimed and what it has left to others. Sorted, and without
/// repetition.
struct BodyDealings {
  std::vector<BodyKey> Read;
  std::vector<BodyKey> Skipped;
  std::vector<BodyKey> Closed; ///< templates, which it has read
  std::vector<BodyKey> SkippedClosed;
};

class BodyLedger {
public:
  /// Whether \p Unit is to read the body. False: another unit does.
  bool claim(BodyKey Key, UnitNumber Unit);
  /// Whether another unit has found that a template's body says the same in
  /// every unit, so that \p Unit need not read it.
  bool isClosed(BodyKey Key, UnitNumber Unit);
  void close(BodyKey Key, UnitNumber Unit);

  /// What \p Unit has done since it was last withdrawn.
  BodyDealings dealings(UnitNumber Unit);
  /// Enters what a unit, whose facts are at hand, did in another run.
  void adopt(UnitNumber Unit, const BodyDealings &Dealings);
  /// Takes all claims back: the units have failed.
  void withdraw(const std::vector<UnitNumber> &Failed);
  /// Units that, read again, read every body that was skipped and that nobody
  /// reads: few, in ascending order. What they skipped is forgotten.
  std::vector<UnitNumber> orphans();

  /// The identifiers that a file's text mentions, sorted: lexed once a run.
  std::shared_ptr<const std::vector<std::string>>
  identifiers(llvm::StringRef Path, llvm::StringRef Text);
  /// The digest of a file's text, computed once a run.
  uint64_t digest(llvm::StringRef Path, llvm::StringRef Text);

private:
  static constexpr UnitNumber Nobody = ~0u;
  struct Entry {
    UnitNumber Reader = Nobody;
    std::vector<UnitNumber> Skippers;
  };
  using Entries = llvm::DenseMap<BodyKey, Entry>;
  BodyDealings &of(UnitNumber Unit);
  static void adopt(Entries &To, UnitNumber Unit,
                    const std::vector<BodyKey> &Read,
                    const std::vector<BodyKey> &Skipped);
  void forgetSkips(UnitNumber Unit);

  std::mutex Lock; ///< guards all that follows
  Entries Claims;
  Entries Closed; ///< templates
  std::vector<BodyDealings> ByUnit;
  llvm::StringMap<std::shared_ptr<const std::vector<std::string>>> Words;
  llvm::StringMap<uint64_t> Digests;
};

} // namespace unsingleton

#endif
