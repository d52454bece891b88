//===- FlowSearch.h - What a value gets into within one function -*- C++
//-*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The part that ContextFlow.cpp and ContextWays.cpp share: a search forward
// over the flows of one function and the ways of what it calls.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_RULES_FLOWSEARCH_H
#define UNSINGLETON_CHECKS_RULES_FLOWSEARCH_H

#include "checks/rules/ContextFlow.h"
#include <optional>

namespace unsingleton {

inline FlowEnd endOf(FlowKind Kind, uint32_t Index = 0,
                     SymbolIndex Symbol = NoSymbol) {
  FlowEnd End;
  End.Kind = Kind;
  End.Index = Index;
  End.Symbol = Symbol;
  return End;
}

/// What starts a way, as every caller sees it; nothing that is known to this
/// function only.
std::optional<FlowEnd> startOf(const FlowEnd &End);

/// Whether a way may end there.
bool isGoal(FlowKind Kind);

/// A search forward through one function, for values or for identities.
class ContextFlow::Search {
public:
  Search(const ContextFlow &Flow, SymbolIndex Function, FlowRole Role)
      : Flow(Flow), Function(Function), Role(Role),
        Flows(Flow.P.of<FlowFact>(Function)),
        Arguments(Flow.P.of<ArgumentFact>(Function)) {}

  /// Everything that \p From gets into. Members of objects on the way are
  /// added to \p Members.
  std::vector<Visit> run(const FlowSource &From,
                         std::set<SymbolIndex> *Members = nullptr);

private:
  void arrive(const Visit &Before, const FlowEnd &At, bool Part,
              const FlowSource &Through, const Span &Place, Keeping Kept);
  void step(const Visit &V);
  void called(const Visit &V, const ArgumentFact &A);
  void calledWithout(const Visit &V, const ArgumentFact &A);
  void follow(const Visit &V, const ArgumentFact &A, SymbolIndex Callee,
              const WayKey &Way, const Keeping &Kept);

  const ContextFlow &Flow;
  SymbolIndex Function;
  FlowRole Role;
  llvm::ArrayRef<FlowFact> Flows;
  llvm::ArrayRef<ArgumentFact> Arguments;
  std::set<SymbolIndex> *Members = nullptr;
  std::vector<Visit> Visits;
  std::set<std::pair<FlowEnd, bool>> Seen;
};

} // namespace unsingleton

#endif
