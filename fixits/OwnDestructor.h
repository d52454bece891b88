//===- OwnDestructor.h - An object that asks for itself ---------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A singleton's destructor that goes through the accessor means its own object.
// When that is a request's, it must not be asked for any more, and need not be:
//
//   ~Params() { instance().close(); }    ~Params() { this->close(); }
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_FIXITS_OWNDESTRUCTOR_H
#define UNSINGLETON_FIXITS_OWNDESTRUCTOR_H

#include "checks/program/Program.h"

namespace unsingleton {

/// Whether \p Call, of an accessor, is in the destructor of the only object of
/// its class, and the accessor hands out that, or a pointer to it.
bool asksForItself(const Program &P, const CallFact &Call);

} // namespace unsingleton

#endif
