//===- AskingAccessors.h - Accessors that stay as they are -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// An accessor that is kept in a table of functions, or that a macro or somebody
// else's code calls, cannot get a parameter. With --frontier=bridge it keeps
// its name and asks the thread itself, and its callers stay as they are:
//
//     static Session &session() {
//       static constexpr isolation::PerRequest<Session> session_slot;
//       return session_slot.get_or_create(isolation::current_context(), …);
//     }
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_FIXITS_ASKINGACCESSORS_H
#define UNSINGLETON_FIXITS_ASKINGACCESSORS_H

#include "fixits/Threading.h"

namespace unsingleton {

/// Whether \p Accessors may ask the thread, if \p Threaded is what giving them
/// a parameter would come to. \p Migrated: storages whose objects live and die
/// with a request.
bool mayAsk(const Program &P, const std::set<SymbolIndex> &Accessors,
            const Threads &Threaded, const std::set<SymbolIndex> &Migrated);

} // namespace unsingleton

#endif
