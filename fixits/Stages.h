//===- Stages.h - A migration in steps that build -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A reviewer reads a migration in four steps. Up to the last one the program
// does what it did: there is one object, and it is where it was.
//
//   Add     `X &create_x(const Context &) { return get_x(); }` beside get_x
//   Thread  the context reaches what will need one, and nothing reads it
//   Switch  create_x(context) where get_x() was called
//   Whole   a key instead of the storage; get_x is gone
//
// The old accessor is not [[deprecated]] on the way: each call that is still to
// be switched would be a new warning, and an error to those who build so.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_FIXITS_STAGES_H
#define UNSINGLETON_FIXITS_STAGES_H

#include "fixits/EditSet.h"
#include "fixits/Plan.h"
#include "fixits/Threading.h"

namespace unsingleton {

enum class Stage : uint8_t { Add, Thread, Switch, Whole };

/// Findings (by index) that are migrated as far as \p Upto; all others are
/// migrated whole.
struct Staging {
  std::set<unsigned> Findings;
  Stage Upto = Stage::Whole;

  Stage of(unsigned Finding) const {
    return Findings.count(Finding) ? Upto : Stage::Whole;
  }
};

Plan plan(const Program &P, const std::vector<Finding> &Findings,
          const Policy &How, const Lessons &Learnt, const Staging &Steps);

/// What the accessors that are not migrated whole are renamed to, and the
/// storages behind them.
struct Unfinished {
  std::map<SymbolIndex, std::string> Accessors;
  std::set<SymbolIndex> Storages;
};

/// Takes out of \p Whole, the threads of a singleton among \p Left, what a
/// stage after \p At does.
void keepUpto(Stage At, const Unfinished &Left, Threads &Whole);

/// Declares and defines \p NewName beside \p Accessor, which it calls.
void addFactoryBeside(const Program &P, const Policy &How, SymbolIndex Accessor,
                      const std::string &NewName, unsigned Group, EditSet &Out);

} // namespace unsingleton

#endif
