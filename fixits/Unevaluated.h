//===- Unevaluated.h - Contexts of operands that nobody evaluates -*- C++
//-*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_FIXITS_UNEVALUATED_H
#define UNSINGLETON_FIXITS_UNEVALUATED_H

#include "fixits/Threading.h"

namespace unsingleton {

/// What \p Call, in `decltype` or the like, passes: the context in scope, or
/// one that is not there.
ContextAnswer unevaluatedContext(const Program &P, const Policy &How,
                                 const CallFact &Call);

/// Has such calls of \p Result name the parameter that their function got.
void nameUnevaluated(const Program &P, const Policy &How, Threads &Result);

} // namespace unsingleton

#endif
