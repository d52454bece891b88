//===- CaptiveContext.cpp - isolation-captive-context -----------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Flags a request's context, or an object that was made for one request, which
// is kept where it outlives the request: there the next user's request finds
// what belongs to the one before.
//
//     static UserExecutionContext last;
//     void handle(const UserExecutionContext &user_context) {
//       last = user_context;                            // in a static
//       static auto &agents = create_agents(user_context); // the first user's
//       bus().subscribe([user_context] { … });          // in a callback there
//       std::thread([user_context] { … }).detach();     // in a thread for ever
//     }
//     void Service::start(const UserExecutionContext &user_context) {
//       context_ = user_context;          // 'Service' is a process-wide object
//     }
//
// Kept means a static, global, thread-local or static member variable, a
// container or object in one, a member of an object that is itself process-wide
// (the only objects of its class are singletons, or it is declared process-wide
// by annotation or `isolation.ProcessWide`), a detached thread, and a callback
// that any of these holds (a lambda's captures, `std::bind`,
// `isolation::bind`). A reference, a pointer, a copy or a smart pointer to the
// context are all the same, and so is an object that a `PerRequest` slot gave,
// through whatever functions returned it. Local variables, and functions that
// store what they are given, are followed across units.
//
// Does not flag: a context or object held by a local, by a member of an object
// that is made for each request, or by another object of the request; what the
// runtime keeps (`PerRequest`, `ContextGuard`, `ProcessContext`, a function
// from `isolation::bind` that is run or joined); strings and numbers read from
// a context; a context that the program makes for itself, of no parameter, or
// in `main`; a queue, from which what goes in is taken out again; a container
// that is given something by a function which, itself or in its class's
// destructor, also takes it out; a thread-local that the same function or a
// guard's destructor sets back; a callback handed to code that no unit shows.
//
//===----------------------------------------------------------------------===//
#include "checks/rules/ContextFinding.h"
#include "checks/rules/ContextFlow.h"
#include "checks/rules/ProcessLifetime.h"
#include "checks/rules/Release.h"
#include "checks/rules/Rules.h"

using namespace unsingleton;

namespace {
class CaptiveRule {
public:
  CaptiveRule(const RuleInput &Input, llvm::StringRef Name)
      : P(Input.Linked), Name(Name), Options(Input.Options), Flow(P),
        Lifetime(P, Options) {}

  void run(std::vector<Finding> &Out) {
    if (Flow.captures().empty())
      return;
    Release Releases(P, Flow);
    std::vector<Capture> Captives;
    for (const Capture &C : Flow.captures())
      if (outlives(C) && !Releases.isReleased(C))
        Captives.push_back(C);
    for (const Capture &C : Captives)
      (C.Source.Callback ? ToldCallback : Told).insert({C.Function, C.Goal});
    std::map<Key, std::vector<const Capture *>> ByGoal;
    for (const Capture &C : Captives)
      if (!isToldDeeper(C))
        ByGoal[{C.Function, C.Goal}].push_back(&C);
    for (auto &[Where, Group] : ByGoal) {
      // A context convinces more than what only holds one.
      llvm::sort(Group, [](const Capture *A, const Capture *B) {
        return std::tuple(A->Source.Record != NoSymbol, A->Place, A) <
               std::tuple(B->Source.Record != NoSymbol, B->Place, B);
      });
      Out.push_back(describe(Group));
    }
  }

private:
  using Key = std::pair<SymbolIndex, FlowEnd>;

  //===-- What outlives a request

  ProcessLifetime::Answer holderOf(const Capture &C) {
    const auto *F = P.one<FunctionFact>(C.Function);
    // What a constructor is given, whoever makes the object keeps in it.
    return F && F->Record != NoSymbol && F->Kind != FunctionKind::Constructor
               ? Lifetime.ask(F->Record)
               : ProcessLifetime::Answer();
  }

  bool outlives(const Capture &C) {
    switch (C.Goal.Kind) {
    case FlowKind::Detached:
      return true;
    case FlowKind::This:
      return holderOf(C).Yes;
    case FlowKind::Storage:
      break;
    default:
      return false;
    }
    const auto *Storage = P.one<StorageFact>(C.Goal.Symbol);
    const auto *F = P.one<FunctionFact>(C.Function);
    // What main makes for itself, it may keep for itself.
    bool Own = C.Source.End.Kind == FlowKind::Context && F &&
               F->Kind == FunctionKind::Main;
    return Storage && !Own;
  }

  //===-- Told once

  /// Whether a function on the way tells it of itself: it has the context too.
  bool isToldDeeper(const Capture &C) const {
    auto Tells = [&](const Key &K) {
      return ToldCallback.contains(K) ||
             (!C.Source.Callback && Told.contains(K));
    };
    return llvm::any_of(C.Kept.Through, [&](SymbolIndex Function) {
      return Tells({Function, C.Goal}) ||
             (Function == C.keeper() && Tells({Function, C.Kept.In}));
    });
  }

  //===-- Words

  static bool isObject(const Capture &C) {
    return C.Source.End.Kind == FlowKind::PerRequest ||
           C.Source.End.Kind == FlowKind::Member ||
           C.Source.End.Kind == FlowKind::This;
  }

  std::string memberName(SymbolIndex Member, SymbolIndex Function) const {
    const auto *F = P.one<FunctionFact>(Function);
    if (F)
      for (const FieldFact &Field : P.of<FieldFact>(F->Record))
        if (Field.Field == Member)
          return Field.Name;
    return "";
  }

  std::string whatOf(const Capture &C) const {
    std::string What =
        isObject(C) ? "an object made for one user's request"
        : C.Source.Record != NoSymbol
            ? "'" + C.Source.Text + "', which holds one user's context,"
            : "the context of one user's request";
    return C.Source.Callback ? "a callback with " + What : What;
  }

  std::string messageOf(const Capture &C) const {
    std::string Function = quoted(P, C.Function);
    std::string What = whatOf(C);
    bool Callback = C.Source.Callback;
    if (C.Goal.Kind == FlowKind::Detached)
      return Function + " gives " +
             (isObject(C) ? "an object made for one user's request"
                          : "the context of one user's request") +
             " to a detached thread, which may outlive the request: join the "
             "thread before the request ends";
    std::string Message = Function + " keeps " + What + " in ";
    if (C.Goal.Kind == FlowKind::This) {
      const auto *Record =
          P.one<RecordFact>(P.one<FunctionFact>(C.Function)->Record);
      std::string Member = memberName(C.Goal.Symbol, C.Function);
      Message += Member.empty() ? "an object" : "'" + Member + "'";
      Message += " of the process-wide '" + Record->QualifiedName + "'";
    } else {
      const auto *Storage = P.one<StorageFact>(C.Goal.Symbol);
      Message += std::string(Storage->ThreadLocal ? "thread-local " : "") +
                 "'" + Storage->QualifiedName + "'";
    }
    Message += ", which outlives the request: ";
    return Message + (Callback ? "remove it when the request ends, or let it "
                                 "ask for what it needs when it runs"
                      : isObject(C)
                          ? "ask for it with the context where it is needed"
                          : "pass it on as a parameter instead");
  }

  static std::string idiomOf(const Capture &C) {
    if (C.Goal.Kind == FlowKind::Detached)
      return "detached-thread";
    if (C.Source.Callback)
      return "callback";
    return isObject(C) ? "per-request-object" : "context";
  }

  /// Of what is kept, without pointers and callbacks around it.
  std::string typeOf(const Capture &C) const {
    if (!isObject(C))
      return Options.ContextType;
    for (const PerRequestFact &Slot : P.of<PerRequestFact>(C.Function))
      if (isObject(C) && Slot.Where == C.Source.End.Where)
        return Slot.Type;
    return "";
  }

  Finding describe(const std::vector<const Capture *> &Group) {
    const Capture &C = *Group.front();
    SymbolIndex Storage = C.Goal.Kind == FlowKind::Storage ? C.Goal.Symbol
                          : C.Goal.Kind == FlowKind::This  ? holderOf(C).Storage
                                                           : NoSymbol;
    std::string Goal = C.Goal.Kind == FlowKind::Detached ? "detached thread"
                       : C.Goal.Kind == FlowKind::Storage
                           ? P.name(C.Goal.Symbol)
                           : memberName(C.Goal.Symbol, C.Function);
    Finding F = contextFinding(P, Name, C.Function, C.Place, Goal);
    F.Idiom = idiomOf(C);
    F.Type = typeOf(C);
    F.Storage = Storage;
    F.StoragePlace = placeOfStorage(P, Storage);
    F.Message = messageOf(C);
    addNotes(Group, F);
    F.Rated = Rating::ByReach;
    return F;
  }

  void addNotes(const std::vector<const Capture *> &Group, Finding &F) {
    const Capture &C = *Group.front();
    if (C.Source.End.Where.valid() && !C.Source.Text.empty() && !isObject(C))
      F.Notes.push_back({C.Source.End.Where,
                         "'" + C.Source.Text + "' is the request's context"});
    for (const Capture *Other : Group)
      if (Other->Place != C.Place && Other != Group.front() &&
          !llvm::any_of(F.Notes, [&](const Evidence &Note) {
            return Note.Where == Other->Place;
          }))
        F.Notes.push_back({Other->Place, "and here"});
    if (!C.Kept.Through.empty()) {
      SymbolIndex Member = C.Kept.In.Symbol;
      std::string In = memberName(Member, C.keeper());
      if (In.empty() && C.Kept.In.Kind == FlowKind::Storage)
        In = P.name(Member);
      F.Notes.push_back(
          {C.Kept.Where, quoted(P, C.keeper()) + " keeps it" +
                             (In.empty() ? "" : " in '" + In + "'")});
    }
    if (F.StoragePlace.valid())
      F.Notes.push_back(
          {F.StoragePlace,
           "'" + P.one<StorageFact>(F.Storage)->Name + "' is " +
               (P.one<StorageFact>(F.Storage)->ThreadLocal
                    ? "shared by all requests that its thread serves"
                    : "shared by all requests")});
  }

  const Program &P;
  llvm::StringRef Name;
  const RuleOptions &Options;
  ContextFlow Flow;
  ProcessLifetime Lifetime;
  std::set<Key> Told, ToldCallback;
};
} // namespace

void unsingleton::runCaptiveContext(const RuleInput &Input,
                                    llvm::StringRef Name,
                                    std::vector<Finding> &Out) {
  CaptiveRule(Input, Name).run(Out);
}
