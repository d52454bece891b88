//===- Globs.cpp - Names of checks with wildcards -------------------------===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/rules/Globs.h"

using namespace llvm;

bool unsingleton::globMatches(StringRef Glob, StringRef Name) {
  auto [Begin, Rest] = Glob.split('*');
  if (Begin.size() == Glob.size())
    return Glob == Name;
  if (!Name.consume_front(Begin))
    return false;
  // Between stars, the first place that fits leaves the most to the rest.
  while (Rest.contains('*')) {
    auto [Part, After] = Rest.split('*');
    size_t At = Name.find(Part);
    if (At == StringRef::npos)
      return false;
    Name = Name.substr(At + Part.size());
    Rest = After;
  }
  return Name.ends_with(Rest);
}
