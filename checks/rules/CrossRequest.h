//===- CrossRequest.h - State that has to outlive a request -----*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Finds state that one request leaves for another:
//
//     void login(const Context &c) { session().user = c.user(); }
//     void greet(const Context &c) { print(session().user); }  // never writes
//
// With one object a request, 'greet' would always find an empty session.
//
// It is found where a request enters that takes hold of the object and never
// changes it, while another one changes it. An entry that also writes counts as
// making what it reads; whether it does so first is not asked. Which entries
// serve requests of their own:
//
//  - those that are annotated, or named by isolation.RequestEntry;
//  - those that have a context, unless another such entry calls them: they then
//    are a part of its request. Who is called through a table of handlers or an
//    override is one of several, and so a request of its own, after what its
//    caller has done.
//
// Not seen: two handlers that one function with a context calls by name, each
// in a branch of its own (annotate them); state that only its own entry reads
// again in a later request (a counter).
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_RULES_CROSSREQUEST_H
#define UNSINGLETON_CHECKS_RULES_CROSSREQUEST_H

#include "checks/rules/RequestPath.h"
#include <optional>
#include <set>

namespace unsingleton {

class CrossRequests {
public:
  /// Both outlive this.
  CrossRequests(const Program &P, const RequestPaths &Paths);

  std::optional<CrossRequestState> of(const Finding &F) const;

private:
  using Node = CallGraph::Node;
  class Search;

  /// Where a request of its own begins.
  struct Root {
    Node At = NoSymbol;
    const RequestEntry *Entry = nullptr;
  };

  /// Which code is meant: what a request surely runs when it gets there, or
  /// also lambdas that are given away, and of which nobody sees who calls them.
  enum class Runs : uint8_t { Surely, Maybe };

  Node node(SymbolIndex Function, const Span &Where) const;
  bool strays(SymbolIndex Function, const Span &Where) const;
  /// Whether a request that is in E.From goes on to E.To, when it is there.
  bool takes(const CallGraph::Edge &E, Runs How) const {
    return (How == Runs::Maybe ? Maybe : Surely)[numberOf(E)];
  }
  size_t numberOf(const CallGraph::Edge &E) const {
    return static_cast<size_t>(&E - Graph.out(0).data());
  }
  void findDeferred();
  void findTaken();
  void findRoots();

  const Program &P;
  const CallGraph &Graph;
  llvm::ArrayRef<RequestEntry> Entries;
  std::set<Span> EntryLambdas;     ///< introducers
  std::vector<bool> Deferred;      ///< by node: a lambda that runs later
  std::vector<bool> Maybe, Surely; ///< by edge
  std::vector<bool> IsRoot;        ///< by node
  std::vector<Root> Roots;         ///< in source order
};

} // namespace unsingleton

#endif
