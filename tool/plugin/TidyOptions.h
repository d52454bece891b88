//===- TidyOptions.h - Our options as clang-tidy hands them over -*- C++-*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_TOOL_PLUGIN_TIDYOPTIONS_H
#define UNSINGLETON_TOOL_PLUGIN_TIDYOPTIONS_H

#include "clang-tidy/ClangTidyCheck.h"
#include "fixits/CheckOptions.h"

namespace unsingleton {

/// What clang-tidy's configuration of the current file says. The error names
/// the file that says it, as the command line's does.
llvm::Expected<ProjectOptions>
readTidyOptions(clang::tidy::ClangTidyContext &Context);

} // namespace unsingleton

#endif
