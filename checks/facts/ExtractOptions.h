//===- ExtractOptions.h - What extract needs to know of the project -*- C++
//-*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_FACTS_EXTRACTOPTIONS_H
#define UNSINGLETON_CHECKS_FACTS_EXTRACTOPTIONS_H

#include <string>
#include <vector>

namespace unsingleton {

/// Everything that changes what extract says about the same text: part of the
/// key under which facts may be stored. A plain value.
struct ExtractOptions {
  /// Real path of the folder whose files are ours; empty: every file that is
  /// not a system header is.
  std::string Root;
  /// Real paths of folders below the root that hold generated files.
  std::vector<std::string> Generated;
  /// Qualified name of the class that carries a request's context.
  std::string ContextType = "isolation::UserExecutionContext";

  /// Expressions that yield a context, with the variable in braces, named by
  /// itself or by its class: `{request}.user_context()`,
  /// `{http::Request}.session().context()`.
  std::vector<std::string> ContextExpressions;

  /// Libraries' holders besides those of LibraryHolders.def, as `ns::Holder` or
  /// `ns::Holder=method1,method2`; or names of macros that declare such
  /// objects.
  std::vector<std::string> Holders;

  bool ours(const std::string &RealPath) const;
};

} // namespace unsingleton

#endif
