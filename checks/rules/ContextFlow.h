//===- ContextFlow.h - Where what belongs to a request ends up --*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Joins the flows of single functions (FlowFacts.h) over calls. A function is
// summed up by its ways: "parameter 0 gets into the object's callbacks_", "the
// result is the storage g". Ways grow until no function gains one; a call then
// does to its arguments what the ways of its callee, and of whatever overrides
// it, say. A function whose body no unit shows does nothing.
//
// The sources are contexts (by their type), objects that a PerRequest slot
// gave, and what holds either; the goals are storages, detached threads and
// members of the function's own object. Whether a goal outlives the request is
// for the rule to judge.
//
// Where a program has no sources, nothing is computed.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_RULES_CONTEXTFLOW_H
#define UNSINGLETON_CHECKS_RULES_CONTEXTFLOW_H

#include "checks/program/Program.h"
#include <map>
#include <set>

namespace unsingleton {

/// Where something is finally put: in whose body, into what, and the functions
/// on the way there, the keeper last.
struct Keeping {
  std::vector<SymbolIndex> Through;
  FlowEnd In;
  Span Where;
};

/// In the body of `Function`, at `Place`, what belongs to a request gets into
/// `Goal`.
struct Capture {
  SymbolIndex Function = NoSymbol;
  FlowSource Source;
  FlowEnd Goal; ///< Storage, Detached or This
  Span Place;
  Keeping Kept; ///< Through is empty: `Function` itself keeps it

  SymbolIndex keeper() const {
    return Kept.Through.empty() ? Function : Kept.Through.back();
  }
};

class ContextFlow {
public:
  /// \p P outlives this.
  explicit ContextFlow(const Program &P);

  /// In the order of functions and places.
  const std::vector<Capture> &captures() const { return Found; }

  /// The ends that \p End, of a flow in \p Function, stands for.
  std::set<FlowEnd> resolve(SymbolIndex Function, const FlowEnd &End) const;

private:
  struct WayKey {
    FlowEnd Start;
    FlowEnd Goal;
    FlowRole Role = FlowRole::Value;
    bool Part = false; ///< of the object that it starts from
    auto operator<=>(const WayKey &) const = default;
  };
  using Ways = std::map<WayKey, Keeping>;

  /// A place that a search has come to.
  struct Visit {
    FlowEnd At;
    bool Part = false;
    FlowSource Source; ///< where the search began, with what is known of it
    Span Place;        ///< of the last step
    Keeping Kept;
  };
  class Search;

  bool hasSources() const;
  void index();
  void computeWays();
  bool addWays(SymbolIndex Function);
  bool addAliases();
  void findCaptures();
  std::vector<FlowSource> sourcesOf(SymbolIndex Function) const;
  bool isSource(SymbolIndex Function, const FlowSource &S) const;
  /// The ways of \p Callee and of its overriders, each with the function.
  using Summary = std::pair<SymbolIndex, const Ways *>;
  std::vector<Summary> waysOf(SymbolIndex Callee) const;
  void resolve(SymbolIndex Function, const FlowEnd &End,
               std::set<FlowEnd> &Seen, std::set<FlowEnd> &Out) const;

  const Program &P;
  std::vector<SymbolIndex> Functions; ///< that have any flow
  std::map<SymbolIndex, std::set<SymbolIndex>> Callers;
  std::map<SymbolIndex, Ways> Summaries;
  std::set<SymbolIndex> Holders;     ///< classes with a context in them
  std::set<SymbolIndex> SlotClasses; ///< whose objects die with the request
  std::map<SymbolIndex, std::set<FlowEnd>> Aliases; ///< of pointer members
  std::set<SymbolIndex> Tainted; ///< members that point to a request's object
  std::vector<Capture> Found;
};

} // namespace unsingleton

#endif
