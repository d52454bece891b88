//===- UnforwardedContext.cpp - isolation-unforwarded-context ---*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Flags a function that has a request's context and hands on another: what it
// calls then works for somebody else, or for a request of its own, and finds
// none of the objects of the request that it is part of.
//
//     void handle(const UserExecutionContext &user_context) {
//       audit(UserExecutionContext::create(system_user)); // a new request
//       store(isolation::current_context());              // the thread's
//       notify(default_context);                          // everybody's
//     }
//
// The context that it has is a parameter, a local variable, a member of its
// object, or comes from one of these (`request.user_context()`). The other one
// was made there or by a function that it calls, is a static or global
// variable, or is the thread's or the process's. Functions, methods,
// constructors and the runtime's (`get_or_create`, `ContextGuard`, `bind`) are
// callees alike.
//
// Does not flag: `user_context.child("part")`, a copy, or what a function makes
// of the context it is given; a function that has none, and so begins a request
// or a bridge; a method that begins a new request from its parameters, and has
// no context but its object's; a function with several contexts as parameters,
// which chooses; a test.
//
//===----------------------------------------------------------------------===//
#include "checks/rules/ContextFinding.h"
#include "checks/rules/OwnContexts.h"
#include "checks/rules/Rules.h"
#include <map>

using namespace unsingleton;

namespace {
class UnforwardedRule {
public:
  UnforwardedRule(const RuleInput &Input, llvm::StringRef Name)
      : P(Input.Linked), Name(Name), Type(Input.Options.ContextType) {}

  void run(std::vector<Finding> &Out) {
    using Key = std::pair<SymbolIndex, std::string>;
    std::map<Key, std::vector<const OtherContextFact *>> ByCallee;
    for (const OtherContextFact &Other : P.all<OtherContextFact>())
      if (Other.Callee != NoSymbol && instead(Other))
        ByCallee[{Other.Function, Other.CalleeName}].push_back(&Other);
    for (const auto &[Where, Group] : ByCallee)
      Out.push_back(describe(Group));
  }

private:
  /// What \p Other comes from in the end: functions that return one are asked
  /// what they return.
  const OtherContextFact *origin(const OtherContextFact &Other,
                                 unsigned Depth = 0) const {
    constexpr unsigned Deepest = 8;
    if (Other.What != OtherContext::Returned)
      return Other.What == OtherContext::None ? nullptr : &Other;
    const OtherContextFact *Result = nullptr;
    for (const OtherContextFact &Inner : P.of<OtherContextFact>(Other.Source)) {
      if (Inner.Callee != NoSymbol)
        continue;
      const OtherContextFact *From =
          Depth == Deepest ? nullptr : origin(Inner, Depth + 1);
      if (!From)
        return nullptr;
      if (!Result)
        Result = From;
    }
    return Result;
  }

  /// The context that should have been handed on.
  std::optional<OwnContext> instead(const OtherContextFact &Other) const {
    const auto *F = P.one<FunctionFact>(Other.Function);
    if (!F || F->Test || F->Kind == FunctionKind::Main)
      return std::nullopt;
    const OtherContextFact *From = origin(Other);
    if (!From)
      return std::nullopt;
    std::vector<OwnContext> Has = contextsAt(P, Other.Function, Other.Place);
    llvm::erase_if(Has, [](const OwnContext &C) { return !C.Given; });
    auto Parameters = llvm::count_if(Has, [](const OwnContext &C) {
      return C.Where == OwnContext::Parameter && C.Direct;
    });
    if (Has.empty() || Parameters > 1)
      return std::nullopt;
    bool Begins = From->What == OtherContext::Made && Other.UsesParameters;
    if (Begins && Has.front().Where == OwnContext::Member)
      return std::nullopt;
    return Has.front();
  }

  std::string whatOf(const OtherContextFact &Other) const {
    switch (origin(Other)->What) {
    case OtherContext::Made:
      return "a new context";
    case OtherContext::Storage:
      return "'" + P.name(origin(Other)->Source) +
             "', which all requests share,";
    case OtherContext::Ambient:
      return "the thread's context";
    case OtherContext::Process:
      return "the process's context";
    case OtherContext::None:
    case OtherContext::Returned:
      break;
    }
    return "another context";
  }

  static std::string idiomOf(const OtherContextFact &From) {
    switch (From.What) {
    case OtherContext::Made:
      return "new";
    case OtherContext::Storage:
      return "static";
    case OtherContext::Ambient:
      return "ambient";
    default:
      return "process";
    }
  }

  Finding describe(const std::vector<const OtherContextFact *> &Group) const {
    const OtherContextFact &Other = *Group.front();
    const OtherContextFact &From = *origin(Other);
    OwnContext Has = *instead(Other);
    Finding F =
        contextFinding(P, Name, Other.Function, Other.Place, Other.CalleeName);
    F.Level = Severity::Medium;
    F.Type = Type;
    F.Idiom = idiomOf(From);
    if (From.What == OtherContext::Storage) {
      F.Storage = From.Source;
      F.StoragePlace = placeOfStorage(P, From.Source);
    }
    std::string Child = From.What == OtherContext::Made && Has.Direct
                            ? ", or a child of it"
                            : "";
    F.Message = quoted(P, Other.Function) + " has '" + Has.Expression +
                "' but hands " + whatOf(Other) + " to '" + Other.CalleeName +
                "': pass '" + Has.Expression + "'" + Child;
    if (&From != &Other)
      F.Notes.push_back(
          {From.Place, "'" + P.name(Other.Source) + "' gets it here"});
    else if (F.StoragePlace.valid())
      F.Notes.push_back({F.StoragePlace, "the other context is this one"});
    for (const OtherContextFact *Again : Group)
      if (Again != &Other && Again->Place != Other.Place)
        F.Notes.push_back({Again->Place, "and here"});
    return F;
  }

  const Program &P;
  llvm::StringRef Name;
  std::string Type; ///< of contexts
};
} // namespace

void unsingleton::runUnforwardedContext(const RuleInput &Input,
                                        llvm::StringRef Name,
                                        std::vector<Finding> &Out) {
  UnforwardedRule(Input, Name).run(Out);
}
