//===- RequestEntry.h - Where a request enters the program -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A function is a request's entry point, in this order, if
//
//  - option isolation.RequestEntry names it, or a method that it overrides
//    (which may be declared in a system header);
//  - it, or a method that it overrides, is annotated isolation::request_entry,
//    or is a public method of a class so annotated;
//  - it has a context of its own, as a parameter or a local variable. Of the
//    latter only what follows counts, since what comes before serves no
//    request. A test's context is no request's.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_RULES_REQUESTENTRY_H
#define UNSINGLETON_CHECKS_RULES_REQUESTENTRY_H

#include "checks/program/Program.h"
#include "checks/rules/Singleton.h"

namespace unsingleton {

struct RequestEntry {
  SymbolIndex Function = NoSymbol;
  Span Where; ///< its name, or the introducer of the lambda that is meant
  bool Lambda = false;
  std::string Why; ///< "annotated"
  /// What of the function serves a request; empty: all of it.
  std::vector<Span> Parts;

  /// By a person, rather than known by its context.
  bool declared() const;
  bool covers(const Span &Place) const {
    return Parts.empty() || llvm::any_of(Parts, [&](const Span &Part) {
             return Part.contains(Place);
           });
  }
};

/// In source order.
std::vector<RequestEntry> requestEntries(const Program &P,
                                         const RuleOptions &Options);

/// Those patterns of isolation.RequestEntry that match nothing in \p P.
std::vector<std::string> unmatchedEntries(const Program &P,
                                          const RuleOptions &Options);

} // namespace unsingleton

#endif
