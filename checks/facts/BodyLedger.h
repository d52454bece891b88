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
// A unit that fails to parse gives its claims back: `release` returns the keys
// that other units skipped in good faith, and those units are read again.
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

class BodyLedger {
public:
  /// Whether \p Unit is to read the body. False: another unit does.
  bool claim(BodyKey Key, UnitNumber Unit);
  /// Whether a template's body is known to say the same in every unit.
  bool isClosed(BodyKey Key);
  void close(BodyKey Key, UnitNumber Unit);

  /// Takes back all claims of units that failed, and returns the units that
  /// relied on them and must be read again, in ascending order.
  std::vector<UnitNumber> release(const std::vector<UnitNumber> &Failed);

  /// The identifiers that a file's text mentions, sorted: lexed once a run.
  std::shared_ptr<const std::vector<std::string>>
  identifiers(llvm::StringRef Path, llvm::StringRef Text);
  /// The digest of a file's text, computed once a run.
  uint64_t digest(llvm::StringRef Path, llvm::StringRef Text);

private:
  struct Entry {
    UnitNumber Reader;
    std::vector<UnitNumber> Skippers;
  };
  std::mutex Lock; ///< guards all that follows
  llvm::DenseMap<BodyKey, Entry> Claims;
  llvm::DenseMap<BodyKey, Entry> Closed;
  llvm::StringMap<std::shared_ptr<const std::vector<std::string>>> Words;
  llvm::StringMap<uint64_t> Digests;
};

} // namespace unsingleton

#endif
