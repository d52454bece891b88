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
#include <map>
#include <set>

using namespace unsingleton;

BodyDealings &BodyLedger::of(UnitNumber Unit) {
  if (ByUnit.size() <= Unit)
    ByUnit.resize(Unit + 1);
  return ByUnit[Unit];
}

bool BodyLedger::claim(BodyKey Key, UnitNumber Unit) {
  std::lock_guard<std::mutex> Guard(Lock);
  Entry &Claim = Claims[Key];
  if (Claim.Reader == Nobody)
    Claim.Reader = Unit;
  if (Claim.Reader == Unit) {
    of(Unit).Read.push_back(Key);
    return true;
  }
  Claim.Skippers.push_back(Unit);
  of(Unit).Skipped.push_back(Key);
  return false;
}

bool BodyLedger::isClosed(BodyKey Key, UnitNumber Unit) {
  std::lock_guard<std::mutex> Guard(Lock);
  auto It = Closed.find(Key);
  // Who closed it has read it, and reads it again when it is read again.
  if (It == Closed.end() || It->second.Reader == Nobody ||
      It->second.Reader == Unit)
    return false;
  It->second.Skippers.push_back(Unit);
  of(Unit).SkippedClosed.push_back(Key);
  return true;
}

void BodyLedger::close(BodyKey Key, UnitNumber Unit) {
  std::lock_guard<std::mutex> Guard(Lock);
  Entry &Claim = Closed[Key];
  if (Claim.Reader == Nobody)
    Claim.Reader = Unit;
  of(Unit).Closed.push_back(Key);
}

BodyDealings BodyLedger::dealings(UnitNumber Unit) {
  std::lock_guard<std::mutex> Guard(Lock);
  BodyDealings &Result = of(Unit);
  for (auto *Keys :
       {&Result.Read, &Result.Skipped, &Result.Closed, &Result.SkippedClosed}) {
    llvm::sort(*Keys);
    Keys->erase(llvm::unique(*Keys), Keys->end());
  }
  return Result;
}

void BodyLedger::adopt(Entries &To, UnitNumber Unit,
                       const std::vector<BodyKey> &Read,
                       const std::vector<BodyKey> &Skipped) {
  for (BodyKey Key : Read)
    if (Entry &Claim = To[Key]; Claim.Reader == Nobody)
      Claim.Reader = Unit;
  for (BodyKey Key : Skipped)
    To[Key].Skippers.push_back(Unit);
}

void BodyLedger::adopt(UnitNumber Unit, const BodyDealings &Dealings) {
  std::lock_guard<std::mutex> Guard(Lock);
  adopt(Claims, Unit, Dealings.Read, Dealings.Skipped);
  adopt(Closed, Unit, Dealings.Closed, Dealings.SkippedClosed);
}

void BodyLedger::forgetSkips(UnitNumber Unit) {
  for (Entries *All : {&Claims, &Closed})
    for (auto &[Key, Claim] : *All)
      llvm::erase(Claim.Skippers, Unit);
  of(Unit) = BodyDealings();
}

void BodyLedger::withdraw(const std::vector<UnitNumber> &Failed) {
  if (Failed.empty())
    return;
  std::lock_guard<std::mutex> Guard(Lock);
  std::set<UnitNumber> Gone(Failed.begin(), Failed.end());
  for (Entries *All : {&Claims, &Closed})
    for (auto &[Key, Claim] : *All)
      if (Gone.count(Claim.Reader))
        Claim.Reader = Nobody;
  for (UnitNumber Unit : Gone)
    forgetSkips(Unit);
}

std::vector<UnitNumber> BodyLedger::orphans() {
  std::lock_guard<std::mutex> Guard(Lock);
  // A set cover, greedily. Keys are sorted so that a run can be repeated.
  std::map<BodyKey, const Entry *> Open;
  std::map<UnitNumber, size_t> Skipped;
  for (Entries *All : {&Claims, &Closed})
    for (auto &[Key, Claim] : *All)
      if (Claim.Reader == Nobody && !Claim.Skippers.empty())
        Open.try_emplace(Key, &Claim);
  std::vector<UnitNumber> Result;
  while (!Open.empty()) {
    Skipped.clear();
    for (const auto &[Key, Claim] : Open)
      for (UnitNumber Unit : Claim->Skippers)
        ++Skipped[Unit];
    auto Best = llvm::max_element(Skipped, [](const auto &A, const auto &B) {
      return std::pair(A.second, B.first) < std::pair(B.second, A.first);
    });
    UnitNumber Chosen = Best->first;
    Result.push_back(Chosen);
    std::erase_if(Open, [&](const auto &Key) {
      return llvm::is_contained(Key.second->Skippers, Chosen);
    });
  }
  llvm::sort(Result);
  // Each unit is read again once for a body, whatever it then claims.
  for (UnitNumber Unit : Result)
    forgetSkips(Unit);
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
