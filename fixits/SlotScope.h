//===- SlotScope.h - Who shares a migrated object -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_FIXITS_SLOTSCOPE_H
#define UNSINGLETON_FIXITS_SLOTSCOPE_H

#include "checks/rules/Finding.h"
#include "fixits/Policy.h"

namespace unsingleton {

/// The key that a storage becomes: one object for each request, or one that all
/// requests of a conversation or of a user share.
struct SlotScope {
  llvm::StringRef Name; ///< "request", "conversation", "user"
  std::string Class;    ///< "isolation::PerRequest" …
  std::string Header;
};

/// An annotation on the accessor, the storage or the object's class says it,
/// else the options isolation.PerUser and isolation.PerConversation; else it is
/// the request.
SlotScope scopeOf(const Program &P, const Finding &F, const Policy &How);

} // namespace unsingleton

#endif
