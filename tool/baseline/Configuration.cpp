//===- Configuration.cpp - What decides which findings there are -*- C++-*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/rules/OptionRegistry.h"
#include "checks/rules/Rules.h"
#include "tool/DurableFile.h"
#include "tool/Project.h"
#include "tool/baseline/Baseline.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;

namespace unsingleton {

static std::string written(const std::string &Value) { return Value; }
static std::string written(bool Value) { return Value ? "true" : "false"; }
static std::string written(const std::vector<std::string> &Value) {
  return join(Value, ";");
}

Configuration configurationOf(const Project &Of, bool All) {
  Configuration Result;
  Result.All = All;
  for (const Rule &R : allRules())
    if (Of.enabled(R.Name))
      Result.Rules.push_back(R.Name.str());
  sort(Result.Rules);
#define OPTION(KEY, KIND, FIELD, DEFAULT, SUMMARY, EXAMPLE)                    \
  Result.Options[KEY] = written(Of.FIELD);
#include "checks/Options.def"
#undef OPTION
  std::string Text = All ? "all\n" : "reported\n";
  for (const std::string &Rule : Result.Rules)
    Text += "rule " + Rule + "\n";
  for (const auto &[Key, Value] : Result.Options)
    Text += "option " + Key + " " + std::to_string(Value.size()) + " " + Value +
            "\n";
  Result.Digest = digestOf(Text);
  for (const Option &O : allOptions())
    if (Result.Options[O.Key.str()] == O.Default)
      Result.Options.erase(O.Key.str());
  return Result;
}

std::vector<std::string> differences(const Configuration &Before,
                                     const Configuration &Now) {
  std::vector<std::string> Result;
  if (Before.Digest == Now.Digest)
    return Result;
  for (const std::string &Rule : Before.Rules)
    if (!is_contained(Now.Rules, Rule))
      Result.push_back("rule '" + Rule + "' is off");
  for (const std::string &Rule : Now.Rules)
    if (!is_contained(Before.Rules, Rule))
      Result.push_back("rule '" + Rule + "' is on");
  for (const auto &[Key, Value] : Now.Options) {
    auto Was = Before.Options.find(Key);
    if (Was == Before.Options.end() || Was->second != Value)
      Result.push_back("option '" + Key + "' is '" + Value + "'");
  }
  for (const auto &[Key, Value] : Before.Options)
    if (!Now.Options.count(Key))
      Result.push_back("option '" + Key + "' has its default again");
  if (Before.All != Now.All)
    Result.push_back(Now.All ? "'--all' is given" : "'--all' is not given");
  if (Result.empty())
    Result.push_back("this version of unsingleton has other defaults");
  return Result;
}

} // namespace unsingleton
