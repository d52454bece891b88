//===- ExtractOptions.cpp - What extract needs to know of the project -*- C++
//-*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/facts/ExtractOptions.h"
#include "llvm/ADT/StringRef.h"

using namespace unsingleton;

static bool below(llvm::StringRef Path, llvm::StringRef Folder) {
  return Path.consume_front(Folder) &&
         (Folder.ends_with("/") || Path.starts_with("/"));
}

bool ExtractOptions::ours(const std::string &RealPath) const {
  for (const std::string &Folder : Generated)
    if (below(RealPath, Folder))
      return false;
  return Root.empty() || below(RealPath, Root);
}
