//===- Page.h - The page that shows a report -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The page is one file: template.html holds the markup, the style, the program
// and the licences of the libraries in it, bundled by tool/html/build.mjs and
// compiled into the tool. It says by its own Content-Security-Policy that it
// loads nothing. The data goes in as JSON in a script element that no browser
// runs.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_TOOL_HTML_PAGE_H
#define UNSINGLETON_TOOL_HTML_PAGE_H

#include "llvm/Support/JSON.h"

namespace unsingleton {

/// \p Value as JSON that may stand in a script element: `<`, `>`, `&` and the
/// line ends U+2028 and U+2029 only occur in strings, where they are escaped.
std::string scriptJson(llvm::json::Value Value);

/// The whole file.
std::string pageWith(llvm::json::Value Data);

} // namespace unsingleton

#endif
