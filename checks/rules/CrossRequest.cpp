//===- CrossRequest.cpp - State that has to outlive a request ---*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/rules/CrossRequest.h"

using namespace unsingleton;

CrossRequests::CrossRequests(const Program &P, const RequestPaths &Paths)
    : P(P), Graph(Paths.graph()), Entries(Paths.entries()) {
  for (const RequestEntry &Entry : Entries)
    if (Entry.Lambda)
      EntryLambdas.insert(Entry.Where);
  findDeferred();
  findTaken();
  findRoots();
}

/// A lambda that is given to a function of ours, which calls it, runs where it
/// is written. One that is kept runs later, for whoever calls the slot.
void CrossRequests::findDeferred() {
  Deferred.assign(Graph.size(), false);
  std::vector<Node> Queue;
  for (const SlotFact &Slot : P.all<SlotFact>())
    if (!Slot.Parameter)
      Queue.push_back(Slot.Slot);
  for (size_t Next = 0; Next < Queue.size(); ++Next)
    for (const CallGraph::Edge &E : Graph.out(Queue[Next]))
      if (E.What == EdgeKind::Stored && !Deferred[E.To]) {
        Deferred[E.To] = true;
        Queue.push_back(E.To);
      }
}

/// Who runs the code at \p Where: a function, or a lambda in it.
CrossRequests::Node CrossRequests::node(SymbolIndex Function,
                                        const Span &Where) const {
  Node Result = Function;
  for (Node N : Graph.at(Function, Where)) // outer lambdas come first
    if (Graph.isLambda(N) && Deferred[N])
      Result = N;
  return Result;
}

/// Whether \p Where is in a lambda that is given to code which may call it at
/// another time, and that nothing is known of.
bool CrossRequests::strays(SymbolIndex Function, const Span &Where) const {
  return llvm::any_of(P.of<LambdaFact>(Function), [&](const LambdaFact &L) {
    return L.Escapes && L.Whole.contains(Where) &&
           !EntryLambdas.count(L.Introducer);
  });
}

void CrossRequests::findTaken() {
  for (Node N = 0; N < Graph.size(); ++N)
    for (const CallGraph::Edge &E : Graph.out(N)) {
      SymbolIndex Function = Graph.symbol(N);
      bool Takes =
          E.What == EdgeKind::Override ||
          (E.What == EdgeKind::Stored ? !Graph.isLambda(E.To) || Deferred[E.To]
                                      : node(Function, E.Where) == N);
      bool Strays = E.What != EdgeKind::Override &&
                    E.What != EdgeKind::Stored && !Graph.isLambda(N) &&
                    strays(Function, E.Where);
      Maybe.push_back(Takes);
      Surely.push_back(Takes && !Strays);
    }
}

void CrossRequests::findRoots() {
  std::multimap<Node, uint32_t> At;
  std::vector<Node> NodeOf;
  for (uint32_t I = 0; I < Entries.size(); ++I) {
    const RequestEntry &Entry = Entries[I];
    Span Inside = Entry.Parts.empty() ? Entry.Where : Entry.Parts.front();
    NodeOf.push_back(Entry.Lambda ? node(Entry.Function, Inside)
                                  : Entry.Function);
    if (!Entry.declared() && (!Entry.Lambda || NodeOf[I] != Entry.Function))
      At.insert({NodeOf[I], I});
  }
  std::vector<bool> Nested(Entries.size()), Seen(Graph.size());
  for (uint32_t I = 0; I < Entries.size(); ++I) {
    if (Nested[I])
      continue;
    std::vector<Node> Queue{NodeOf[I]};
    for (size_t Next = 0; Next < Queue.size(); ++Next)
      for (const CallGraph::Edge &E : Graph.out(Queue[Next])) {
        if (E.What != EdgeKind::Call || !takes(E, Runs::Maybe) ||
            (Next == 0 && !Entries[I].covers(E.Where)))
          continue;
        for (auto [It, End] = At.equal_range(E.To); It != End; ++It)
          if (It->second != I)
            Nested[It->second] = true;
        if (!Seen[E.To]) {
          Seen[E.To] = true;
          Queue.push_back(E.To);
        }
      }
  }
  IsRoot.assign(Graph.size(), false);
  for (uint32_t I = 0; I < Entries.size(); ++I)
    if (!Nested[I]) {
      Roots.push_back({NodeOf[I], &Entries[I]});
      IsRoot[NodeOf[I]] = true;
    }
}

/// For one finding.
class CrossRequests::Search {
public:
  Search(const CrossRequests &Known, const Finding &F)
      : Known(Known), Graph(Known.Graph), P(Known.P), F(F) {}

  std::optional<CrossRequestState> run() {
    findWrites();
    findReads();
    if (Writes.empty() || Reads.empty())
      return std::nullopt;
    MayWrite = whoReaches(Writes, Runs::Maybe);
    WritesItself = whoReaches(Writes, Runs::Maybe, /*PastRoots=*/false);
    MayRead = whoReaches(Reads, Runs::Surely);
    if (TooMuch)
      return std::nullopt;
    for (const Root &Reader : Known.Roots)
      if (!ours(Reader) && reaches(Reader, Reads, MayRead, Runs::Surely) &&
          !reaches(Reader, Writes, MayWrite, Runs::Maybe) &&
          !isAfterWrite(Reader))
        for (const Root &Writer : Known.Roots)
          if (std::optional<CrossRequestState> Found = between(Writer, Reader))
            return Found;
    return std::nullopt;
  }

private:
  /// Places, by the node that runs them.
  using Places = std::multimap<Node, Span>;

  /// Whether the entry is a part of the singleton itself.
  bool ours(const Root &R) const {
    return llvm::is_contained(F.Accessors, R.At) ||
           llvm::is_contained(F.PartAccessors, R.At);
  }

  void findWrites() {
    for (const StateWrite &Write : F.Writes) {
      Places &To = Write.Escape ? Escapes : Writes;
      To.insert({Known.node(Write.Function, Write.Place), Write.Place});
    }
    // Whoever is handed the object may write it; that proves no writer.
    Proven = Writes;
    Writes.insert(Escapes.begin(), Escapes.end());
  }

  void callsOf(SymbolIndex Accessor) {
    for (Node From : Graph.in(Accessor))
      for (const CallGraph::Edge &E : Graph.out(From))
        if (E.To == Accessor && Known.takes(E, Runs::Surely))
          Reads.insert({From, E.Where});
  }

  void findReads() {
    for (SymbolIndex Accessor : F.Accessors)
      callsOf(Accessor);
    for (SymbolIndex Accessor : F.PartAccessors)
      callsOf(Accessor);
    if (F.Storage == NoSymbol)
      return;
    for (const StorageUseFact &Use : P.of<StorageUseFact>(F.Storage))
      if (Use.Function != NoSymbol &&
          !llvm::is_contained(F.Accessors, Use.Function) &&
          !llvm::is_contained(F.PartAccessors, Use.Function) &&
          !Known.strays(Use.Function, Use.Place))
        Reads.insert({Known.node(Use.Function, Use.Place), Use.Place});
  }

  /// The nodes from which a request gets to one of \p Where. A program that is
  /// one heap is given up: what is not known must not be claimed.
  std::vector<bool> whoReaches(const Places &Where, Runs How,
                               bool PastRoots = true) {
    constexpr size_t MostNodes = 20'000;
    std::vector<bool> Seen(Graph.size());
    std::vector<Node> Queue;
    auto Visit = [&](Node N) {
      if (N == NoSymbol || Seen[N])
        return;
      Seen[N] = true;
      Queue.push_back(N);
    };
    for (const auto &[N, Place] : Where)
      Visit(N);
    for (size_t Next = 0; Next < Queue.size(); ++Next) {
      if (Next == MostNodes) {
        TooMuch = true;
        break;
      }
      Node At = Queue[Next];
      if (!PastRoots && Known.IsRoot[At])
        continue;
      for (Node From : Graph.in(At))
        if (!Seen[From] && llvm::any_of(Graph.out(From), [&](const auto &E) {
              return E.To == At && Known.takes(E, How);
            }))
          Visit(From);
    }
    return Seen;
  }

  /// Whether a request that enters by \p R gets to one of \p Where.
  bool reaches(const Root &R, const Places &Where,
               const std::vector<bool> &Reaching, Runs How) const {
    for (auto [It, End] = Where.equal_range(R.At); It != End; ++It)
      if (R.Entry->covers(It->second))
        return true;
    return llvm::any_of(Graph.out(R.At), [&](const CallGraph::Edge &E) {
      return Reaching[E.To] && R.Entry->covers(E.Where) && Known.takes(E, How);
    });
  }

  bool writesItself(const Root &R) const {
    for (auto [It, End] = Writes.equal_range(R.At); It != End; ++It)
      if (R.Entry->covers(It->second))
        return true;
    return llvm::any_of(Graph.out(R.At), [&](const CallGraph::Edge &E) {
      return WritesItself[E.To] && !Known.IsRoot[E.To] &&
             R.Entry->covers(E.Where) && Known.takes(E, Runs::Maybe);
    });
  }

  /// Whether somebody who writes calls \p Reader in the same request.
  bool isAfterWrite(const Root &Reader) {
    Places At{{Reader.At, Reader.Entry->Where}};
    std::vector<bool> Callers = whoReaches(At, Runs::Maybe);
    return TooMuch || llvm::any_of(Known.Roots, [&](const Root &Above) {
             return Above.At != Reader.At && writesItself(Above) &&
                    llvm::any_of(Graph.out(Above.At),
                                 [&](const CallGraph::Edge &E) {
                                   return Callers[E.To] &&
                                          Above.Entry->covers(E.Where) &&
                                          Known.takes(E, Runs::Maybe);
                                 });
           });
  }

  /// The nearest of \p Wanted to where \p R enters, in source order.
  std::optional<Span> nearest(const Root &R, const Places &Wanted) const {
    std::vector<bool> Seen(Graph.size());
    std::vector<Node> Queue{R.At};
    for (size_t Next = 0; Next < Queue.size(); ++Next) {
      std::optional<Span> Best;
      for (auto [It, End] = Wanted.equal_range(Queue[Next]); It != End; ++It)
        if ((Next || R.Entry->covers(It->second)) &&
            (!Best || It->second < *Best))
          Best = It->second;
      if (Best)
        return Best;
      for (const CallGraph::Edge &E : Graph.out(Queue[Next]))
        if (!Seen[E.To] && Known.takes(E, Runs::Surely) &&
            (Next || R.Entry->covers(E.Where))) {
          Seen[E.To] = true;
          Queue.push_back(E.To);
        }
    }
    return std::nullopt;
  }

  std::optional<CrossRequestState> between(const Root &Writer,
                                           const Root &Reader) const {
    if (Writer.At == Reader.At && Writer.Entry == Reader.Entry)
      return std::nullopt;
    if (!writesItself(Writer) || !reaches(Writer, Reads, MayRead, Runs::Surely))
      return std::nullopt;
    std::optional<Span> Write = nearest(Writer, Proven);
    std::optional<Span> Read = nearest(Reader, Reads);
    if (!Write || !Read)
      return std::nullopt;
    return CrossRequestState{nameOf(Writer), nameOf(Reader), *Write, *Read};
  }

  std::string nameOf(const Root &R) const {
    std::string Name = "'" + P.name(R.Entry->Function) + "'";
    return R.Entry->Lambda ? "a lambda in " + Name : Name;
  }

  const CrossRequests &Known;
  const CallGraph &Graph;
  const Program &P;
  const Finding &F;
  Places Writes, Escapes, Proven, Reads;
  std::vector<bool> MayWrite, WritesItself, MayRead; ///< by node
  bool TooMuch = false;
};

std::optional<CrossRequestState> CrossRequests::of(const Finding &F) const {
  if (Roots.size() < 2)
    return std::nullopt;
  return Search(*this, F).run();
}
