//===- Watch.h - check --watch ----------------------------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_TOOL_WATCH_H
#define UNSINGLETON_TOOL_WATCH_H

#include "tool/Commands.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include <set>

namespace unsingleton {

/// Every file whose change may change what `check` says: what units read,
/// where they failed, the compilation databases and the configuration.
std::set<std::string> watchedFiles(const Session &S, const CommandLine &Line);

/// Calls \p Check, waits until one of the files that it names is written,
/// removed or made, and calls it again, without end. An error of the first call
/// is returned; later ones are shown, for they may be half-saved files.
///
/// Files are looked at a few times a second rather than by the system's own
/// notices: those miss what happens on network file systems and in containers.
llvm::Expected<int>
watch(llvm::function_ref<llvm::Expected<int>(std::set<std::string> &)> Check);

} // namespace unsingleton

#endif // UNSINGLETON_TOOL_WATCH_H
