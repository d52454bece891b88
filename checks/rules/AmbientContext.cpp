//===- AmbientContext.cpp - isolation-ambient-context -----------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Flags a function that takes its context from the thread, by
// `isolation::current_context()`. What the thread serves is not always whom the
// function works for: a callback that runs later, on a pooled thread or outside
// any guard, gets another user's context, the process's, or an error.
//
//     void audit() {
//       log(isolation::current_context().user_id());
//     }
//     void handle(const UserExecutionContext &user_context) { audit(); }
//
// The message tells the three cases apart. A context is in scope: use it. A
// caller has one, directly or further up (`handle` above): thread it through as
// a parameter. Neither, or the signature is not the project's to change (main,
// C linkage, an override of a library's method, a callback, a destructor, an
// operator, a test): it is a bridge, which the fix leaves with
// `--frontier=bridge`; it is right as long as a ContextGuard, `isolation::bind`
// or the ProcessContext is active there.
//
// Does not flag: `ContextGuard`, `isolation::bind` and `ProcessContext`, which
// say where the context comes from; the runtime's own code; the same call again
// in one function, which is shown as a note of the first.
//
//===----------------------------------------------------------------------===//
#include "checks/rules/ContextFinding.h"
#include "checks/rules/OwnContexts.h"
#include "checks/rules/Rules.h"
#include <deque>
#include <map>

using namespace unsingleton;

namespace {
/// Of several contexts, the plainest: one that is a context itself.
const OwnContext &plainest(const std::vector<OwnContext> &Contexts) {
  for (const OwnContext &C : Contexts)
    if (C.Direct)
      return C;
  return Contexts.front();
}

/// The nearest caller that has a context, and the calls from there down.
struct Provider {
  SymbolIndex Function = NoSymbol;
  OwnContext Has;
  std::vector<const CallFact *> Calls;
};

bool isCall(const CallFact &Call) {
  return Call.Caller != NoSymbol && !Call.Unevaluated &&
         Call.Kind != CallKind::Declaration && Call.Kind != CallKind::Mention;
}

std::optional<Provider> findProvider(const Program &P, SymbolIndex Function) {
  // The call in each function that leads one step nearer, and where to.
  using Step = std::pair<const CallFact *, SymbolIndex>;
  std::map<SymbolIndex, Step> Down{{Function, Step(nullptr, NoSymbol)}};
  std::deque<SymbolIndex> Work{Function};
  while (!Work.empty()) {
    SymbolIndex At = Work.front();
    Work.pop_front();
    std::vector<const CallFact *> Calls = P.callsTo(At);
    for (const OverrideFact &Up : P.of<OverrideFact>(At))
      llvm::append_range(Calls, P.callsTo(Up.Overridden));
    llvm::sort(Calls, [](const CallFact *A, const CallFact *B) {
      return std::tie(A->Name, *A) < std::tie(B->Name, *B);
    });
    std::vector<SymbolIndex> Further;
    for (const CallFact *Call : Calls) {
      if (!isCall(*Call) ||
          !Down.try_emplace(Call->Caller, Step(Call, At)).second)
        continue;
      std::vector<OwnContext> Has = contextsAt(P, Call->Caller, Call->Whole);
      if (Has.empty()) {
        Further.push_back(Call->Caller);
        continue;
      }
      Provider Found{Call->Caller, plainest(Has), {}};
      for (Step Next = Down[Call->Caller]; Next.first; Next = Down[Next.second])
        Found.Calls.push_back(Next.first);
      return Found;
    }
    for (SymbolIndex Caller : Further)
      if (!frontierAt(P, Caller))
        Work.push_back(Caller);
  }
  return std::nullopt;
}

class AmbientRule {
public:
  AmbientRule(const RuleInput &Input, llvm::StringRef Name)
      : P(Input.Linked), Name(Name), Type(Input.Options.ContextType) {}

  void run(std::vector<Finding> &Out) {
    std::map<std::pair<SymbolIndex, SymbolIndex>, std::vector<Span>> Places;
    for (const AmbientContextFact &Use : P.all<AmbientContextFact>())
      Places[{Use.Function, Use.Variable}].push_back(Use.Place);
    for (const auto &[Where, Spans] : Places)
      Out.push_back(describe(Where.first, Where.second, Spans));
  }

private:
  Finding describe(SymbolIndex Function, SymbolIndex Variable,
                   const std::vector<Span> &Places) {
    Span Place = Places.front();
    std::vector<OwnContext> InScope;
    for (const Span &Where : Places)
      if (std::vector<OwnContext> Has = contextsAt(P, Function, Where);
          InScope.empty() && !Has.empty()) {
        InScope = Has;
        Place = Where;
      }
    Finding F = contextFinding(P, Name, Function, Place,
                               Variable == NoSymbol ? "" : P.name(Variable));
    F.Level = Severity::Low;
    F.Type = Type;
    F.Storage = Variable;
    F.StoragePlace = placeOfStorage(P, Variable);
    std::string Takes =
        (Function == NoSymbol ? "the initialiser of '" + P.name(Variable) + "'"
                              : quoted(P, Function)) +
        " takes the context from the thread";
    if (!InScope.empty())
      inScope(plainest(InScope), Takes, F);
    else
      fromOutside(Function, Takes, F);
    for (const Span &Where : Places)
      if (Where != Place)
        F.Notes.push_back({Where, "and here"});
    return F;
  }

  static void inScope(const OwnContext &Has, const std::string &Takes,
                      Finding &F) {
    F.Idiom = "in-scope";
    F.Message = Takes + " although '" + Has.Expression +
                "' is in scope: use '" + Has.Expression + "'";
  }

  void fromOutside(SymbolIndex Function, const std::string &Takes, Finding &F) {
    std::optional<Frontier> Why;
    if (Function == NoSymbol)
      Why = Frontier{"it runs before any request", {}};
    else
      Why = frontierAt(P, Function);
    if (Why) {
      F.Idiom = "bridge";
      F.Message = Takes + ", as a bridge: " + Why->Why +
                  ", so it is right only where a ContextGuard or the "
                  "ProcessContext is active";
      if (Why->Where.valid())
        F.Notes.push_back({Why->Where, "'" + P.name(Function) +
                                           "' is named here, not called"});
      return;
    }
    std::optional<Provider> From = findProvider(P, Function);
    if (!From) {
      F.Idiom = "bridge";
      F.Message = Takes + ", as a bridge: no caller in sight has a context to "
                          "pass, so it is right only where a ContextGuard or "
                          "the ProcessContext is active";
      return;
    }
    F.Idiom = "in-caller";
    F.Message = Takes + " although its caller '" + P.name(From->Function) +
                "' has '" + From->Has.Expression + "': pass it as a parameter";
    for (const CallFact *Call : From->Calls)
      F.Notes.push_back(
          {Call->Name, "'" + P.name(Call->Caller) + "' calls '" +
                           P.name(Call->Callee) + "'" +
                           (Call == From->Calls.front()
                                ? ", and has '" + From->Has.Expression + "'"
                                : "")});
  }

  const Program &P;
  llvm::StringRef Name;
  std::string Type; ///< of contexts
};
} // namespace

void unsingleton::runAmbientContext(const RuleInput &Input,
                                    llvm::StringRef Name,
                                    std::vector<Finding> &Out) {
  AmbientRule(Input, Name).run(Out);
}
