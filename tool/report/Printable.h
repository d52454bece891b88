//===- Printable.h - Names that nobody vetted, in reports -------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Names of files and text of sources come from a repository that somebody else
// wrote: they may hold escape sequences, line breaks, marks that turn the
// direction of writing, and bytes that are no UTF-8. What a person reads gets
// printable(); what a program must find again (a path) keeps its characters and
// gets the escaping of its format, one function each.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_TOOL_REPORT_PRINTABLE_H
#define UNSINGLETON_TOOL_REPORT_PRINTABLE_H

#include "llvm/ADT/StringRef.h"
#include <string>

namespace unsingleton {

/// One line that a terminal shows as it is written: what is not printable
/// becomes `<U+202E>`, a byte that is no UTF-8 `<E9>`, as clang shows them.
std::string printable(llvm::StringRef Text);

/// UTF-8, as JSON wants it; other bytes become U+FFFD.
std::string utf8(llvm::StringRef Text);

/// The text of an XML element or attribute: line breaks and tabs are kept,
/// as references; characters that XML forbids are shown as printable() does.
std::string xml(llvm::StringRef Text);

/// A path as a URI reference (RFC 3986): bytes other than unreserved ones and
/// '/' are percent-encoded.
std::string uri(llvm::StringRef Path);

} // namespace unsingleton

#endif
