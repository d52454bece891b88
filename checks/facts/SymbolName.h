//===- SymbolName.h - The name of an entity across units -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// An entity's symbol is its Unified Symbol Resolution string (USR), to which
// internal linkage adds the file: USRs name a `static` function's file by its
// last component only, and two folders may each have a util.cpp.
//
// What a template's instantiation says counts for the template: symbols of
// instantiated functions, variables and classes are those of their pattern.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_FACTS_SYMBOLNAME_H
#define UNSINGLETON_CHECKS_FACTS_SYMBOLNAME_H

#include "clang/AST/Decl.h"
#include "clang/AST/DeclCXX.h"
#include <string>

namespace unsingleton {

/// The pattern that \p F was instantiated from, or \p F, as canonical
/// declaration.
const clang::FunctionDecl *patternOf(const clang::FunctionDecl *F);
const clang::VarDecl *patternOf(const clang::VarDecl *V);
const clang::CXXRecordDecl *patternOf(const clang::CXXRecordDecl *R);
const clang::FieldDecl *patternOf(const clang::FieldDecl *F);

/// The symbol of the pattern of \p D. Empty for what has no name across units.
std::string symbolName(const clang::NamedDecl *D);

} // namespace unsingleton

#endif
