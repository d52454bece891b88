//===- RequestAccess.cpp - From an object's users to its writers -*- C++
//-*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// For one finding: where do requests take hold of the object, and which of its
// writers is nearest from there, or else from one of the callers on the way. A
// search breadth first from the writers back to the takers, which ends as soon
// as no shorter way is left; of a program that is one heap it sees no more than
// a bounded part.
//
//===----------------------------------------------------------------------===//
#include "checks/rules/RequestPath.h"
#include <set>

using namespace unsingleton;

class RequestPaths::AccessSearch {
public:
  AccessSearch(const RequestPaths &Paths, const Finding &F)
      : Paths(Paths), Graph(Paths.Graph), F(F) {}

  RequestAccess run() {
    findTouches();
    if (Touches.empty())
      return {};
    RequestAccess Result;
    Result.Reached = true;
    for (bool Above : {false, true})
      for (Proof Least :
           {Proof::OfObject, Proof::OfClass, Proof::Escape, Proof::OfMember}) {
        if (Result.Written || !findWriters(Least))
          continue;
        searchBack(takers());
        Result.Written = Above ? goOnAbove(Result.Path) : goOn(Result.Path);
      }
    if (!Result.Written)
      Result.Path = prefix(*llvm::min_element(Touches, nearer));
    return Result;
  }

private:
  static constexpr uint32_t Never = ~0u;

  /// A place where a request takes hold of the object.
  struct Touch {
    Arrival From;
    Span Where;
    SymbolIndex Accessor = NoSymbol; ///< NoSymbol: the storage is named itself
  };
  static bool nearer(const Touch &A, const Touch &B) {
    return std::tie(A.From.Distance, A.Where, A.Accessor) <
           std::tie(B.From.Distance, B.Where, B.Accessor);
  }

  void touch(Node N, const Span &Where, SymbolIndex Accessor) {
    if (Arrival From = Paths.arrival(N, Where); From.valid())
      Touches.push_back({From, Where, Accessor});
  }

  void callsOf(SymbolIndex Accessor) {
    for (Node From : Graph.in(Accessor))
      for (const CallGraph::Edge &E : Graph.out(From))
        if (E.To == Accessor)
          touch(From, E.Where, Accessor);
  }

  void findTouches() {
    for (SymbolIndex Accessor : F.Accessors) {
      callsOf(Accessor);
      // An accessor that has a context serves a request itself.
      for (const AccessFact &Access : Paths.P.of<AccessFact>(Accessor))
        if (Access.Storage == F.Storage &&
            Paths.arrival(Accessor, Access.Statement).Entry)
          touch(Accessor, Access.Statement, NoSymbol);
    }
    for (SymbolIndex Accessor : F.PartAccessors)
      callsOf(Accessor);
    if (F.Storage != NoSymbol)
      for (const StorageUseFact &Use : Paths.P.of<StorageUseFact>(F.Storage))
        if (!llvm::is_contained(F.Accessors, Use.Function) &&
            !llvm::is_contained(F.PartAccessors, Use.Function))
          for (Node N : Graph.at(Use.Function, Use.Place))
            touch(N, Use.Place, NoSymbol);
    llvm::sort(Touches, nearer);
  }

  /// What a write proves about the object: the first that is met counts.
  enum class Proof : uint8_t {
    OfObject, ///< what an accessor returned, or the storage, is changed
    OfClass,  ///< a member is, of this object or another of its class
    Escape,   ///< it is handed to somebody who may change it
    OfMember, ///< something of a class that the object's members own
  };
  static Proof proofOf(const StateWrite &Write) {
    return Write.Rank > 1    ? Proof::OfMember
           : Write.Escape    ? Proof::Escape
           : Write.Rank == 1 ? Proof::OfObject
                             : Proof::OfClass;
  }

  /// Those writes that requests get to and that prove so much, by node. Whether
  /// there are any.
  bool findWriters(Proof Least) {
    Writers.clear();
    for (const StateWrite &Write : F.Writes)
      if (proofOf(Write) <= Least)
        for (Node N : Graph.at(Write.Function, Write.Place))
          if (Paths.arrival(N, Write.Place).valid()) {
            const StateWrite *&Best = Writers[N];
            if (!Best || proofOf(Write) < proofOf(*Best))
              Best = &Write;
          }
    return !Writers.empty();
  }

  /// Nodes from which a writer is looked for, and how far each is from an
  /// entry.
  using Origins = std::map<Node, uint32_t>;

  Origins takers() const {
    Origins Result;
    for (const Touch &T : Touches) {
      Result.try_emplace(T.From.At, T.From.Distance);
      if (T.Accessor != NoSymbol)
        Result.try_emplace(T.Accessor, T.From.Distance + 1);
    }
    return Result;
  }

  /// Fills Left, until no shorter way from \p Wanted can be found.
  void searchBack(const Origins &Wanted) {
    constexpr size_t MostNodes = 10'000;
    Left.assign(Graph.size(), Never);
    uint32_t Best = Never, Nearest = Never;
    for (const auto &[N, Distance] : Wanted)
      Nearest = std::min(Nearest, Distance);
    std::vector<Node> Queue;
    auto Visit = [&](Node N, uint32_t Steps) {
      if (Left[N] != Never)
        return;
      Left[N] = Steps;
      Queue.push_back(N);
      if (auto It = Wanted.find(N); It != Wanted.end())
        Best = std::min(Best, It->second + Steps);
    };
    for (const auto &[N, Write] : Writers)
      Visit(N, 0);
    for (size_t Next = 0; Next < Queue.size() && Next < MostNodes; ++Next) {
      uint32_t Steps = Left[Queue[Next]];
      if (Best != Never && Nearest + Steps >= Best)
        break;
      for (Node From : Graph.in(Queue[Next]))
        Visit(From, Steps + 1);
    }
  }

  /// The edge from \p N, among those that a request at \p From takes, that
  /// leads to a writer soonest; null: \p N is one, or nothing does.
  const CallGraph::Edge *onward(Node N, const RequestEntry *Only,
                                uint32_t &Steps) const {
    Steps = Never;
    auto Here = Writers.find(N);
    if (Here != Writers.end() && (!Only || Only->covers(Here->second->Place))) {
      Steps = 0;
      return nullptr;
    }
    const CallGraph::Edge *Best = nullptr;
    for (const CallGraph::Edge &E : Graph.out(N)) {
      if (Left[E.To] == Never || Left[E.To] + 1 >= Steps ||
          (Only && !Only->covers(E.Where)))
        continue;
      Steps = Left[E.To] + 1;
      Best = &E;
    }
    return Best;
  }

  /// Where the way to a writer leaves the way to the object, and how long it
  /// is.
  struct Turn {
    const Touch *By = nullptr;
    Node At = NoSymbol;
    const RequestEntry *Only = nullptr; ///< the part of the node that is meant
    uint32_t Before = 0, After = 0;
    bool operator<(const Turn &Other) const {
      return !Other.By ||
             std::pair(Before + After, After) <
                 std::pair(Other.Before + Other.After, Other.After);
    }
  };

  void consider(Turn New, Turn &Best) const {
    onward(New.At, New.Only, New.After);
    if (New.After != Never && New < Best)
      Best = New;
  }

  /// From who takes hold of the object, or from the accessor, on to a writer.
  bool goOn(std::vector<PathStep> &Path) {
    Turn Best;
    for (const Touch &T : Touches) { // sorted: the first of the best stays
      consider({&T, T.From.At, T.From.Entry, T.From.Distance}, Best);
      if (T.Accessor != NoSymbol)
        consider({&T, T.Accessor, nullptr, T.From.Distance + 1}, Best);
    }
    return Best.By && finish(Best, Path);
  }

  /// From one who calls, over however many, both a taker and a writer.
  bool goOnAbove(std::vector<PathStep> &Path) {
    Turn Best;
    for (const Touch &T : Touches) {
      std::vector<Arrival> Through;
      Paths.steps(T.From, &Through);
      for (const Arrival &Above : llvm::drop_end(Through))
        consider({&T, Above.At, Above.Entry, T.From.Distance}, Best);
    }
    return Best.By && finish(Best, Path);
  }

  bool finish(const Turn &Way, std::vector<PathStep> &Path) {
    Path = prefix(*Way.By);
    std::vector<const CallGraph::Edge *> Edges;
    Node N = follow(Way.At, Way.Only, Edges);
    const StateWrite *Write = Writers.at(N);
    // Who names the storage and writes it says so once.
    if (Edges.empty() && Way.By->Accessor == NoSymbol)
      Path.pop_back();
    PathStep Last = write(*Write, Write->Function, Write->Place);
    if (Write->Through != NoSymbol)
      Last = intoCallee(N, *Write, Edges);
    if (Way.At == Way.By->From.At && Edges.size() == 1 &&
        Edges[0]->What == EdgeKind::Call) {
      // `get_x().set(v)`: the writer's name says what is called.
      if (Edges[0]->Where.Line != Way.By->Where.Line && Last.Why.empty())
        Last.Why = "called in line " + std::to_string(Edges[0]->Where.Line);
      Edges.clear();
    }
    for (const CallGraph::Edge *E : Edges) {
      Path.push_back(Paths.step(*E));
      if (E == Edges.front() && Way.At != Way.By->Accessor)
        Path.back().Why = Graph.name(Way.At);
    }
    Path.push_back(std::move(Last));
    return true;
  }

  /// Along the shortest way from \p N to a writer; returns that.
  Node follow(Node N, const RequestEntry *Only,
              std::vector<const CallGraph::Edge *> &Edges) const {
    uint32_t Steps;
    while (const CallGraph::Edge *E = onward(N, Only, Steps)) {
      Edges.push_back(E);
      N = E->To;
      Only = nullptr;
    }
    return N;
  }

  PathStep write(const StateWrite &Write, SymbolIndex Function,
                 const Span &Where) const {
    std::string Name =
        Function == NoSymbol ? "a lambda" : "'" + Paths.P.name(Function) + "'";
    return {Function, Where, "write", Name, ""};
  }

  /// \p Write is what a callee of \p N does: goes on to where it does so, if a
  /// body says that.
  PathStep intoCallee(Node N, const StateWrite &Write,
                      std::vector<const CallGraph::Edge *> &Edges) {
    const CallGraph::Edge *Call = nullptr;
    for (const CallGraph::Edge &E : Graph.out(N))
      if (E.To == Write.Through &&
          (!Call || Call->Where.Line < Write.Place.Line))
        Call = &E; // the first from the object's line on
    if (!Call)
      return write(Write, Write.Function, Write.Place);
    Edges.push_back(Call);
    Writers.clear();
    for (const StateWrite &Direct : F.Writes)
      if (Direct.Through == NoSymbol && !Direct.Escape &&
          Direct.Function != NoSymbol)
        Writers.try_emplace(Direct.Function, &Direct);
    searchBack({{Write.Through, 0}});
    uint32_t Steps;
    onward(Write.Through, nullptr, Steps);
    if (Steps != Never) {
      Node End = follow(Write.Through, nullptr, Edges);
      const StateWrite &Direct = *Writers.at(End);
      return write(Direct, Direct.Function, Direct.Place);
    }
    PathStep Last = write(Write, Write.Through, Call->Where);
    if (Paths.P.of<BodyFact>(Write.Through).empty())
      Last.Why = "its body is in none of the units";
    return Last;
  }

  std::vector<PathStep> prefix(const Touch &T) const {
    std::vector<PathStep> Path = Paths.steps(T.From);
    bool Accessor = T.Accessor != NoSymbol;
    SymbolIndex What = Accessor ? T.Accessor : F.Storage;
    Path.push_back({What, T.Where, Accessor ? "accessor" : "use",
                    "'" + Paths.P.name(What) + "'", ""});
    return Path;
  }

  const RequestPaths &Paths;
  const CallGraph &Graph;
  const Finding &F;
  std::vector<Touch> Touches; ///< nearest first
  std::map<Node, const StateWrite *> Writers;
  std::vector<uint32_t> Left; ///< by node: how many steps to a writer
};

RequestAccess RequestPaths::access(const Finding &F) const {
  return AccessSearch(*this, F).run();
}
