//===- Plan.cpp - What a fix would do -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "fixits/Plan.h"
#include "checks/rules/Globs.h"
#include "fixits/ContextChoices.h"
#include "fixits/ContextEdits.h"
#include "fixits/FindingRefusals.h"
#include "fixits/Forwarders.h"
#include "fixits/MigrationGroup.h"
#include "fixits/Stages.h"
#include "fixits/TextualInclude.h"
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

llvm::StringRef Migration::applicability() const {
  bool Lossy = Of->AcrossRequests && Scope == "request";
  if (!refused())
    return Of->What == Verdict::ProcessResource || Lossy || Of->PerThread
               ? "unsafe"
               : "safe";
  return llvm::all_of(Refusals, isAboutBehaviour) ? "unsafe" : "manual";
}

namespace {
class Planner {
public:
  Planner(const Program &P, const std::vector<Finding> &Findings,
          const Policy &How, const Lessons &Learnt, const Staging &Steps)
      : P(P), Findings(Findings), How(How), Learnt(Learnt), Steps(Steps) {}

  Plan run() {
    for (unsigned I = 0; I < Findings.size(); ++I)
      if (wanted(Findings[I]))
        consider(I);
    settle();
    stage();
    return finish();
  }

private:
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
    MigrationGroup G;
    const Finding &F = Findings[I];
    G.Of = &F;
    G.Number = I;
    G.Rewrite = std::make_unique<StorageRewrite>(P, F, How);
    G.Refusals = G.Rewrite->refusals();
    for (Refusal &R : refusalsOf(P, F, How))
      G.Refusals.push_back(std::move(R));
    if (auto It = Learnt.TakenBack.find(I); It != Learnt.TakenBack.end())
      G.Refusals.push_back(It->second);
    Groups.push_back(std::move(G));
  }

  /// A singleton whose creation uses another one can only be migrated with it:
  /// refusals take others along until none is left to take.
  void settle() {
    refuseSharedNames(P, Groups);
    for (bool Changed = true; Changed;) {
      Changed = false;
      MigratedSet Set = migratedOf(Groups);
      for (MigrationGroup &G : Groups) {
        if (!G.Refusals.empty())
          continue;
        bool Asked = !G.Rewrite->asking().empty();
        G.thread(P, How, Set, Learnt.NoParameter);
        Changed |= !G.Refusals.empty() || Asked == G.Rewrite->asking().empty();
      }
      // What makes the object has no context of the accessor's to name.
      for (MigrationGroup &G : Groups)
        if (G.Refusals.empty() && !G.Rewrite->asking().empty() &&
            creationContext(Groups, G).Used) {
          G.Refusals = G.Rewrite->asking();
          Changed = true;
        }
      Changed = Changed || refuseTextual();
    }
  }

  bool refuseTextual() {
    std::set<SymbolIndex> All;
    for (const MigrationGroup &G : Groups)
      if (G.Refusals.empty())
        All.merge(changed(G));
    bool Any = false;
    for (MigrationGroup &G : Groups)
      if (G.Refusals.empty())
        if (std::optional<Refusal> Why =
                Textual.among(changed(G), All, G.Of->place())) {
          G.Refusals.push_back(std::move(*Why));
          Any = true;
        }
    return Any;
  }

  /// Functions that are declared or named otherwise afterwards.
  static std::set<SymbolIndex> changed(const MigrationGroup &G) {
    std::set<SymbolIndex> Functions(G.Threaded.Functions.begin(),
                                    G.Threaded.Functions.end());
    if (!G.Rewrite->asking().empty())
      return Functions;
    for (const auto &[Accessor, Name] : G.Rewrite->renames())
      Functions.insert(Accessor);
    return Functions;
  }

  /// Leaves of what is migrated what the stages that are asked for do.
  void stage() {
    Unfinished Left;
    for (const MigrationGroup &G : Groups)
      if (Steps.of(G.Number) != Stage::Whole) {
        Left.Accessors.insert(G.Rewrite->renames().begin(),
                              G.Rewrite->renames().end());
        Left.Storages.insert(G.Of->Storage);
      }
    for (MigrationGroup &G : Groups)
      keepUpto(Steps.of(G.Number), Left, G.Threaded);
  }

  void calls(const MigrationGroup &G, unsigned Number) {
    for (const ThreadedCall &Threaded : G.Threaded.Calls) {
      Writer.argument(Threaded, Number);
      rename(G, *Threaded.Call, Number);
    }
    for (const ThreadedMacroCall &Threaded : G.Threaded.MacroCalls) {
      Writer.argument(Threaded, Number);
      auto It = G.Rewrite->renames().find(Threaded.Call->Callee);
      if (It != G.Rewrite->renames().end())
        Out.add({Threaded.Call->Name, {Piece::text(It->second)}, false, {}},
                Number);
    }
    for (const CallFact *Call : G.Threaded.Itself) {
      Edit This{Call->Whole, {Piece::text("this")}, false, {}};
      This.Dereferenced =
          P.one<AccessFact>(Call->Callee)->What != Yield::Pointer;
      Out.add(std::move(This), Number);
    }
    for (const StorageSiteFact *Alias : G.Threaded.Plain) {
      Span Specifiers = Alias->Whole;
      Specifiers.Length = Alias->Name.Offset - Specifiers.Offset;
      Out.add({Specifiers, {Piece::automatic(Specifiers)}, false, {}}, Number);
    }
    for (const ContextAnswer &Answer : G.Threaded.MacroUses)
      Writer.captures(Answer, Number);
    for (const CallFact *Call : G.Threaded.Renames)
      rename(G, *Call, Number);
  }

  void rename(const MigrationGroup &G, const CallFact &Call, unsigned Number) {
    auto It = G.Rewrite->renames().find(Call.Callee);
    if (It != G.Rewrite->renames().end())
      Out.add({Call.Name, {Piece::text(It->second)}, false, {}}, Number);
  }

  void family(MigrationGroup &G, unsigned Number) {
    bool Whole = Steps.of(G.Number) == Stage::Whole;
    for (const auto &[Accessor, Name] : G.Rewrite->renames()) {
      if (!G.Rewrite->asking().empty())
        break;
      if (!Whole) {
        addFactoryBeside(P, How, Accessor, Name, Number, Out);
        continue;
      }
      Writer.parameter(Accessor, Number, /*Used=*/true);
      for (const FunctionSiteFact &Site : P.of<FunctionSiteFact>(Accessor))
        Out.add({Site.Name, {Piece::text(Name)}, false, {}}, Number);
      if (How.Forwarders && llvm::is_contained(G.Of->Accessors, Accessor))
        addForwarder(P, Accessor, Name, Number, Out);
    }
    if (!Whole)
      return;
    StorageRewrite::Output Output = G.Rewrite->edits(
        [&](const StorageUseFact &Use) {
          auto It = G.Threaded.Uses.find(&Use);
          if (It == G.Threaded.Uses.end())
            return How.ContextName;
          Writer.captures(It->second, Number);
          Writer.includes(It->second, Use.Place.File);
          return It->second.Expression;
        },
        creationContext(Groups, G));
    for (Edit &E : Output.Edits)
      Out.add(std::move(E), Number);
    for (const auto &[File, Headers] : Output.Includes)
      Out.Includes[File].insert(Headers.begin(), Headers.end());
  }

  /// The classes that keep a context. All singletons that need one in such a
  /// class share its edits.
  void stored(const MigrationGroup &G, unsigned Number) {
    for (const auto &[Record, Name] : G.Threaded.Stored) {
      std::vector<SymbolIndex> Constructors;
      for (SymbolIndex Function : G.Threaded.Functions)
        if (const auto *F = P.one<FunctionFact>(Function);
            F && F->Record == Record && F->Kind == FunctionKind::Constructor)
          Constructors.push_back(Function);
      Writer.member(Record, Name, Constructors, Number);
    }
  }

  void bridges(const MigrationGroup &G, unsigned Number, Migration &M) {
    for (const auto &[Body, From] : G.Threaded.Locals)
      Writer.local(Body, From, Number);
    for (const auto &[Function, Why] : G.Threaded.Bridged)
      M.Bridged.push_back({Function, Why});
    if (!M.Bridged.empty())
      Writer.processContext(Number);
  }

  Plan finish() {
    for (unsigned Number = 0; Number < Groups.size(); ++Number) {
      MigrationGroup &G = Groups[Number];
      Migration M;
      M.Of = G.Of;
      M.Scope = scopeOf(P, *M.Of, How).Name;
      if (G.Rewrite->renames().count(M.Of->Accessor))
        M.NewName = G.Rewrite->renames().at(M.Of->Accessor);
      M.Asks = !G.Rewrite->asking().empty();
      M.Refusals = G.Refusals;
      if (!M.refused()) {
        family(G, Number);
        calls(G, Number);
        stored(G, Number);
        bridges(G, Number, M);
        for (SymbolIndex Function : G.Threaded.Functions)
          Writer.parameter(Function, Number,
                           usesParameter(P, Groups, Function));
        explain(P, G.Threaded, M);
        M.Threaded.assign(G.Threaded.Functions.begin(),
                          G.Threaded.Functions.end());
      }
      Result.Migrations.push_back(std::move(M));
    }
    Result.Edits = std::move(Out.Edits);
    Result.Includes = std::move(Out.Includes);
    Textual.moveIncludes(Result.Includes);
    llvm::sort(Result.Edits, [](const Edit &A, const Edit &B) {
      return std::tie(A.Target.File, A.Target.Offset, A.Target.Length, A.With) <
             std::tie(B.Target.File, B.Target.Offset, B.Target.Length, B.With);
    });
    for (const Edit &E : Result.Edits)
      for (unsigned Group : E.Groups)
        Result.Migrations[Group].Files.insert(E.Target.File);
    return std::move(Result);
  }

  const Program &P;
  const std::vector<Finding> &Findings;
  const Policy &How;
  const Lessons &Learnt;
  const Staging &Steps;
  const TextualIncludes Textual{P};
  MigrationGroups Groups;
  Plan Result;
  EditSet Out;
  ContextEdits Writer{P, How, Out};
};
} // namespace

Plan unsingleton::plan(const Program &P, const std::vector<Finding> &Findings,
                       const Policy &How, const Lessons &Learnt) {
  return plan(P, Findings, How, Learnt, Staging());
}

Plan unsingleton::plan(const Program &P, const std::vector<Finding> &Findings,
                       const Policy &How, const Lessons &Learnt,
                       const Staging &Steps) {
  return Planner(P, Findings, How, Learnt, Steps).run();
}
