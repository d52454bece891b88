//===- CheckOptions.cpp - The options of .clang-tidy ------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "fixits/CheckOptions.h"
#include "checks/rules/OptionRegistry.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;

namespace unsingleton {

static Error apply(const Option &O, StringRef Value, ProjectOptions &To) {
#define OPTION(KEY, KIND, FIELD, DEFAULT, SUMMARY, EXAMPLE)                    \
  if (O.Key == KEY)                                                            \
    return readOption(O, Value, To.FIELD);
#include "checks/Options.def"
#undef OPTION
  llvm_unreachable("an option without its row");
}

static Error oneOf(StringRef Key, StringRef Value, ArrayRef<StringRef> Known) {
  if (is_contained(Known, Value))
    return Error::success();
  return createStringError(inconvertibleErrorCode(),
                           "option '" + Key + "' must be one of '" +
                               join(Known, "', '") + "', not '" + Value + "'");
}

Error applyCheckOptions(const std::map<std::string, std::string> &Options,
                        ProjectOptions &To) {
  for (const auto &[Key, Value] : Options) {
    if (!StringRef(Key).starts_with("isolation"))
      continue;
    const auto *Found = find_if(
        allOptions(), [&](const Option &Known) { return Known.Key == Key; });
    if (Found == allOptions().end())
      return unknownOption(Key);
    if (Error E = apply(*Found, Value, To))
      return E;
  }
  if (Error E = oneOf("isolation.ContextPosition", To.Fixing.ContextPosition,
                      {"first", "last"}))
    return E;
  if (Error E = oneOf("isolation.ContextPassing", To.Fixing.ContextPassing,
                      {"const &", "&", "value"}))
    return E;
  To.Extracting.ContextType = To.Judging.ContextType = To.Fixing.ContextType;
  return Error::success();
}

} // namespace unsingleton
