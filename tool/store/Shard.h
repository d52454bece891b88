//===- Shard.h - Facts that come from other machines ------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// `extract --shard=2/3 -o DIR` writes DIR/shard-2-of-3.facts, which holds the
// facts of every third unit and what they were made with. `check --facts DIR`
// reads all parts and links them: linking is a union, so that it says what one
// run over all units would.
//
// A part may come from a machine where the repository lies elsewhere: paths
// below its root are told anew below ours.
//
// What is wrong with a part is an error: missing, damaged, of another version,
// of other options, or of another state of the sources than the others.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_TOOL_STORE_SHARD_H
#define UNSINGLETON_TOOL_STORE_SHARD_H

#include "tool/Commands.h"

namespace unsingleton {

struct Shard {
  std::string Root; ///< real path, where the facts were made
  uint32_t Index = 1;
  uint32_t Count = 1;
  uint64_t Program = 0; ///< of the names of all units, also the other parts'
  ExtractOptions Options;
  std::vector<UnitFacts> Units;
};

std::string encodeShard(uint64_t Format, const Shard &Part);
/// Takes any bytes. The error says what is wrong with them, without the path.
llvm::Expected<Shard> decodeShard(uint64_t Format, llvm::StringRef Bytes);

/// Tells what lies below Part.Root as lying below \p Root.
void moveTo(const std::string &Root, Shard &Part);

/// All parts in \p Folder, in their order, each as it was written.
llvm::Expected<std::vector<Shard>> readShards(const std::string &Folder);

/// The session of a command that is given --facts.
llvm::Expected<Session> openShards(const CommandLine &Line);

} // namespace unsingleton

#endif
