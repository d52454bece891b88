//===- Release.h - What is let go before its request ends -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A capture does no harm if what was kept is given away or taken out again:
//
//  - the container is a queue, or is emptied into another one;
//  - the function that put it in, its class's destructor, or each of its
//  callers
//    also removes from the container, afterwards;
//  - a handle's destructor does (not that of the container's owner, which for a
//    static object runs when the process ends);
//  - a thread-local is set back by the same function or by its guard's
//    destructor.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_RULES_RELEASE_H
#define UNSINGLETON_CHECKS_RULES_RELEASE_H

#include "checks/rules/ContextFlow.h"

namespace unsingleton {

class Release {
public:
  /// \p P outlives this.
  Release(const Program &P, const ContextFlow &Flow);

  bool isReleased(const Capture &C) const;

private:
  using Removals = std::vector<const RemovalFact *>;

  SymbolIndex destructorOf(SymbolIndex Function, SymbolIndex Container) const;
  bool owns(SymbolIndex Record, SymbolIndex Container) const;
  bool removes(SymbolIndex Function, const Span &After,
               const Removals &By) const;
  bool letsGo(SymbolIndex Function, const Span &After, SymbolIndex Container,
              const Removals &By) const;
  bool callersLetGo(SymbolIndex Function, SymbolIndex Container,
                    const Removals &By) const;
  bool handleLetsGo(SymbolIndex Container, const Removals &By) const;
  bool isSetBack(const Capture &C) const;

  const Program &P;
  /// By container: a storage, or a member.
  std::map<SymbolIndex, Removals> Drained, Erased;
  std::map<SymbolIndex, SymbolIndex> Destructors; ///< by class
};

} // namespace unsingleton

#endif
