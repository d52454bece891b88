//===- RequestPath.h - How a request reaches shared state -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Made once for all findings: a search breadth first from all entry points at
// once, over the whole call graph, keeps for each node the call by which a
// request gets there soonest. What is left for each finding is short: the way
// from the functions that take hold of the object to those that write it.
//
// Of equally short ways the first in source order is meant: entries and the
// edges of each node are visited in that order, so that each queue holds its
// nodes in the order of the places on the way to them.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_RULES_REQUESTPATH_H
#define UNSINGLETON_CHECKS_RULES_REQUESTPATH_H

#include "checks/rules/CallGraph.h"
#include "checks/rules/RequestEntry.h"

namespace unsingleton {

/// What a request can do to a finding's state.
struct RequestAccess {
  /// From the entry to the object, and to the write if Written.
  std::vector<PathStep> Path;
  bool Reached = false; ///< a request takes hold of the object
  bool Written = false; ///< and the state is written where requests get to
};

class RequestPaths {
public:
  /// Both outlive this.
  RequestPaths(const Program &P, const RuleOptions &Options);

  RequestAccess access(const Finding &F) const;
  /// The steps by which a request gets soonest to \p Where in \p Function;
  /// empty: none does.
  std::vector<PathStep> pathTo(SymbolIndex Function, const Span &Where) const;
  /// The entry, as a person reads it, from which a request gets soonest to
  /// \p Where in \p Function; empty: none does.
  std::string entryTo(SymbolIndex Function, const Span &Where) const;
  llvm::ArrayRef<RequestEntry> entries() const { return Entries; }
  const CallGraph &graph() const { return Graph; }

private:
  using Node = CallGraph::Node;
  class AccessSearch;

  /// How a request gets to a place in a node.
  struct Arrival {
    Node At = NoSymbol;
    uint32_t Distance = 0;
    const RequestEntry *Entry = nullptr; ///< the node is one; else called
    bool valid() const { return At != NoSymbol; }
  };

  void search();
  Arrival arrival(Node N, const Span &Where) const;
  /// The entry, and the steps up to the node. \p Through: the nodes on the way,
  /// from the entry on.
  std::vector<PathStep> steps(Arrival To,
                              std::vector<Arrival> *Through = nullptr) const;
  PathStep step(const CallGraph::Edge &E) const;

  const Program &P;
  CallGraph Graph;
  std::vector<RequestEntry> Entries;                ///< in source order
  std::vector<std::pair<Node, uint32_t>> EntriesOf; ///< sorted
  std::vector<const CallGraph::Edge *> Caller; ///< by which a node is reached
  std::vector<uint32_t> Distance;              ///< then, from an entry
};

/// A step as a note says it, after the notes of the steps before it.
std::string textOf(const PathStep &Step);

} // namespace unsingleton

#endif
