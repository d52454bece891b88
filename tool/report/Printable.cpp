//===- Printable.cpp - Names that nobody vetted, in reports -----*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "tool/report/Printable.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/ConvertUTF.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/Unicode.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace unsingleton {

/// Hands each character of \p Text to \p Take: its bytes, and its code point
/// or nothing where the byte begins none.
static void
forEachCharacter(StringRef Text,
                 function_ref<void(StringRef, std::optional<UTF32>)> Take) {
  while (!Text.empty()) {
    const auto *Begin = reinterpret_cast<const UTF8 *>(Text.begin());
    const UTF8 *At = Begin;
    UTF32 Code = 0;
    if (convertUTF8Sequence(&At, Begin + Text.size(), &Code,
                            strictConversion) != conversionOK) {
      Take(Text.take_front(), std::nullopt);
      Text = Text.drop_front();
      continue;
    }
    size_t Length = static_cast<size_t>(At - Begin);
    Take(Text.take_front(Length), Code);
    Text = Text.drop_front(Length);
  }
}

static bool showsAsItIs(UTF32 Code) {
  if (Code < 0x80)
    return isPrint(static_cast<char>(Code));
  int Point = static_cast<int>(Code);
  return sys::unicode::isPrintable(Point) && !sys::unicode::isFormatting(Point);
}

static std::string code(StringRef Bytes, std::optional<UTF32> Code) {
  std::string Result;
  raw_string_ostream OS(Result);
  if (Code)
    OS << "<U+" << format_hex_no_prefix(*Code, 4, /*Upper=*/true) << '>';
  else
    OS << '<'
       << format_hex_no_prefix(static_cast<uint8_t>(Bytes[0]), 2,
                               /*Upper=*/true)
       << '>';
  return Result;
}

std::string printable(StringRef Text) {
  std::string Result;
  forEachCharacter(Text, [&](StringRef Bytes, std::optional<UTF32> Code) {
    Result += Code && showsAsItIs(*Code) ? Bytes.str() : code(Bytes, Code);
  });
  return Result;
}

std::string utf8(StringRef Text) { return json::fixUTF8(Text); }

std::string xml(StringRef Text) {
  std::string Result;
  auto Escape = [&](StringRef Part) {
    for (char C : Part)
      switch (C) {
      case '&':
        Result += "&amp;";
        break;
      case '<':
        Result += "&lt;";
        break;
      case '>': // also for "]]>"
        Result += "&gt;";
        break;
      case '"':
        Result += "&quot;";
        break;
      case '\t':
      case '\n':
      case '\r':
        Result += "&#" + std::to_string(static_cast<int>(C)) + ";";
        break;
      default:
        Result += C;
      }
  };
  forEachCharacter(Text, [&](StringRef Bytes, std::optional<UTF32> Code) {
    bool Break = Code && (*Code == '\t' || *Code == '\n' || *Code == '\r');
    Escape(Break || (Code && showsAsItIs(*Code)) ? Bytes.str()
                                                 : code(Bytes, Code));
  });
  return Result;
}

std::string uri(StringRef Path) {
  std::string Result;
  for (char C : Path)
    if (isAlnum(C) || StringRef("-._~/").contains(C))
      Result += C;
    else
      Result += "%" + utohexstr(static_cast<uint8_t>(C), false, 2);
  return Result;
}

} // namespace unsingleton
