//===- Ways.h - Types through which other state is reached -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A way is a value whose copy still leads to the same state: reference,
// pointer, smart pointer, iterator, view. A way can be closed: through a
// pointer to const nothing changes.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_FACTS_WAYS_H
#define UNSINGLETON_CHECKS_FACTS_WAYS_H

#include "clang/AST/Expr.h"
#include "clang/AST/Type.h"

namespace unsingleton {

/// A pointer, reference, smart pointer, iterator or view.
bool isWay(clang::QualType Type);

/// A way through which something can be changed.
bool isOpenWay(clang::QualType Type);

/// An iterator of a library, const or not.
bool isIterator(clang::QualType Type);

/// Whether whoever gets the value of \p E can change what it leads to.
bool givesWay(const clang::Expr *E);

} // namespace unsingleton

#endif
