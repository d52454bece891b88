//===- Words.cpp - The words that a name is made of -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/facts/Words.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

namespace unsingleton {

llvm::SmallVector<std::string, 4> wordsOf(llvm::StringRef Name) {
  llvm::SmallVector<std::string, 4> Words;
  std::string Word;
  auto End = [&] {
    if (!Word.empty())
      Words.push_back(std::move(Word));
    Word.clear();
  };
  for (size_t I = 0; I < Name.size(); ++I) {
    char C = Name[I];
    if (!llvm::isAlpha(C)) {
      End();
      continue;
    }
    // A capital begins a word unless it goes on with an abbreviation, of which
    // there may be several: `userIDs`.
    bool AfterSmall = I && llvm::isLower(Name[I - 1]);
    llvm::StringRef Rest = Name.drop_front(I + 1);
    bool Plural = Rest.consume_front("s") &&
                  (Rest.empty() || !llvm::isLower(Rest.front()));
    bool BeforeSmall = I && llvm::isUpper(Name[I - 1]) && !Plural &&
                       I + 1 < Name.size() && llvm::isLower(Name[I + 1]);
    if (llvm::isUpper(C) && (AfterSmall || BeforeSmall))
      End();
    Word += llvm::toLower(C);
  }
  End();
  return Words;
}

bool containsWord(llvm::StringRef Name, llvm::StringRef Word) {
  return llvm::is_contained(wordsOf(Name), Word.str());
}

} // namespace unsingleton
