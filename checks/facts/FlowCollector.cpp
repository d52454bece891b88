//===- FlowCollector.cpp - The flows of one function body -------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/facts/FlowCollector.h"
#include "checks/facts/ExpressionShape.h"
#include "checks/facts/StorageExpression.h"
#include <map>

using namespace clang;

namespace unsingleton {

static FlowRole operator|(FlowRole A, FlowRole B) {
  return static_cast<FlowRole>(static_cast<unsigned>(A) |
                               static_cast<unsigned>(B));
}

//===-- Notes
//--------------------------------------------------------------===//

Span FlowCollector::placeOf(const Expr *E) {
  SourceLocation Begin = E->getBeginLoc();
  return Spans.place(Begin.isValid() ? Begin : E->getExprLoc());
}

void FlowCollector::store(FlowEnd To, const Expr *Value, FlowRole Role) {
  Store S;
  S.To = std::move(To);
  S.Value = Value;
  S.Role = Role;
  S.Place = placeOf(Value);
  Stores.push_back(std::move(S));
}

static FlowEnd endOf(FlowKind Kind, SymbolIndex Symbol = NoSymbol) {
  FlowEnd End;
  End.Kind = Kind;
  End.Symbol = Symbol;
  return End;
}

/// The local variable that \p E names, if it holds its object itself.
static const VarDecl *localObject(const Expr *E) {
  const auto *Ref = dyn_cast<DeclRefExpr>(peeled(E, /*Copies=*/false));
  const auto *V = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  return V && !isStorage(V) && !ContextTypes::isHandle(V->getType()) ? V
                                                                     : nullptr;
}

void FlowCollector::assign(const Expr *Into, const Expr *Value) {
  Into = peeled(Into, /*Copies=*/false);
  const auto *Ref = dyn_cast<DeclRefExpr>(Into);
  const auto *Member = dyn_cast<MemberExpr>(Into);
  const auto *V = dyn_cast_or_null<VarDecl>(Ref      ? Ref->getDecl()
                                            : Member ? Member->getMemberDecl()
                                                     : nullptr);
  if (V && isStorage(V))
    return initialise(V, Value);
  if (V && !V->getType()->isReferenceType())
    return From.contribute(V, nullptr, Value);
  if (const auto *F = dyn_cast_or_null<FieldDecl>(
          Member ? Member->getMemberDecl() : nullptr)) {
    const FieldDecl *Outermost = nullptr;
    const Expr *Base = holderOf(Member, Outermost);
    if (isa<CXXThisExpr>(peeled(Base, false)))
      return initialise(Outermost ? Outermost : F, Value);
    if (const VarDecl *Local = localObject(Base))
      return From.contribute(Local, Outermost, Value);
    Into = Base;
  }
  insert(Into, Value);
}

void FlowCollector::insert(const Expr *Into, const Expr *Value) {
  if (const VarDecl *Local = localObject(Into))
    return From.contribute(Local, nullptr, Value);
  Store S;
  S.Into = Into;
  S.Value = Value;
  S.Place = placeOf(Value);
  Stores.push_back(std::move(S));
}

void FlowCollector::initialise(const VarDecl *V, const Expr *Value) {
  bool Reference = V->getType()->isReferenceType();
  store(endOf(FlowKind::Storage, Facts.symbol(V)), Value,
        Reference ? FlowRole::Both : FlowRole::Value);
}

void FlowCollector::initialise(const FieldDecl *F, const Expr *Value) {
  store(endOf(FlowKind::This, Facts.symbol(F)), Value,
        ContextTypes::isHandle(F->getType()) ? FlowRole::Both
                                             : FlowRole::Value);
}

void FlowCollector::returned(const Expr *Value) {
  if (!Owner)
    return;
  FlowRole Role = FlowRole::Value;
  if (ContextTypes::isHandle(Owner->getReturnType()))
    Role = FlowRole::Both;
  store(endOf(FlowKind::Result), Value, Role);
}

void FlowCollector::detached(const Expr *Thread) {
  store(endOf(FlowKind::Detached), Thread, FlowRole::Value);
}

void FlowCollector::removed(const Expr *Container, bool Drains,
                            SourceLocation Where) {
  Store S;
  S.Into = Container;
  S.Drains = Drains;
  S.Place = Spans.place(Where);
  Stores.push_back(std::move(S));
}

void FlowCollector::call(const Expr *E, const FunctionDecl *Callee,
                         const Expr *Object,
                         llvm::ArrayRef<const Expr *> Given) {
  Calls.push_back({E, Callee, Object, {Given.begin(), Given.end()}});
}

void FlowCollector::constructsThis(const CXXConstructExpr *E) {
  llvm::SmallVector<const Expr *, 4> Given(E->arguments());
  Calls.push_back({E, E->getConstructor(), nullptr, std::move(Given), true});
}

bool FlowCollector::isStatic(const Expr *E) {
  Origins Targets = From.targetsOf(E);
  return !Targets.empty() && llvm::all_of(Targets, [](const FlowSource &S) {
    return S.End.Kind == FlowKind::Storage;
  });
}

//===-- Facts
//--------------------------------------------------------------===//

/// Each source once, with all its roles.
static llvm::SmallVector<std::pair<FlowSource, FlowRole>, 2>
united(const Origins &Values, const Origins &Targets) {
  llvm::SmallVector<std::pair<FlowSource, FlowRole>, 2> Result;
  for (const FlowSource &Source : Values)
    // What a static variable holds is no news: it was put there before.
    if (Source.End.Kind != FlowKind::Storage)
      Result.push_back({Source, FlowRole::Value});
  for (const FlowSource &Source : Targets) {
    bool Found = false;
    for (auto &[Known, Role] : Result)
      if (Known.End == Source.End) {
        Role = Role | FlowRole::Target;
        Found = true;
      }
    if (!Found)
      Result.push_back({Source, FlowRole::Target});
  }
  return Result;
}

/// Whether \p E is all of an object, rather than a member of one.
static bool isWhole(const Expr *E, unsigned Depth = 0) {
  constexpr unsigned Deepest = 8; // `T &t = t;`
  if (++Depth > Deepest)
    return false;
  E = peeled(E, /*Copies=*/true);
  if (const auto *U = dyn_cast<UnaryOperator>(E))
    return isWhole(U->getSubExpr(), Depth);
  if (const auto *C = dyn_cast<CXXOperatorCallExpr>(E))
    return C->getOperator() != OO_Subscript && isWhole(C->getArg(0), Depth);
  const auto *Ref = dyn_cast<DeclRefExpr>(E);
  const auto *V = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  return isa<CallExpr>(E) || (V && V->hasLocalStorage() && V->getInit() &&
                              isWhole(V->getInit(), Depth));
}

void FlowCollector::flowsTo(const FlowEnd &To, const Store &S) {
  FlowFact Fact;
  Fact.Function = Function;
  Fact.To = To;
  Fact.Place = S.Place;
  bool Alias = has(S.Role, FlowRole::Target);
  QualType Type = S.Value->getType();
  if (!Alias && !Types.carries(Type)) {
    if (!Type->isRecordType() || !isWhole(S.Value))
      return;
    Fact.Copy = true;
    for (FlowSource &Source : From.valuesOf(S.Value))
      if (Source.End.Kind == FlowKind::Value ||
          Source.End.Kind == FlowKind::PerRequest) {
        Fact.From = std::move(Source);
        Flows.push_back(Fact);
      }
    return;
  }
  Origins Targets;
  if (Alias)
    Targets = From.targetsOf(S.Value);
  for (auto &[Source, Role] : united(From.valuesOf(S.Value), Targets)) {
    bool Own = Source.End.Kind == To.Kind && To.Kind == FlowKind::This;
    if (Own || Source.End == To)
      continue;
    Fact.From = Source;
    Fact.Role = Role;
    Flows.push_back(Fact);
  }
}

void FlowCollector::flows(const Store &S) {
  if (!S.Into)
    return flowsTo(S.To, S);
  for (const FlowSource &Target : From.targetsOf(S.Into)) {
    if (S.Value)
      flowsTo(Target.End, S);
    else if (Target.End.Kind != FlowKind::Parameter && !localObject(S.Into))
      Removals.push_back({Function, Target.End, S.Drains, S.Place});
  }
}

void FlowCollector::argument(const Call &C, uint32_t Index, const Origins &Of,
                             FlowRole Role, const Span &Place) {
  ArgumentFact Fact;
  Fact.Function = Function;
  Fact.Callee = Facts.symbol(C.Callee);
  Fact.Call = From.valueEnd(C.E);
  Fact.Index = Index;
  Fact.Role = Role;
  Fact.Place = Place;
  for (const FlowSource &Source : Of) {
    Fact.From = Source;
    Arguments.push_back(Fact);
  }
}

/// The facts of a call, if it is \p Wanted or given anything of interest.
bool FlowCollector::arguments(const Call &C, bool Wanted) {
  size_t Before = Arguments.size();
  for (uint32_t I = 0; I < C.Arguments.size(); ++I) {
    const Expr *E = C.Arguments[I];
    if (I >= C.Callee->getNumParams() || isa<CXXDefaultArgExpr>(E))
      continue;
    QualType Type = C.Callee->getParamDecl(I)->getType();
    if (!Types.carries(Type))
      continue;
    Origins Targets;
    if (ContextTypes::isHandle(Type))
      Targets = From.targetsOf(E);
    Span Place = placeOf(E);
    for (auto &[Source, Role] : united(From.valuesOf(E), Targets))
      argument(C, I, {Source}, Role, Place);
  }
  if (Arguments.size() == Before && !Wanted)
    return false;
  bool Made = isa<CXXConstructorDecl>(C.Callee);
  FlowSource Object;
  if (C.OnThis)
    Object.End.Kind = FlowKind::This;
  else if (Made)
    Object.End = From.valueEnd(C.E);
  Span Place = placeOf(C.E);
  if (C.OnThis || Made)
    argument(C, ArgumentFact::Object, {Object}, FlowRole::Both, Place);
  else if (C.Object)
    for (auto &[Source, Role] :
         united(From.valuesOf(C.Object), From.targetsOf(C.Object)))
      argument(C, ArgumentFact::Object, {Source}, Role, Place);
  if (Arguments.size() == Before)
    argument(C, ArgumentFact::Nothing, {FlowSource()}, FlowRole::Value, {});
  return true;
}

/// A value that is handed to a call, which may keep it.
static bool isGift(const ArgumentFact &A) {
  return A.Index < ArgumentFact::Nothing && has(A.Role, FlowRole::Value);
}

/// The objects into which something may have been put: each by a flow, or by a
/// call that is also given something. What a call returns may be anything.
std::set<FlowEnd> FlowCollector::fed() const {
  std::set<FlowEnd> Fed;
  auto IsLive = [&](const FlowSource &S) {
    return S.End.Kind != FlowKind::Value || S.Record != NoSymbol ||
           Fed.contains(S.End);
  };
  for (const ArgumentFact &A : Arguments)
    if (A.From.End != A.Call) // of a constructor only
      Fed.insert(A.Call);
  for (const ArgumentFact &A : Arguments)
    if (A.From.End == A.Call)
      Fed.erase(A.Call);
  for (size_t Before = ~size_t(0); Before != Fed.size();) {
    Before = Fed.size();
    for (const FlowFact &F : Flows)
      if (F.To.Kind == FlowKind::Value && IsLive(F.From))
        Fed.insert(F.To);
    std::map<FlowEnd, std::set<uint32_t>> Gifts;
    for (const ArgumentFact &A : Arguments)
      if (isGift(A) && IsLive(A.From))
        Gifts[A.Call].insert(A.Index);
    for (const ArgumentFact &A : Arguments) {
      auto It = Gifts.find(A.Call);
      if (A.From.End.Kind == FlowKind::Value && It != Gifts.end() &&
          has(A.Role, FlowRole::Target) &&
          It->second.size() > It->second.count(A.Index))
        Fed.insert(A.From.End);
    }
  }
  return Fed;
}

/// Drops what comes from objects that nothing was put into, then the calls that
/// are given nothing and whose value nobody asks for.
void FlowCollector::drop() {
  std::set<FlowEnd> Fed = fed();
  auto IsDead = [&](const FlowSource &S) {
    return S.End.Kind == FlowKind::Value && S.Record == NoSymbol &&
           !Fed.contains(S.End);
  };
  llvm::erase_if(Flows, [&](const FlowFact &F) { return IsDead(F.From); });
  for (ArgumentFact &A : Arguments)
    if (A.Index != ArgumentFact::Nothing && IsDead(A.From)) {
      A.From = FlowSource(); // the call may still matter
      A.Index = ArgumentFact::Nothing;
      A.Role = FlowRole::Value;
      A.Place = Span();
    }
  for (size_t Before = ~size_t(0); Before != Arguments.size();) {
    Before = Arguments.size();
    std::set<FlowEnd> Wanted;
    for (const FlowFact &F : Flows)
      Wanted.insert({F.From.End, F.To});
    for (const RemovalFact &R : Removals)
      Wanted.insert(R.From);
    for (const ArgumentFact &A : Arguments) {
      if (isGift(A))
        Wanted.insert(A.Call);
      if (A.From.End != A.Call)
        Wanted.insert(A.From.End);
    }
    llvm::erase_if(Arguments, [&](const ArgumentFact &A) {
      return !Wanted.contains(A.Call);
    });
  }
  std::set<std::pair<FlowEnd, SymbolIndex>> Known;
  for (const ArgumentFact &A : Arguments)
    if (A.Index != ArgumentFact::Nothing)
      Known.insert({A.Call, A.Callee});
  llvm::erase_if(Arguments, [&](const ArgumentFact &A) {
    return A.Index == ArgumentFact::Nothing &&
           !Known.insert({A.Call, A.Callee}).second;
  });
}

void FlowCollector::emit() {
  Function = Owner ? Facts.symbol(Owner) : NoSymbol;
  for (const Store &S : Stores)
    flows(S);
  // Resolving one call's arguments may ask for the value of another.
  llvm::SmallVector<bool, 8> Done(Calls.size(), false);
  for (bool Changed = true; Changed;) {
    Changed = false;
    for (size_t I = 0; I < Calls.size(); ++I)
      if (!Done[I] && arguments(Calls[I], From.isAsked(Calls[I].E)))
        Changed = Done[I] = true;
  }
  drop();
  for (FlowFact &F : Flows)
    Facts.add(std::move(F));
  for (ArgumentFact &A : Arguments)
    Facts.add(std::move(A));
  for (RemovalFact &R : Removals)
    Facts.add(std::move(R));
}

} // namespace unsingleton
