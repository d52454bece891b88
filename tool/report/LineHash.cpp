//===- LineHash.cpp - How GitHub tells lines apart --------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "tool/report/LineHash.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/ConvertUTF.h"
#include <array>

using namespace llvm;

namespace unsingleton {

namespace {
/// The characters that count, and where lines begin among them.
struct Stripped {
  std::vector<uint16_t> Characters;
  std::vector<size_t> Lines; ///< index of each line's first character
};

std::vector<UTF32> decoded(StringRef File) {
  std::vector<UTF32> Result(File.size());
  const auto *From = reinterpret_cast<const UTF8 *>(File.begin());
  UTF32 *To = Result.data();
  // Lenient: what is no UTF-8 becomes U+FFFD, as JavaScript decodes it.
  ConvertUTF8toUTF32(&From, From + File.size(), &To, To + Result.size(),
                     lenientConversion);
  Result.resize(static_cast<size_t>(To - Result.data()));
  return Result;
}

Stripped stripped(StringRef File) {
  constexpr uint16_t EndOfFile = 0xffff;
  Stripped Result;
  bool LineBegins = true;
  auto Take = [&](uint16_t Character) {
    if (std::exchange(LineBegins, Character == '\n'))
      Result.Lines.push_back(Result.Characters.size());
    Result.Characters.push_back(Character);
  };
  bool AfterCR = false;
  for (UTF32 Code : decoded(File)) {
    bool SecondHalf = AfterCR && Code == '\n';
    AfterCR = Code == '\r';
    if (Code == ' ' || Code == '\t' || SecondHalf)
      continue;
    if (Code == '\r')
      Code = '\n';
    if (Code < 0x10000) {
      Take(static_cast<uint16_t>(Code));
      continue;
    }
    Take(static_cast<uint16_t>(0xd800 + ((Code - 0x10000) >> 10)));
    Take(static_cast<uint16_t>(0xdc00 + ((Code - 0x10000) & 0x3ff)));
  }
  Take(EndOfFile);
  return Result;
}
} // namespace

std::vector<std::string> lineHashes(StringRef File) {
  constexpr size_t Window = 100;
  constexpr uint64_t Factor = 37; // all arithmetic is modulo 2^64
  Stripped Text = stripped(File);
  uint64_t LeavingFactor = 1;
  for (size_t I = 0; I < Window; ++I)
    LeavingFactor *= Factor;
  auto At = [&](size_t I) -> uint64_t {
    return I < Text.Characters.size() ? Text.Characters[I] : 0;
  };
  std::vector<std::string> Result;
  StringMap<unsigned> Seen;
  uint64_t Hash = 0;
  size_t Next = 0; ///< the window holds the characters before it
  for (size_t Begin : Text.Lines) {
    for (; Next < Begin + Window; ++Next)
      Hash = Hash * Factor + At(Next) -
             (Next < Window ? 0 : LeavingFactor * At(Next - Window));
    std::string Name = utohexstr(Hash, /*LowerCase=*/true);
    Result.push_back(Name + ":" + std::to_string(++Seen[Name]));
  }
  return Result;
}

} // namespace unsingleton
