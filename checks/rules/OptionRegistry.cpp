//===- OptionRegistry.cpp - All options, and how values are read -*- C++
//-*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/rules/OptionRegistry.h"
#include "checks/facts/HolderNotes.h"
#include "checks/rules/NearestName.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;

namespace unsingleton {

ArrayRef<Option> allOptions() {
  static constexpr Option Options[] = {
#define OPTION(KEY, KIND, FIELD, DEFAULT, SUMMARY, EXAMPLE)                    \
  {KEY, OptionKind::KIND, DEFAULT, SUMMARY, EXAMPLE},
#include "checks/Options.def"
#undef OPTION
  };
  return Options;
}

static Error wrong(const Twine &Text) {
  return createStringError(inconvertibleErrorCode(), Text);
}

Error unknownOption(StringRef Key) {
  SmallVector<StringRef, 16> Names;
  for (const Option &O : allOptions())
    Names.push_back(O.Key);
  return wrong("unknown option '" + Key + "'; " + suggestion(Key, Names));
}

static bool isIdentifier(StringRef Text) {
  return !Text.empty() && !isDigit(Text.front()) &&
         all_of(Text, [](char C) { return isAlnum(C) || C == '_'; });
}

Error readOption(const Option &O, StringRef Value, std::string &To) {
  if (Value.trim().empty())
    return wrong("option '" + O.Key + "' has no value");
  if (O.Kind == OptionKind::Identifier && !isIdentifier(Value))
    return wrong("option '" + O.Key + "' must be an identifier, not '" + Value +
                 "'");
  To = Value.str();
  return Error::success();
}

Error readOption(const Option &O, StringRef Value, bool &To) {
  if (Value != "true" && Value != "false")
    return wrong("option '" + O.Key + "' must be 'true' or 'false', not '" +
                 Value + "'");
  To = Value == "true";
  return Error::success();
}

Error readOption(const Option &O, StringRef Value,
                 std::vector<std::string> &To) {
  SmallVector<StringRef, 8> Parts;
  Value.split(Parts, ';', -1, false);
  To.clear();
  for (StringRef Part : Parts)
    if (!Part.trim().empty())
      To.push_back(Part.trim().str());
  for (const std::string &Entry : To)
    if (O.Kind == OptionKind::Holders && !isHolderEntry(Entry))
      return wrong("option '" + O.Key + "': '" + Entry +
                   "' names no holder; write 'ns::Holder' or "
                   "'ns::Holder=method1,method2'");
  return Error::success();
}

} // namespace unsingleton
