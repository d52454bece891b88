//===- OptionRegistry.h - All options, and how values are read --*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Options.def as data, without the fields that hold the values: which keys
// there are, and what a value of each kind looks like.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_RULES_OPTIONREGISTRY_H
#define UNSINGLETON_CHECKS_RULES_OPTIONREGISTRY_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <string>
#include <vector>

namespace unsingleton {

/// What is said of each is printed in docs/configuration.md.
enum class OptionKind : uint8_t {
  Text,       ///< text
  Identifier, ///< a C++ name without qualifier
  List,       ///< a list, separated by `;`
  Bool,       ///< `true` or `false`
  Holders,    ///< a list of `ns::Holder` or `ns::Holder=get,tryGet`, by `;`
};

struct Option {
  llvm::StringRef Key;
  OptionKind Kind;
  llvm::StringRef Default;
  llvm::StringRef Summary;
  llvm::StringRef Example;
};

/// In the order of Options.def.
llvm::ArrayRef<Option> allOptions();

/// Of \p Key that is no option: which one may have been meant.
llvm::Error unknownOption(llvm::StringRef Key);

/// Sets \p To to what \p Value says; the error names the option.
llvm::Error readOption(const Option &O, llvm::StringRef Value, std::string &To);
llvm::Error readOption(const Option &O, llvm::StringRef Value, bool &To);
llvm::Error readOption(const Option &O, llvm::StringRef Value,
                       std::vector<std::string> &To);

} // namespace unsingleton

#endif
