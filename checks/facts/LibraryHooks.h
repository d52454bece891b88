//===- LibraryHooks.h - What libraries call by its name ---------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_FACTS_LIBRARYHOOKS_H
#define UNSINGLETON_CHECKS_FACTS_LIBRARYHOOKS_H

#include "checks/facts/SourceSpans.h"
#include "clang/AST/Decl.h"

namespace unsingleton {

/// Whether \p F, of ours, is called by its name and arguments from code that is
/// not: by a template of a library that looks for it beside a class, where
/// another signature is not found and no error (`swap(A &, A &)`), by one that
/// names it through a class of ours which hides the library's, or by the
/// language (`begin()`, `await_resume()`).
bool isHook(const clang::FunctionDecl *F, const SourceSpans &Spans);

} // namespace unsingleton

#endif
