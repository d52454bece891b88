//===- TidyOptions.cpp - Our options as clang-tidy hands them over --------===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "tool/plugin/TidyOptions.h"
#include "checks/rules/OptionRegistry.h"

using namespace clang::tidy;

namespace unsingleton {

static llvm::Error apply(const ClangTidyOptions::OptionMap &Map,
                         ProjectOptions &To) {
  std::map<std::string, std::string> Given;
  for (const auto &Entry : Map)
    Given[Entry.getKey().str()] = Entry.getValue().Value;
  return applyCheckOptions(Given, To);
}

/// Which of the files that hold for the current one says what is wrong with
/// \p Problem; clang-tidy hands over only what they say together.
static std::string sourceOf(llvm::StringRef Problem,
                            const ClangTidyContext &Context) {
  FileOptionsProvider Files({}, {}, {}, nullptr);
  std::vector<ClangTidyOptionsProvider::OptionsSource> Sources =
      Files.getRawOptions(Context.getCurrentFile());
  for (const auto &[Options, Source] : llvm::reverse(Sources)) {
    ProjectOptions Alone;
    llvm::Error E = apply(Options.CheckOptions, Alone);
    if (E && llvm::toString(std::move(E)) == Problem)
      return "'" + Source + "'";
  }
  return "the options given to clang-tidy";
}

llvm::Expected<ProjectOptions> readTidyOptions(ClangTidyContext &Context) {
  // Asking for an option is how `--verify-config` learns that there is one.
  const ClangTidyOptions::OptionMap &Given = Context.getOptions().CheckOptions;
  for (const Option &O : allOptions()) {
    auto [Owner, Name] = O.Key.split('.');
    ClangTidyCheck::OptionsView(Owner, Given, &Context).get(Name);
  }
  ProjectOptions Result;
  if (llvm::Error E = apply(Given, Result)) {
    std::string Problem = llvm::toString(std::move(E));
    return llvm::createStringError("while reading " +
                                   sourceOf(Problem, Context) + ": " + Problem);
  }
  return Result;
}

} // namespace unsingleton
