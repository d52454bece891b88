//===- Plan.cpp - What a fix would do -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "fixits/Plan.h"
#include "checks/rules/Globs.h"
#include "fixits/StorageRewrite.h"
#include "fixits/Threading.h"
#include <memory>
#include <optional>

using namespace unsingleton;

bool unsingleton::selects(const Program &P, llvm::StringRef Pattern,
                          const Finding &F) {
  auto Matches = [&](llvm::StringRef Text) {
    return globMatches(Pattern, Text);
  };
  if (Pattern == F.Fingerprint || Matches(F.Type) || Matches(P.name(F.Storage)))
    return true;
  return llvm::any_of(F.Accessors, [&](SymbolIndex Accessor) {
    return Matches(P.name(Accessor));
  });
}

namespace {
class Planner {
public:
  Planner(const Program &P, const std::vector<Finding> &Findings,
          const Policy &How, const std::map<unsigned, Refusal> &TakenBack)
      : P(P), Findings(Findings), How(How), TakenBack(TakenBack) {}

  Plan run() {
    for (unsigned I = 0; I < Findings.size(); ++I)
      if (wanted(Findings[I]))
        consider(I);
    settle();
    return finish();
  }

private:
  struct Group {
    unsigned Finding;
    std::unique_ptr<StorageRewrite> Rewrite;
    Threads Threaded;
    std::vector<Refusal> Refusals;
  };

  bool wanted(const Finding &F) const {
    if (!isReported(F.What))
      return false;
    // Plain state is no singleton: only who asks for it is told why not.
    bool State = F.Accessors.empty() && F.Storage != NoSymbol;
    if (!F.Migrates && (How.Only.empty() || !State))
      return false;
    return How.Only.empty() ||
           llvm::any_of(How.Only, [&](const std::string &Pattern) {
             return selects(P, Pattern, F);
           });
  }

  void consider(unsigned I) {
    Group G;
    G.Finding = I;
    const Finding &F = Findings[I];
    G.Rewrite = std::make_unique<StorageRewrite>(P, F, How);
    G.Refusals = G.Rewrite->refusals();
    bool Named = !How.Only.empty();
    if (F.What == Verdict::ProcessResource && !How.UnsafeFixes && !Named)
      G.Refusals.push_back(
          {RefusalCode::ProcessResource, P.name(F.entity()), "", F.place()});
    if (auto It = TakenBack.find(I); It != TakenBack.end())
      G.Refusals.push_back(It->second);
    Groups.push_back(std::move(G));
  }

  MigratedSet migrated() const {
    MigratedSet Set;
    for (const Group &G : Groups)
      if (G.Refusals.empty()) {
        Set.Storages.insert(Findings[G.Finding].Storage);
        Set.Accessors.insert(Findings[G.Finding].Accessors.begin(),
                             Findings[G.Finding].Accessors.end());
      }
    return Set;
  }

  /// Two singletons whose factories would have one name: the later is refused.
  void refuseSharedNames() {
    std::map<std::string, unsigned> Taken;
    for (unsigned I = 0; I < Groups.size(); ++I) {
      if (!Groups[I].Refusals.empty())
        continue;
      for (const auto &[Accessor, Name] : Groups[I].Rewrite->renames()) {
        const auto &Fact = *P.one<FunctionFact>(Accessor);
        if (Fact.InternalLinkage)
          continue; // of its own file; a clash there does not compile
        std::string Full =
            Fact.QualifiedName.substr(0, Fact.QualifiedName.size() -
                                             Fact.Name.size()) +
            Name;
        auto [It, New] = Taken.try_emplace(Full, I);
        if (!New && It->second != I)
          Groups[I].Refusals.push_back({RefusalCode::NameTaken,
                                        Fact.QualifiedName, Full,
                                        Findings[Groups[I].Finding].place()});
      }
    }
  }

  /// A singleton whose creation uses another one can only be migrated with it:
  /// refusals take others along until none is left to take.
  void settle() {
    refuseSharedNames();
    for (bool Changed = true; Changed;) {
      Changed = false;
      MigratedSet Set = migrated();
      for (Group &G : Groups) {
        if (!G.Refusals.empty())
          continue;
        const Finding &F = Findings[G.Finding];
        G.Threaded =
            thread(P, How, Set, {F.Accessors.begin(), F.Accessors.end()},
                   G.Rewrite->outside());
        if (!G.Threaded.Refusals.empty()) {
          G.Refusals = G.Threaded.Refusals;
          Changed = true;
        }
      }
    }
  }

  void add(Edit E, unsigned Group) {
    E.Groups.insert(Group);
    auto Key = std::tuple(E.Target, E.With, E.WholeLines);
    auto [It, New] = Known.try_emplace(Key, Result.Edits.size());
    if (New)
      Result.Edits.push_back(std::move(E));
    else
      Result.Edits[It->second].Groups.insert(Group);
  }

  static Span at(Span Where, uint32_t Offset) {
    Where.Offset = Offset;
    Where.Length = 0;
    return Where;
  }

  void insert(Span Where, uint32_t Offset, std::string Text, unsigned Group) {
    add({at(Where, Offset), {Piece::text(std::move(Text))}, false, {}}, Group);
  }

  void captures(const ContextAnswer &Answer, unsigned Group) {
    for (const AddedCapture &Capture : Answer.Captures) {
      const LambdaFact &L = *Capture.Lambda;
      bool Others = L.HasCaptures || L.Default != CaptureDefault::None;
      insert(L.Introducer, L.Introducer.end() - 1,
             (Others ? ", " : "") + Capture.Text, Group);
    }
  }

  void calls(const Group &G, unsigned Number) {
    for (const ThreadedCall &Threaded : G.Threaded.Calls) {
      const CallFact &Call = *Threaded.Call;
      std::string Text = Threaded.Answer.Expression;
      if (Call.Style == ArgumentStyle::NeedsParentheses)
        Text = "(" + Text + ")";
      else if (Call.HasArguments)
        Text += ", ";
      insert(Call.Arguments, Call.Arguments.Offset, Text, Number);
      captures(Threaded.Answer, Number);
      rename(G, Call, Number);
    }
    for (const CallFact *Call : G.Threaded.Renames)
      rename(G, *Call, Number);
  }

  void rename(const Group &G, const CallFact &Call, unsigned Number) {
    auto It = G.Rewrite->renames().find(Call.Callee);
    if (It != G.Rewrite->renames().end())
      add({Call.Name, {Piece::text(It->second)}, false, {}}, Number);
  }

  /// Whether the body of a threaded function mentions its new parameter.
  bool usesParameter(SymbolIndex Function) const {
    for (const Group &G : Groups) {
      if (!G.Refusals.empty())
        continue;
      for (const ThreadedCall &Call : G.Threaded.Calls)
        if (Call.Call->Caller == Function &&
            Call.Answer.From == ContextAnswer::Source::Parameter)
          return true;
      for (const auto &[Use, Answer] : G.Threaded.Uses)
        if (Use->Function == Function &&
            Answer.From == ContextAnswer::Source::Parameter)
          return true;
    }
    return false;
  }

  void parameter(SymbolIndex Function, unsigned Number, bool Used) {
    llvm::ArrayRef<FunctionSiteFact> Sites = P.of<FunctionSiteFact>(Function);
    const auto *F = P.one<FunctionFact>(Function);
    bool Header = llvm::any_of(
        Sites, [](const FunctionSiteFact &S) { return !S.Definition; });
    bool Coroutine = llvm::any_of(P.of<BodyFact>(Function),
                                  [](const auto &B) { return B.Coroutine; });
    // A coroutine outlives the reference that it was called with.
    std::string Type =
        Coroutine ? How.ContextType + " " : "const " + How.ContextType + "& ";
    for (const FunctionSiteFact &Site : Sites) {
      bool Named = Used || !Site.Definition;
      std::string Text =
          Type + (Named ? How.ContextName : "/*" + How.ContextName + "*/");
      // A constructor that had no parameter must not become a conversion.
      bool Conversion = !Site.HasParameters && F &&
                        F->Kind == FunctionKind::Constructor &&
                        Site.Whole.Offset == Site.Name.Offset &&
                        Site.Name.Length == F->Name.size();
      if (Conversion)
        insert(Site.Name, Site.Name.Offset, "explicit ", Number);
      if (Site.HasParameters)
        insert(Site.Parameters, Site.Parameters.Offset, Text + ", ", Number);
      else
        add({Site.Parameters, {Piece::text(Text)}, false, {}}, Number);
      // A definition's own header brings the type along.
      if (!Site.Friend && (!Site.Definition || !Header))
        Result.Includes[Site.Name.File].insert(How.ContextHeader);
    }
  }

  void testRoots(const Group &G, unsigned Number) {
    for (SymbolIndex Test : G.Threaded.Tests)
      for (const BodyFact &Body : P.of<BodyFact>(Test))
        add({at(Body.Body, Body.Body.Offset + 1),
             {Piece::lineBreak(),
              Piece::text("  const " + How.ContextType + " " + How.ContextName +
                          " = " + How.RootContext + ";")},
             false,
             {}},
            Number);
  }

  /// Whether the object's own constructor takes the context.
  StorageRewrite::CreationContext creationContext(const Group &G) const {
    StorageRewrite::CreationContext Context;
    const CreationFact *Creation = G.Rewrite->creation();
    SymbolIndex Storage = Findings[G.Finding].Storage;
    // Another singleton's threading may be what adds the parameter.
    for (const Group &Any : Groups) {
      if (!Any.Refusals.empty())
        continue;
      for (const ThreadedCall &Threaded : Any.Threaded.Calls) {
        const CallFact &Call = *Threaded.Call;
        bool Inside = Call.Variable == Storage ||
                      (Creation && Creation->Whole.contains(Call.Name));
        if (!Inside)
          continue;
        Context.Used = true;
        Context.ByConstructor |= Call.Style == ArgumentStyle::NeedsParentheses;
      }
    }
    return Context;
  }

  void family(Group &G, unsigned Number) {
    for (const auto &[Accessor, Name] : G.Rewrite->renames()) {
      parameter(Accessor, Number, /*Used=*/true);
      for (const FunctionSiteFact &Site : P.of<FunctionSiteFact>(Accessor))
        add({Site.Name, {Piece::text(Name)}, false, {}}, Number);
    }
    StorageRewrite::Output Output = G.Rewrite->edits(
        [&](const StorageUseFact &Use) {
          auto It = G.Threaded.Uses.find(&Use);
          if (It == G.Threaded.Uses.end())
            return How.ContextName;
          captures(It->second, Number);
          return It->second.Expression;
        },
        creationContext(G));
    for (Edit &E : Output.Edits)
      add(std::move(E), Number);
    for (const auto &[File, Headers] : Output.Includes)
      Result.Includes[File].insert(Headers.begin(), Headers.end());
  }

  Plan finish() {
    for (unsigned Number = 0; Number < Groups.size(); ++Number) {
      Group &G = Groups[Number];
      Migration M;
      M.Of = &Findings[G.Finding];
      if (G.Rewrite->renames().count(M.Of->Accessor))
        M.NewName = G.Rewrite->renames().at(M.Of->Accessor);
      M.Refusals = G.Refusals;
      if (!M.refused()) {
        family(G, Number);
        calls(G, Number);
        testRoots(G, Number);
        for (SymbolIndex Function : G.Threaded.Functions)
          parameter(Function, Number, usesParameter(Function));
        M.Threaded.assign(G.Threaded.Functions.begin(),
                          G.Threaded.Functions.end());
      }
      Result.Migrations.push_back(std::move(M));
    }
    llvm::sort(Result.Edits, [](const Edit &A, const Edit &B) {
      return std::tie(A.Target.File, A.Target.Offset, A.Target.Length, A.With) <
             std::tie(B.Target.File, B.Target.Offset, B.Target.Length, B.With);
    });
    // A slot's header brings the context's along.
    for (auto &[File, Headers] : Result.Includes)
      if (Headers.count(How.SlotHeader))
        Headers.erase(How.ContextHeader);
    return std::move(Result);
  }

  const Program &P;
  const std::vector<Finding> &Findings;
  const Policy &How;
  const std::map<unsigned, Refusal> &TakenBack;
  std::vector<Group> Groups;
  Plan Result;
  std::map<std::tuple<Span, Pieces, bool>, size_t> Known;
};
} // namespace

Plan unsingleton::plan(const Program &P, const std::vector<Finding> &Findings,
                       const Policy &How,
                       const std::map<unsigned, Refusal> &TakenBack) {
  return Planner(P, Findings, How, TakenBack).run();
}
