//===- NearestName.h - Which name a wrong one may stand for -----*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_RULES_NEARESTNAME_H
#define UNSINGLETON_CHECKS_RULES_NEARESTNAME_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include <string>

namespace unsingleton {

/// `did you mean 'b'?` where \p Wrong may be a misspelling of one of \p Names,
/// else `known are 'a', 'b'`.
std::string suggestion(llvm::StringRef Wrong,
                       llvm::ArrayRef<llvm::StringRef> Names);

} // namespace unsingleton

#endif
