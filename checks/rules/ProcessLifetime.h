//===- ProcessLifetime.h - Classes whose objects live as long as the process
//-*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A class is process-wide if it is declared so, or if all of its objects are
// seen to be: each is held by a static or global variable, or is part of an
// object of a process-wide class. One that is also made anywhere else (a local,
// a heap object, a request's own) is not; what `main` makes lives as long as
// the process too.
//
// A single unit does not see where else a class is used: there, one counts only
// if no other code can make its objects.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_RULES_PROCESSLIFETIME_H
#define UNSINGLETON_CHECKS_RULES_PROCESSLIFETIME_H

#include "checks/rules/Singleton.h"
#include <map>

namespace unsingleton {

class ProcessLifetime {
public:
  /// Both outlive this.
  ProcessLifetime(const Program &P, const RuleOptions &Options);

  struct Answer {
    bool Yes = false;
    SymbolIndex Storage = NoSymbol; ///< that holds an object of the class
  };
  Answer ask(SymbolIndex Record);

private:
  Answer find(SymbolIndex Record);
  bool isDeclared(SymbolIndex Record) const;
  bool isMadeElsewhere(SymbolIndex Record) const;

  const Program &P;
  const RuleOptions &Options;
  std::map<SymbolIndex, std::vector<SymbolIndex>> Storages; ///< by class
  std::map<SymbolIndex, std::vector<SymbolIndex>> Owners; ///< by what they own
  std::map<SymbolIndex, Answer> Known;
};

} // namespace unsingleton

#endif
