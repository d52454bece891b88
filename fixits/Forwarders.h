//===- Forwarders.h - Old accessors for callers elsewhere -------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// --compat=forwarder: callers outside the compile database go on compiling.
// Behind the declaration of a factory its old name stays as
//
//     [[deprecated("pass a context to 'create_x'")]] inline X &
//     get_x(ISOLATION_FORWARDER_PLACE) {
//       ISOLATION_FORWARDER_USED("get_x");
//       return create_x(isolation::current_context());
//     }
//
// The code that is seen is migrated as ever. None for accessors that only code
// of this project can reach (a file's or a class's own) and for those that take
// parameters, whose callers nobody knows the arguments of.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_FIXITS_FORWARDERS_H
#define UNSINGLETON_FIXITS_FORWARDERS_H

#include "checks/program/Program.h"
#include "fixits/EditSet.h"

namespace unsingleton {

/// Adds one for \p Accessor, which becomes \p NewName, if others can call it.
void addForwarder(const Program &P, SymbolIndex Accessor,
                  const std::string &NewName, unsigned Group, EditSet &Out);

} // namespace unsingleton

#endif
