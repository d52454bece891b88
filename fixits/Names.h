//===- Names.h - What migrated functions and slots are called -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_FIXITS_NAMES_H
#define UNSINGLETON_FIXITS_NAMES_H

#include "llvm/ADT/StringRef.h"
#include <string>

namespace unsingleton {

/// `get_x` -> `create_x`, `getX` -> `createX`, `GetX` -> `CreateX`, `x` ->
/// `create_x`, `instance` of a class -> `create`, in the case of the old name.
std::string factoryName(llvm::StringRef Accessor, bool Member);

/// For a class that has a function of that name already: `instance` ->
/// `create_instance`, `getInstance` -> `createInstance`.
std::string longerFactoryName(llvm::StringRef Accessor);

/// Whether the name says that something is handed out, and no more: `get_x`,
/// `instance`.
bool isGetter(llvm::StringRef Accessor);

/// Without what tells where it lies: `s_peers_` -> `peers`.
llvm::StringRef bareName(llvm::StringRef Storage);

/// The slot behind \p Factory (as named above), in the style of \p Storage:
/// `create_x` -> `x_slot`, `createX` -> `xSlot`; a member keeps the trailing
/// underscore of its predecessor.
std::string slotName(llvm::StringRef Factory, llvm::StringRef Storage,
                     bool Local, bool Member);

} // namespace unsingleton

#endif
