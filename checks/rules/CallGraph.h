//===- CallGraph.h - Who may run whom -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Every way in which user code shows that one function may run another: calls,
// functions that are named to be called later, overriders of a virtual method,
// and callables kept in slots (SlotFact). Nodes are symbols (functions and
// slots) and those lambdas that are kept in a slot: what such a lambda calls
// runs when the slot is called, wherever it was written.
//
// Slots are told apart by name only, so what the project's own code does not
// show (a library's table of functions, generated glue) is left out of them.
//
// A pure function of the Program; made once for all findings.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_RULES_CALLGRAPH_H
#define UNSINGLETON_CHECKS_RULES_CALLGRAPH_H

#include "checks/program/Program.h"
#include <map>

namespace unsingleton {

enum class EdgeKind : uint8_t {
  Call,
  Mention,  ///< From names To without calling it
  Override, ///< From is virtual, and To overrides it
  SlotCall, ///< To is a slot
  Stored,   ///< From is a slot, and To was put there
};

class CallGraph {
public:
  using Node = uint32_t;

  struct Edge {
    Node From = NoSymbol;
    Span Where;
    Node To = NoSymbol;
    EdgeKind What = EdgeKind::Call;
    SymbolIndex By = NoSymbol; ///< Stored: the function that put it there
    auto operator<=>(const Edge &) const = default;
  };

  explicit CallGraph(const Program &P);

  size_t size() const { return FirstOut.size() - 1; }
  /// The edges that leave \p N, in source order.
  llvm::ArrayRef<Edge> out(Node N) const {
    return llvm::ArrayRef(Edges).slice(FirstOut[N],
                                       FirstOut[N + 1] - FirstOut[N]);
  }
  /// The nodes from which an edge comes to \p N, sorted.
  llvm::ArrayRef<Node> in(Node N) const {
    return llvm::ArrayRef(Sources).slice(FirstIn[N],
                                         FirstIn[N + 1] - FirstIn[N]);
  }
  /// The nodes that run code at \p Where in \p Function: the function, if any,
  /// and each kept lambda around the place.
  llvm::SmallVector<Node, 2> at(SymbolIndex Function, const Span &Where) const;

  /// The function or slot behind a node, or that a lambda is written in.
  SymbolIndex symbol(Node N) const;
  bool isLambda(Node N) const { return N >= FirstLambda; }
  /// As a person reads it, with its quotes.
  std::string name(Node N) const;

private:
  using Lambda = std::pair<SymbolIndex, Span>; ///< function (or none), place

  bool ours(const Span &Where) const;
  bool counts(const CallFact &Call) const;
  void addCalls();
  void addSlots();
  void addLambdas();
  void finish();

  const Program &P;
  Node FirstLambda = 0;
  std::vector<Lambda> Lambdas; ///< sorted
  std::vector<Edge> Edges;     ///< sorted
  std::vector<uint32_t> FirstOut, FirstIn;
  std::vector<Node> Sources;
};

} // namespace unsingleton

#endif
