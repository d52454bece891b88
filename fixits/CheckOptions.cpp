//===- CheckOptions.cpp - The options of .clang-tidy ------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "fixits/CheckOptions.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;

namespace unsingleton {

static Error wrong(const Twine &Text) {
  return createStringError(inconvertibleErrorCode(), Text);
}

static bool isIdentifier(StringRef Text) {
  return !Text.empty() && !isDigit(Text.front()) &&
         all_of(Text, [](char C) { return isAlnum(C) || C == '_'; });
}

static std::vector<std::string> list(StringRef Text) {
  SmallVector<StringRef, 8> Parts;
  Text.split(Parts, ';', -1, false);
  std::vector<std::string> Result;
  for (StringRef Part : Parts)
    if (!Part.trim().empty())
      Result.push_back(Part.trim().str());
  return Result;
}

/// The name that \p Key may be a misspelling of, or all there are.
static std::string hint(StringRef Key, const std::vector<std::string> &Names) {
  unsigned Best = 4; // farther than that is no misspelling
  std::string Nearest;
  for (const std::string &Name : Names)
    if (unsigned D = Key.edit_distance(Name); D < Best) {
      Best = D;
      Nearest = Name;
    }
  return Nearest.empty() ? "known are '" + join(Names, "', '") + "'"
                         : "did you mean '" + Nearest + "'?";
}

Error applyCheckOptions(const std::map<std::string, std::string> &Options,
                        ProjectOptions &To) {
  const std::map<std::string, std::string *> Texts = {
      {"isolation.ContextType", &To.Fixing.ContextType},
      {"isolation.ContextHeader", &To.Fixing.ContextHeader},
      {"isolation.ContextName", &To.Fixing.ContextName},
      {"isolation.RootContext", &To.Fixing.RootContext},
  };
  std::vector<std::string> Names = {"isolation.ProcessWide"};
  for (const auto &[Name, Where] : Texts)
    Names.push_back(Name);
  for (const auto &[Key, Value] : Options) {
    if (!StringRef(Key).starts_with("isolation"))
      continue;
    if (Key == "isolation.ProcessWide") {
      To.Judging.ProcessWide = list(Value);
      continue;
    }
    auto It = Texts.find(Key);
    if (It == Texts.end())
      return wrong("unknown option '" + Key + "'; " + hint(Key, Names));
    if (Value.empty())
      return wrong("option '" + Key + "' has no value");
    if (Key == "isolation.ContextName" && !isIdentifier(Value))
      return wrong("option '" + Key + "' must be an identifier, not '" + Value +
                   "'");
    *It->second = Value;
  }
  To.Extracting.ContextType = To.Fixing.ContextType;
  return Error::success();
}

} // namespace unsingleton
