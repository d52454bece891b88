//===- Templates.cpp - The files that init writes ---------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "tool/Templates.h"
#include "checks/facts/Compat.h"
#include "checks/rules/OptionRegistry.h"
#include <cassert>

using namespace llvm;

namespace unsingleton {

std::string fromTemplate(StringRef Name, StringRef Build) {
  StringRef Text = StringSwitch<StringRef>(Name)
#define EMBEDDED_TEXT(NAME, TEXT) .Case(NAME, TEXT)
#include "Templates.inc" // made from integration/ by cmake/EmbedTexts.cmake
#undef EMBEDDED_TEXT
                       .Default("");
  assert(!Text.empty() && "a template without its file");
  std::string Result;
  while (!Text.empty()) {
    auto [Before, After] = Text.split("@BUILD@");
    Result += Before;
    if (Before.size() != Text.size())
      Result += Build;
    Text = After;
  }
  return Result;
}

/// \p Text as comments of at most 80 columns.
static std::string comment(StringRef Text, StringRef Indent) {
  std::string Result, Line;
  auto End = [&] {
    Result += ("# " + Indent + Line + "\n").str();
    Line.clear();
  };
  while (!Text.empty()) {
    auto [Word, Rest] = Text.split(' ');
    if (!Line.empty() && Line.size() + Word.size() + Indent.size() > 76)
      End();
    Line += (Line.empty() ? "" : " ") + Word.str();
    Text = Rest;
  }
  End();
  return Result;
}

std::string commentedOptions() {
  std::string Result =
      "# Options of unsingleton, for the command line and the clang-tidy "
      "plugin.\n"
      "# Take away the '#' of what you need; as it is, nothing changes.\n"
      "InheritParentConfig: true\n"
      "\n"
      "# Which rules are on (all, where no entry begins with 'isolation'):\n"
      "# Checks: 'isolation-*,-isolation-mutable-global'\n"
      "\n"
      "# CheckOptions:\n";
  for (const Option &O : allOptions()) {
    Result += comment(O.Summary, "  # ");
    std::string Value;
    for (char C : O.Example)
      Value += C == '\'' ? "''" : std::string(1, C);
    Result += ("#   " + O.Key + ": '" + Value + "'\n").str();
  }
  return Result;
}

} // namespace unsingleton
