//===- Teardown.h - The end of an object is no change -----------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A singleton that never changes has often a function that deletes it, for
// whoever wants no leaks at the end:
//
//     void Parser::destroy() { delete parser_; parser_ = nullptr; }
//
// The next who asks an accessor gets one that is made the same way. It is a
// change where nobody makes one, where the object is made anew at once, which
// is how it would be loaded again, or where the one that is made after it may
// be another: its constructor reads state that changes.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_RULES_TEARDOWN_H
#define UNSINGLETON_CHECKS_RULES_TEARDOWN_H

#include "checks/rules/Changes.h"
#include "checks/rules/Singleton.h"

namespace unsingleton {

/// Whether \p Write, to the storage of \p S, only does away with its object.
bool isTeardown(const Program &P, const Changes &All, const Singleton &S,
                const WriteFact &Write);

} // namespace unsingleton

#endif
