//===- BodyLedger.cpp - Which unit reads which function body -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/facts/BodyLedger.h"
#include "clang/Basic/LangOptions.h"
#include "clang/Lex/Lexer.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/xxhash.h"
#include <set>

using namespace unsingleton;

bool BodyLedger::claim(BodyKey Key, UnitNumber Unit) {
  std::lock_guard<std::mutex> Guard(Lock);
  auto [It, New] = Claims.try_emplace(Key, Entry{Unit, {}});
  if (New || It->second.Reader == Unit)
    return true;
  It->second.Skippers.push_back(Unit);
  return false;
}

bool BodyLedger::isClosed(BodyKey Key) {
  std::lock_guard<std::mutex> Guard(Lock);
  return Closed.contains(Key);
}

void BodyLedger::close(BodyKey Key, UnitNumber Unit) {
  std::lock_guard<std::mutex> Guard(Lock);
  Closed.try_emplace(Key, Entry{Unit, {}});
}

std::vector<UnitNumber>
BodyLedger::release(const std::vector<UnitNumber> &Failed) {
  std::set<UnitNumber> Gone(Failed.begin(), Failed.end());
  std::set<UnitNumber> Again;
  std::lock_guard<std::mutex> Guard(Lock);
  std::vector<BodyKey> Free;
  for (auto &[Key, Claim] : Claims) {
    if (!Gone.count(Claim.Reader))
      continue;
    Again.insert(Claim.Skippers.begin(), Claim.Skippers.end());
    Free.push_back(Key);
  }
  for (BodyKey Key : Free)
    Claims.erase(Key);
  std::vector<UnitNumber> Result;
  for (UnitNumber Unit : Again)
    if (!Gone.count(Unit))
      Result.push_back(Unit);
  return Result;
}

std::shared_ptr<const std::vector<std::string>>
BodyLedger::identifiers(llvm::StringRef Path, llvm::StringRef Text) {
  {
    std::lock_guard<std::mutex> Guard(Lock);
    auto It = Words.find(Path);
    if (It != Words.end())
      return It->second;
  }
  llvm::StringSet<> Seen;
  clang::LangOptions LO;
  clang::Lexer Lexer(clang::SourceLocation(), LO, Text.begin(), Text.begin(),
                     Text.end());
  clang::Token Token;
  while (!Lexer.LexFromRawLexer(Token) || Token.isNot(clang::tok::eof)) {
    if (Token.is(clang::tok::raw_identifier))
      Seen.insert(Token.getRawIdentifier());
    if (Token.is(clang::tok::eof))
      break;
  }
  auto Sorted = std::make_shared<std::vector<std::string>>();
  for (const auto &Word : Seen)
    Sorted->push_back(Word.getKey().str());
  llvm::sort(*Sorted);
  std::lock_guard<std::mutex> Guard(Lock);
  return Words.try_emplace(Path, std::move(Sorted)).first->second;
}

uint64_t BodyLedger::digest(llvm::StringRef Path, llvm::StringRef Text) {
  {
    std::lock_guard<std::mutex> Guard(Lock);
    auto It = Digests.find(Path);
    if (It != Digests.end())
      return It->second;
  }
  uint64_t Digest = llvm::xxh3_64bits(Text);
  std::lock_guard<std::mutex> Guard(Lock);
  return Digests.try_emplace(Path, Digest).first->second;
}
