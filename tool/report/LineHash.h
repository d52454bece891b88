//===- LineHash.h - How GitHub tells lines apart ----------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// GitHub follows an alert through edits by `primaryLocationLineHash`, a
// partial fingerprint that its upload action computes where a SARIF file has
// none, and that its API expects. So the same numbers are computed here: a
// rolling hash over the hundred characters (UTF-16 code units) from the
// beginning of the line, without blanks and tabs, every end of line as LF;
// lines with the same hash are counted.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_TOOL_REPORT_LINEHASH_H
#define UNSINGLETON_TOOL_REPORT_LINEHASH_H

#include "llvm/ADT/StringRef.h"
#include <string>
#include <vector>

namespace unsingleton {

/// "271789c17abda88f:1" for each line of a file, the first line first. A file
/// that ends in a line break has an empty last line.
std::vector<std::string> lineHashes(llvm::StringRef File);

} // namespace unsingleton

#endif
