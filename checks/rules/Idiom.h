//===- Idiom.h - How a singleton makes and keeps its object -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_RULES_IDIOM_H
#define UNSINGLETON_CHECKS_RULES_IDIOM_H

#include "checks/program/Program.h"
#include <string>

namespace unsingleton {

/// The idiom of \p Storage, which \p Accessors hand out, in the words of
/// reports: "meyers", "lazy", "double-checked", "call-once", "registry" and so
/// on.
std::string idiomOf(const Program &P, const StorageFact &Storage,
                    llvm::ArrayRef<SymbolIndex> Accessors);

} // namespace unsingleton

#endif
