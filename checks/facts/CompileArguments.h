//===- CompileArguments.h - From a compile command to one that Clang parses -*-
// C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Compile databases are written for the project's compiler, often GCC. This
// keeps what matters for the meaning of the code and drops the rest: warning
// flags, flags that Clang does not know, outputs and dependency files, and
// precompiled headers (their source header is included instead).
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_FACTS_COMPILEARGUMENTS_H
#define UNSINGLETON_CHECKS_FACTS_COMPILEARGUMENTS_H

#include <string>
#include <vector>

namespace unsingleton {

struct ParserLocation {
  std::string ResourceFolder; ///< of Clang's builtin headers
};

/// \p Command: argv as the database has it, compiler first.
std::vector<std::string>
compileArguments(const std::vector<std::string> &Command,
                 const ParserLocation &Parser);

/// CMake's `target_precompile_headers` makes each unit include a file that
/// calls itself a system header, and with it all that it lists: the project's
/// own headers too, which then would count as a library's. \p Arguments with
/// what such files list in their stead; \p Folder: where the command runs.
std::vector<std::string>
listedIncludes(const std::vector<std::string> &Arguments,
               const std::string &Folder);

/// The warning flags among them, none of which makes a warning an error; "-w"
/// alone if they want no warnings.
std::vector<std::string>
warningArguments(const std::vector<std::string> &Command);

} // namespace unsingleton

#endif
