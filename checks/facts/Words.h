//===- Words.h - The words that a name is made of -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_FACTS_WORDS_H
#define UNSINGLETON_CHECKS_FACTS_WORDS_H

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include <string>

namespace unsingleton {

/// `user_id`, `UserId` and `userID` are "user" and "id", in lower case.
llvm::SmallVector<std::string, 4> wordsOf(llvm::StringRef Name);

/// Whether \p Word (in lower case) is one of the words of \p Name.
bool containsWord(llvm::StringRef Name, llvm::StringRef Word);

} // namespace unsingleton

#endif
