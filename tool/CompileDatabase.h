//===- CompileDatabase.h - Which units there are -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_TOOL_COMPILEDATABASE_H
#define UNSINGLETON_TOOL_COMPILEDATABASE_H

#include "checks/facts/Extract.h"
#include "llvm/Support/Error.h"

namespace unsingleton {

/// The units of all \p Builds, sorted and without repetition. Each build is a
/// folder with a compile_commands.json, or such a file.
llvm::Expected<std::vector<UnitCommand>>
readCompileDatabases(const std::vector<std::string> &Builds);

/// Whether a file's name is that of a unit's source, not of a header.
bool isSource(llvm::StringRef File);

} // namespace unsingleton

#endif
