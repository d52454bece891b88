//===- UserData.h - Names that say whose data it is -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// That state belongs to a user shows in what it is called. Names are compared
// by their words, in snake_case and CamelCase and in the plural too:
//
//     user          user_id  UserSession  theUser  users_   not  Parser, abuser
//     access;key    each word by itself;  access_key: both, in this order
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_RULES_USERDATA_H
#define UNSINGLETON_CHECKS_RULES_USERDATA_H

#include "checks/rules/Singleton.h"

namespace unsingleton {

/// The first of \p Names whose words \p Identifier contains, or "".
std::string userDataWord(llvm::StringRef Identifier,
                         const std::vector<std::string> &Names);

/// The same for a type as printed: its class and its template arguments count,
/// the namespaces and classes around them don't. \p Name: which of them it was.
std::string userDataWordOfType(llvm::StringRef Type,
                               const std::vector<std::string> &Names,
                               std::string &Name);

/// What the names of \p F's type, members and written values say, sorted.
std::vector<UserDatum> userDataOf(const Program &P, const Finding &F,
                                  const RuleOptions &Options);

/// As a note: "'sessions_' names user data ('session')".
std::string textOf(const UserDatum &Datum);

} // namespace unsingleton

#endif
