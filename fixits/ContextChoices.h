//===- ContextChoices.h - Where a context comes from ------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_FIXITS_CONTEXTCHOICES_H
#define UNSINGLETON_FIXITS_CONTEXTCHOICES_H

#include "fixits/Plan.h"
#include "fixits/Threading.h"

namespace unsingleton {

/// Says in \p M of each function that \p Threaded touches how it comes by its
/// context.
void explain(const Program &P, const Threads &Threaded, Migration &M);

} // namespace unsingleton

#endif
