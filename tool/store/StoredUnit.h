//===- StoredUnit.h - A unit's facts as they are kept -----------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A record is an envelope and a body (Codec.h):
//
//     "unsingleton facts\n", the writer's format, the key, the body's digest
//     the trace, the dealings with the ledger, the facts
//
// The format stands for everything that decides what the bytes mean and what a
// tool says of a unit: the tool's version and its executable, the version of
// Clang, and the types of all facts. A record of another format is not read.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_TOOL_STORE_STOREDUNIT_H
#define UNSINGLETON_TOOL_STORE_STOREDUNIT_H

#include "checks/facts/Extract.h"
#include "tool/store/FileTrace.h"

namespace unsingleton {

/// Everything that the fact store keeps of a unit. A plain value.
struct StoredUnit {
  FileTrace Trace;
  BodyDealings Bodies;
  UnitFacts Facts;
};

/// The name under which a unit's facts are kept: a digest of its command, of
/// the options of extraction, and of the environment variables that Clang
/// reads. What the files say is not in it (see FileTrace.h).
std::string unitKey(const UnitCommand &Command, const ExtractOptions &Options);

/// The format that this process reads and writes.
uint64_t factsFormat();

std::string encodeUnit(uint64_t Format, llvm::StringRef Key,
                       const StoredUnit &Unit);

enum class Decoded : uint8_t {
  Unit,
  Stale,   ///< the files are no longer as the unit saw them
  Foreign, ///< another format
  Damaged,
};
/// Takes any bytes. \p Out is only to be used if the result is Unit.
Decoded decodeUnit(llvm::StringRef Bytes, uint64_t Format, llvm::StringRef Key,
                   const SourceTree &Tree, StoredUnit &Out);

/// Whether all symbols and files that \p Facts refer to are in their tables.
bool isSound(const UnitFacts &Facts);

} // namespace unsingleton

#endif
