//===- CheckOptionsTest.cpp - The options of .clang-tidy -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "fixits/CheckOptions.h"
#include "checks/rules/OptionRegistry.h"
#include "checks/rules/Rules.h"
#include "gtest/gtest.h"

using namespace unsingleton;

namespace {
using Given = std::map<std::string, std::string>;

std::string error(const Given &Options) {
  ProjectOptions To;
  return llvm::toString(applyCheckOptions(Options, To));
}

TEST(CheckOptions, DefaultIsTheFieldsInitialValue) {
  const ProjectOptions Initial;
  ProjectOptions Read;
#define OPTION(KEY, KIND, FIELD, DEFAULT, SUMMARY, EXAMPLE)                    \
  if (std::string(DEFAULT).empty())                                            \
    EXPECT_EQ(Initial.FIELD, decltype(Initial.FIELD)()) << KEY;                \
  else                                                                         \
    EXPECT_EQ(llvm::toString(applyCheckOptions({{KEY, DEFAULT}}, Read)), "");  \
  EXPECT_EQ(Initial.FIELD, Read.FIELD) << KEY;
#include "checks/Options.def"
#undef OPTION
}

TEST(CheckOptions, EachExampleIsValidAndChangesItsField) {
  const ProjectOptions Initial;
#define OPTION(KEY, KIND, FIELD, DEFAULT, SUMMARY, EXAMPLE)                    \
  {                                                                            \
    ProjectOptions Read;                                                       \
    EXPECT_EQ(llvm::toString(applyCheckOptions({{KEY, EXAMPLE}}, Read)), "");  \
    EXPECT_NE(Initial.FIELD, Read.FIELD) << KEY;                               \
  }
#include "checks/Options.def"
#undef OPTION
}

TEST(CheckOptions, EachKeyIsSharedOrOfARule) {
  for (const Option &O : allOptions()) {
    auto [Owner, Name] = O.Key.split('.');
    EXPECT_FALSE(Name.empty()) << O.Key.str();
    bool OfRule = llvm::any_of(allRules(),
                               [&](const Rule &R) { return R.Name == Owner; });
    EXPECT_TRUE(Owner == "isolation" || OfRule) << O.Key.str();
    EXPECT_FALSE(O.Summary.empty() || O.Summary.ends_with(".")) << O.Key.str();
  }
}

TEST(CheckOptions, UnknownNamesTheNearest) {
  EXPECT_EQ(error({{"isolation.ContextNam", "x"}}),
            "unknown option 'isolation.ContextNam'; did you mean "
            "'isolation.ContextName'?");
  EXPECT_EQ(error({{"isolation.requiresuppressionreason", "true"}}),
            "unknown option 'isolation.requiresuppressionreason'; did you mean "
            "'isolation.RequireSuppressionReason'?");
  EXPECT_EQ(error({{"isolation-monostate.ProcessWide", "x"}}),
            "unknown option 'isolation-monostate.ProcessWide'; did you mean "
            "'isolation.ProcessWide'?");
  EXPECT_EQ(error({{"isolation.Foo", "x"}})
                .find("unknown option 'isolation.Foo'; known are "
                      "'isolation.ContextType', "),
            0u);
}

TEST(CheckOptions, IllFormedValues) {
  EXPECT_EQ(error({{"isolation.RequireSuppressionReason", "yes"}}),
            "option 'isolation.RequireSuppressionReason' must be 'true' or "
            "'false', not 'yes'");
  EXPECT_EQ(error({{"isolation.RequireSuppressionReason", ""}}),
            "option 'isolation.RequireSuppressionReason' must be 'true' or "
            "'false', not ''");
  EXPECT_EQ(error({{"isolation.ContextType", " "}}),
            "option 'isolation.ContextType' has no value");
  EXPECT_EQ(error({{"isolation.ContextName", "a-b"}}),
            "option 'isolation.ContextName' must be an identifier, not 'a-b'");
}

TEST(CheckOptions, ListsAndOtherChecks) {
  ProjectOptions To;
  llvm::Error E = applyCheckOptions({{"isolation.ProcessWide", " a::B ;c;;"},
                                     {"readability-x.Isolation", "1"}},
                                    To);
  EXPECT_EQ(llvm::toString(std::move(E)), "");
  EXPECT_EQ(To.Judging.ProcessWide, (std::vector<std::string>{"a::B", "c"}));
}
} // namespace
