//===- FactStore.cpp - Facts of earlier runs --------------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "tool/store/FactStore.h"

using namespace llvm;

namespace unsingleton {

FactStore::~FactStore() = default;

std::optional<StoredUnit> MemoryStore::find(StringRef Key,
                                            const SourceTree &Tree) {
  std::vector<std::shared_ptr<const std::string>> Candidates;
  {
    std::lock_guard<std::mutex> Guard(Lock);
    Candidates = Units.lookup(Key);
  }
  for (const auto &Bytes : reverse(Candidates)) {
    StoredUnit Unit;
    if (decodeUnit(*Bytes, Format, Key, Tree, Unit) == Decoded::Unit)
      return Unit;
  }
  return std::nullopt;
}

void MemoryStore::keep(StringRef Key, const StoredUnit &Unit) {
  auto Bytes =
      std::make_shared<const std::string>(encodeUnit(Format, Key, Unit));
  std::lock_guard<std::mutex> Guard(Lock);
  Units[Key].push_back(std::move(Bytes));
}

} // namespace unsingleton
