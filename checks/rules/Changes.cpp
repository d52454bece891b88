//===- Changes.cpp - What functions do to their objects -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/rules/Changes.h"
#include "llvm/ADT/DenseMap.h"

using namespace unsingleton;

Changes::Changes(const Program &P) : P(P) {
  for (const FieldFact &Field : P.all<FieldFact>())
    if (!Field.Base && Field.Owned != NoSymbol)
      Owned.insert(Field.Owned);
  for (const FunctionFact &F : P.all<FunctionFact>())
    if (F.Const && F.Record != NoSymbol)
      ConstMethods[F.Record].push_back(F.Function);
  findUnseenCalls();
  solve();
}

void Changes::findUnseenCalls() {
  Complete = P.whole() &&
             llvm::all_of(P.units(),
                          [](const LinkedUnit &Unit) {
                            return Unit.Source != NoFile;
                          }) &&
             llvm::any_of(P.all<FunctionFact>(), [](const FunctionFact &F) {
               return F.Kind == FunctionKind::Main;
             });
  for (const DependentCallFact &Call : P.all<DependentCallFact>())
    if (Call.Unevaluated)
      continue;
    else if (Call.Candidate != NoSymbol)
      Candidates.insert(Call.Candidate);
    else
      DependentNames.insert(Call.Name);
}

/// Both conditions of a write, as far as they are known.
bool Changes::settled(const WriteFact &Write, const Nodes &Parts) const {
  if (Write.Through != NoSymbol &&
      !Parts.count(node(Write.Through, Write.ThroughPart)))
    return false;
  return Write.Provided == NoSymbol ||
         Known.count(node(Write.Provided, Part::Inside));
}

/// What no unit shows: a declaration without a body does what its type allows.
void Changes::assumeUnseen(SymbolIndex Function, Part Of) {
  if (!P.of<BodyFact>(Function).empty())
    return;
  const auto *F = P.one<FunctionFact>(Function);
  bool Abstract = !P.overriders(Function).empty();
  bool ReadOnly = F && F->Const && Of == Part::This;
  if (!Abstract && !ReadOnly) {
    Known.insert(node(Function, Of));
    Changed.insert(node(Function, Of));
  }
}

void Changes::solve() {
  for (const WriteFact &Write : P.all<WriteFact>()) {
    if (Write.Through != NoSymbol)
      assumeUnseen(Write.Through, Write.ThroughPart);
    if (Write.Provided != NoSymbol)
      assumeUnseen(Write.Provided, Part::Inside);
  }
  for (const AccessFact &Access : P.all<AccessFact>())
    if (Access.Provided != NoSymbol)
      assumeUnseen(Access.Provided, Part::Inside);
  spread(Known, /*Escapes=*/true);
  spread(Changed, /*Escapes=*/false);
}

void Changes::spread(Nodes &Parts, bool Escapes) {
  // The facts that wait for a node, by node; what becomes known wakes them.
  llvm::DenseMap<Node, std::vector<const WriteFact *>> Waiting;
  std::vector<Node> Work(Parts.begin(), Parts.end());
  auto Settle = [&](const WriteFact &Write) {
    if (Write.Of != Part::Whole && settled(Write, Parts) &&
        Parts.insert(node(Write.Target, Write.Of)).second)
      Work.push_back(node(Write.Target, Write.Of));
  };
  for (const WriteFact &Write : P.all<WriteFact>()) {
    if (Write.Of == Part::Whole || (Write.Escape && !Escapes))
      continue;
    if (Write.Through != NoSymbol)
      Waiting[node(Write.Through, Write.ThroughPart)].push_back(&Write);
    if (Write.Provided != NoSymbol)
      Waiting[node(Write.Provided, Part::Inside)].push_back(&Write);
    Settle(Write);
  }
  while (!Work.empty()) {
    Node At = Work.back();
    Work.pop_back();
    if (auto It = Waiting.find(At); It != Waiting.end())
      for (const WriteFact *Write : It->second)
        Settle(*Write);
    // A call through the base may reach this override.
    for (const OverrideFact &Up : P.of<OverrideFact>(At.first))
      if (Parts.insert({Up.Overridden, At.second}).second)
        Work.push_back({Up.Overridden, At.second});
  }
}

bool Changes::holds(const WriteFact &Write) const {
  return settled(Write, Known);
}

bool Changes::escapes(const WriteFact &Write) const {
  return Write.Escape || !settled(Write, Changed);
}

bool Changes::returnsInside(SymbolIndex Function) const {
  return Known.count(node(Function, Part::Inside));
}

/// Helpers of helpers of helpers are not looked through.
static constexpr unsigned Deepest = 6;

/// Whether every call of \p F is known: nobody outside its file, its class, or
/// a whole program, can call it.
bool Changes::seen(const FunctionFact &F) const {
  if (F.Virtual || F.ExternC)
    return false;
  if (F.InternalLinkage || (F.Private && P.whole()))
    return true;
  bool Plain = F.Kind == FunctionKind::Free || F.Kind == FunctionKind::Method ||
               F.Kind == FunctionKind::StaticMethod;
  return Complete && Plain && !F.Template && !F.RequestEntry &&
         !Candidates.count(F.Function) && !DependentNames.contains(F.Name);
}

bool Changes::clears(const WriteFact &Write) const {
  const auto *Storage = P.one<StorageFact>(Write.Target);
  if (!Storage || Storage->How == Holder::Value ||
      Storage->How == Holder::Reference || Storage->How == Holder::Library)
    return false;
  return llvm::any_of(
      P.of<StorageUseFact>(Write.Target), [&](const StorageUseFact &Use) {
        return Use.Function == Write.Function &&
               (Use.Form == UseForm::Clear || Use.Form == UseForm::Delete) &&
               Use.Place.contains(Write.Place);
      });
}

bool Changes::once(const WriteFact &Write) const {
  if (!Write.Later && (startsOnly(Write.Function) || unregisters(Write)))
    return !Write.Escape; // who keeps it may change it later
  SymbolIndex Guarded = guardOf(Write);
  if (Guarded == NoSymbol || Write.Count || Write.Varies)
    return false;
  const auto *Guard = P.one<StorageFact>(Guarded);
  if (Guard && Guard->Synchronisation)
    return true; // call_once
  bool Set = Guarded == Write.Target;
  for (const WriteFact &Other : P.of<WriteFact>(Guarded)) {
    if (Other.Construction || !holds(Other))
      continue;
    // What a pointer leads to is handed out, not the pointer. Whoever has an
    // object of a class in user code changes it by its members, which say so.
    if (Other.Escape && Guard &&
        (Guard->How != Holder::Value || membersTell(Guarded) ||
         isOnlyRead(Other)))
      continue;
    // Where the object itself goes with it, the next one is made the same way
    // for who asks an accessor; any other variable does change.
    if (Write.Target == Guarded && Write.Fresh && clears(Other) &&
        !P.accessesTo(Guarded).empty())
      continue;
    if (guardOf(Other) != Guarded || Other.Count)
      return false; // it can be taken back
    Set |= setsFor(Other.Function, Write.Function, 0);
  }
  return Set;
}

/// Whether every change to the object of \p Storage is one to a member of a
/// class that is seen whole.
bool Changes::membersTell(SymbolIndex Storage) const {
  llvm::ArrayRef<StorageObjectFact> Objects = P.of<StorageObjectFact>(Storage);
  return P.whole() && !Objects.empty() &&
         llvm::all_of(Objects, [&](const StorageObjectFact &Object) {
           return Object.Record != NoSymbol && P.one<RecordFact>(Object.Record);
         });
}

/// Whether \p Write returns the variable, and none of those who get it so, who
/// are all known, changes it.
bool Changes::isOnlyRead(const WriteFact &Write) const {
  const auto *F = P.one<FunctionFact>(Write.Function);
  return F && seen(*F) && Write.Through == NoSymbol &&
         llvm::any_of(P.accessesTo(Write.Target),
                      [&](const AccessFact *Access) {
                        return Access->Function == Write.Function;
                      }) &&
         llvm::none_of(P.of<WriteFact>(Write.Function),
                       [&](const WriteFact &Result) {
                         return Result.Of == Part::Whole && holds(Result);
                       });
}

/// Whether \p Setter is \p Function or one of the few that call it.
bool Changes::setsFor(SymbolIndex Setter, SymbolIndex Function,
                      unsigned Depth) const {
  if (Setter == Function)
    return true;
  const auto *F = P.one<FunctionFact>(Function);
  if (!F || !seen(*F) || Depth == Deepest)
    return false;
  return llvm::any_of(P.callsTo(Function), [&](const CallFact *Call) {
    return setsFor(Setter, Call->Caller, Depth + 1);
  });
}

/// The storage that lets \p Write happen for the first time only: by a test
/// around it, or around every call of the function that it stands in.
SymbolIndex Changes::guardOf(const WriteFact &Write) const {
  return Write.Guard != NoSymbol ? Write.Guard
                                 : guardOfCalls(Write.Function, 0);
}

SymbolIndex Changes::guardOfCalls(SymbolIndex Function, unsigned Depth) const {
  const auto *F = P.one<FunctionFact>(Function);
  if (!F || !seen(*F) || Depth == Deepest)
    return NoSymbol;
  SymbolIndex Common = NoSymbol;
  for (const CallFact *Call : P.callsTo(Function)) {
    if (Call->Kind == CallKind::Declaration)
      continue;
    SymbolIndex Guard = Call->Guard;
    if (Call->Kind == CallKind::Mention) {
      // Whoever takes its address may call it, but for call_once.
      const auto *Flag = P.one<StorageFact>(Guard);
      if (!Flag || !Flag->Synchronisation)
        return NoSymbol;
    } else if (Guard == NoSymbol && !Call->Later) {
      Guard = guardOfCalls(Call->Caller, Depth + 1);
    }
    if (Guard == NoSymbol || (Common != NoSymbol && Common != Guard))
      return NoSymbol;
    Common = Guard;
  }
  return Common;
}

/// Whether \p Function is called by nothing but initialisers of static
/// variables, or before main: `static int filled = fill_table();`
bool Changes::startsOnly(SymbolIndex Function, unsigned Depth) const {
  const auto *F = P.one<FunctionFact>(Function);
  bool Constructor = F && F->Kind == FunctionKind::Constructor && P.whole();
  // A function like `init_clock()` that others can call is there to be called
  // again; registrations are made by methods.
  bool Open = F && F->Kind == FunctionKind::Free && !F->InternalLinkage;
  if (!F || Depth == Deepest ||
      !((seen(*F) && !Open) || Constructor || F->Startup))
    return false;
  bool Called = F->Startup;
  for (const CallFact *Call : P.callsTo(Function)) {
    bool Calls = Call->Kind != CallKind::Mention &&
                 Call->Kind != CallKind::Declaration && !Call->Later;
    bool Initialises = Call->Where == Surroundings::StaticInitialiser ||
                       Call->Where == Surroundings::LocalStatic;
    if (!Calls || (!Initialises && !startsOnly(Call->Caller, Depth + 1)))
      return false;
    Called = true;
  }
  return Called;
}

/// Whether \p Write, by a destructor, takes back what constructors of its class
/// do before main only: an object that is made later has nothing there.
bool Changes::unregisters(const WriteFact &Write) const {
  const auto *F = P.one<FunctionFact>(Write.Function);
  if (!F || F->Kind != FunctionKind::Destructor)
    return false;
  bool Registers = false;
  for (const WriteFact &Other : P.of<WriteFact>(Write.Target)) {
    const auto *By = P.one<FunctionFact>(Other.Function);
    if (!By || By->Kind != FunctionKind::Constructor ||
        By->Record != F->Record || Other.Escape)
      continue;
    if (Other.Later || !startsOnly(Other.Function))
      return false;
    Registers = true;
  }
  return Registers;
}

bool Changes::constructs(const WriteFact &Write, SymbolIndex Record) const {
  if (Write.Construction)
    return true;
  const auto *F = P.one<FunctionFact>(Write.Function);
  return F && F->Kind != FunctionKind::Constructor &&
         F->Kind != FunctionKind::Destructor && !Write.Later &&
         constructs(Write.Function, Record, 0);
}

bool Changes::constructs(SymbolIndex Method, SymbolIndex Record,
                         unsigned Depth) const {
  const auto *F = P.one<FunctionFact>(Method);
  if (!F || F->Record != Record || Depth == Deepest)
    return false;
  if (F->Kind == FunctionKind::Constructor ||
      F->Kind == FunctionKind::Destructor)
    return true;
  if (!seen(*F) && (F->Virtual || F->ExternC || !P.whole()))
    return false;
  bool Called = false;
  for (const CallFact *Call : P.callsTo(Method)) {
    bool OnOwn = seen(*F) && Call->Kind == CallKind::Call && Call->OnThis &&
                 constructs(Call->Caller, Record, Depth + 1);
    if (!OnOwn && !isOnNew(*Call, Record))
      return false;
    Called = true;
  }
  return Called;
}

bool Changes::fillsNew(SymbolIndex Function, SymbolIndex Guard,
                       SymbolIndex Storage) const {
  return Guard == Storage && Guard != NoSymbol &&
         llvm::any_of(P.of<WriteFact>(Storage), [&](const WriteFact &Made) {
           return Made.Function == Function && Made.Replace && Made.Fresh &&
                  Made.Guard == Storage;
         });
}

bool Changes::isOnNew(const CallFact &Call, SymbolIndex Record) const {
  return Call.Kind == CallKind::Call && !Call.OnThis &&
         fillsNew(Call.Caller, Call.Guard, Call.Guard) &&
         llvm::any_of(
             P.of<StorageObjectFact>(Call.Guard),
             [&](const auto &Object) { return Object.Record == Record; });
}

const WriteFact *Changes::constWrite(SymbolIndex Record) const {
  auto It = ConstMethods.find(Record);
  if (It == ConstMethods.end())
    return nullptr;
  for (SymbolIndex Method : It->second)
    for (const WriteFact &Write : P.of<WriteFact>(Method))
      if (Write.Of == Part::This && holds(Write))
        return &Write;
  return nullptr;
}

bool Changes::hasOtherInstances(SymbolIndex Record,
                                const std::set<SymbolIndex> &Makers) const {
  if (Owned.count(Record))
    return true;
  for (const InstanceFact &Made : P.of<InstanceFact>(Record))
    if (!Makers.count(Made.Function))
      return true;
  return false;
}
