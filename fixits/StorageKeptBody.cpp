//===- StorageKeptBody.cpp - Accessors whose bodies stay as they are -----===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// An accessor that fills, looks up or hands out parts of what it keeps is no
// creation protocol, and need not be: its body works on a reference of the
// storage's name to the request's own object. So does that of one which hands
// out a smart pointer that others set.
//
//     const std::string &peer_id() {         auto &id = id_slot.get_or_create(
//       if (id.empty())                           ctx, [] { return …; });
//         id = generate();                    if (id.empty())
//       return id;                              id = generate();
//     }                                       return id;
//
// The key keeps what the storage was, a smart pointer with its object; of a raw
// pointer, the object, for which the name stands as before. Whatever
// else says that something was done already, a flag or a call_once, would be
// true for the second request too: then it is refused.
//
//===----------------------------------------------------------------------===//
#include "fixits/CallReach.h"
#include "fixits/StorageRewrite.h"
#include "llvm/ADT/StringExtras.h"

using namespace unsingleton;

bool StorageRewrite::keepsBodies() const {
  return llvm::any_of(Accessors, [](const Accessor &A) { return A.KeepsBody; });
}

bool StorageRewrite::isArray() const {
  return llvm::StringRef(Storage.Type).ends_with("]");
}

bool StorageRewrite::isReplacedByName() const {
  return Storage.How == Holder::Value || Storage.How == Holder::Reference ||
         (keepsBodies() && Storage.How != Holder::RawPointer);
}

bool StorageRewrite::isInitialiser(const CreationFact &Creation) const {
  return Defined
             ? Defined->Init.valid() && Defined->Whole.contains(Creation.Whole)
             : Creation.Function == NoSymbol;
}

/// Whether \p Function, or what it calls, changes \p Storage.
static bool writes(const Program &P, SymbolIndex Function,
                   SymbolIndex Storage) {
  return reaches(P, {Function}, Dispatch::Named, [&](SymbolIndex At) {
    return llvm::any_of(P.of<WriteFact>(Storage), [&](const WriteFact &Write) {
      return Write.Function == At;
    });
  });
}

/// Whether \p Function remembers elsewhere what it has done: then it would not
/// do that for the second request.
static bool remembersElsewhere(const Program &P, SymbolIndex Function,
                               SymbolIndex Storage) {
  for (const LambdaFact &Lambda : P.of<LambdaFact>(Function))
    if (Lambda.Once)
      return true;
  for (const WriteFact &Write : P.of<WriteFact>(Storage))
    if (Write.Function == Function && Write.Guard != NoSymbol &&
        Write.Guard != Storage)
      return true;
  return llvm::any_of(P.usesIn(Function), [&](const StorageUseFact *Use) {
    const auto *Other = P.one<StorageFact>(Use->Storage);
    if (Use->Storage == Storage || !Other || Other->ObjectConst)
      return false;
    // A mutex only keeps others out; a flag for call_once does not.
    if (Other->Synchronisation)
      return llvm::StringRef(Other->Type).contains("once");
    return Use->Decides && writes(P, Function, Use->Storage);
  });
}

/// Whether \p Function, or what it calls, fills a pointer that is empty.
static bool fills(const Program &P, SymbolIndex Function, SymbolIndex Storage) {
  return reaches(P, {Function}, Dispatch::Named, [&](SymbolIndex At) {
    return llvm::any_of(P.of<WriteFact>(Storage), [&](const WriteFact &Write) {
      return Write.Replace && Write.Function == At;
    });
  });
}

/// Whether \p Function has a pointer point elsewhere.
static bool repoints(const Program &P, SymbolIndex Function,
                     SymbolIndex Storage) {
  return llvm::any_of(P.of<WriteFact>(Storage), [&](const WriteFact &Write) {
    return Write.Function == Function && Write.Replace && !Write.Beyond;
  });
}

bool StorageRewrite::canKeepBody(const Accessor &A) const {
  bool Copies =
      Storage.How == Holder::Value || Storage.How == Holder::Optional ||
      Storage.How == Holder::UniquePtr || Storage.How == Holder::SharedPtr ||
      Storage.How == Holder::SmartPtr ||
      (Storage.How == Holder::RawPointer && isInstalled() &&
       !repoints(P, A.Function, F.Storage));
  // Only our keys know arrays, and none is made of another.
  bool Plain = llvm::StringRef(Scope.Class).starts_with("isolation::") &&
               Defined && (!Defined->Init.valid() || Defined->Empty);
  bool Local = Storage.Kind == StorageKind::FunctionLocal;
  if (!Copies || (isArray() && !Plain) ||
      (Local && Storage.Function != A.Function) || !How.hasSlot() ||
      P.of<BodyFact>(A.Function).size() != 1 ||
      remembersElsewhere(P, A.Function, F.Storage))
    return false;
  // What others set once for all requests, each would find empty.
  bool Made = Storage.How == Holder::Value || isInstalled() ||
              !P.of<CreationFact>(F.Storage).empty() ||
              fills(P, A.Function, F.Storage);
  if (!Made)
    return false;
  for (const StorageUseFact &Use : P.of<StorageUseFact>(F.Storage)) {
    if (Use.Function != A.Function)
      continue;
    bool Named = Use.State == Editability::Editable || !Use.Qualified;
    if (!Named || Use.Where != Surroundings::Body || endsInstalled(Use))
      return false;
    // It names a static without capturing it.
    for (const LambdaFact &Lambda : P.of<LambdaFact>(A.Function))
      if (Lambda.Whole.contains(Use.Place))
        return false;
  }
  return true;
}

/// Whether \p Type, of an array or a container, says that it keeps pointers to
/// objects of \p Class.
static bool keepsPointersTo(llvm::StringRef Type, llvm::StringRef Class) {
  size_t Colon = Class.rfind(':');
  std::string Pointer =
      Class.substr(Colon == llvm::StringRef::npos ? 0 : Colon + 1).str() + " *";
  size_t At = Type.find(Pointer);
  return At != llvm::StringRef::npos &&
         (!At || (!llvm::isAlnum(Type[At - 1]) && Type[At - 1] != '_'));
}

/// Whether \p Function, or what it calls, makes objects that \p Storage, an
/// array or a container, keeps by plain pointers.
static bool makesUnowned(const Program &P, SymbolIndex Function,
                         const StorageFact &Storage) {
  llvm::StringRef Type = Storage.Type;
  bool Elements = Storage.How == Holder::Value &&
                  (Type.ends_with("]") || Type.ends_with(">"));
  return Elements &&
         reaches(P, {Function}, Dispatch::Named, [&](SymbolIndex At) {
           return llvm::any_of(P.all<InstanceFact>(), [&](const auto &Made) {
             return Made.Function == At &&
                    keepsPointersTo(Type, P.name(Made.Record));
           });
         });
}

void StorageRewrite::keepBody(Accessor A, Span Place) {
  if (makesUnowned(P, A.Function, Storage))
    return refuse(RefusalCode::UnownedElements, Place);
  A.KeepsBody = canKeepBody(A);
  if (!A.KeepsBody)
    return refuse(RefusalCode::ComplexAccessor, Place);
  Accessors.push_back(std::move(A));
}

void StorageRewrite::keepAllBodies() {
  if (Storage.How == Holder::Value)
    return; // what a factory returns is what the others work on
  Handle = Storage.How != Holder::RawPointer;
  for (Accessor &A : Accessors) {
    A.InPlace = false;
    if (!A.KeepsBody && !canKeepBody(A))
      return refuse(RefusalCode::ComplexAccessor, P.place(A.Function));
    A.KeepsBody = true;
  }
}

void StorageRewrite::keepHandles() {
  // What a key keeps is no null, which a handle may be given.
  bool Given = llvm::any_of(
      P.of<StorageUseFact>(F.Storage), [&](const StorageUseFact &Use) {
        return Use.Form != UseForm::Test && Use.Form != UseForm::Clear &&
               !llvm::is_contained(F.Accessors, Use.Function) && !isGone(Use);
      });
  if (Given && Handle && !isInstalled() && Refusals.empty() &&
      llvm::all_of(Accessors,
                   [&](const Accessor &A) { return canKeepBody(A); }))
    for (Accessor &A : Accessors)
      A.KeepsBody = true;
}

void StorageRewrite::editKeptBody(const Accessor &A, CreationContext Context,
                                  Output &Out) const {
  bool Pointer = Storage.How == Holder::RawPointer;
  Pieces Reference{
      Piece::text((Pointer ? "auto *" : "auto &") + Storage.Name + " = ")};
  if (Pointer)
    Reference.push_back(Piece::text("&"));
  Pieces Key = keyCall(Context, keyIn(A.Function));
  Reference.insert(Reference.end(), Key.begin(), Key.end());
  Reference.push_back(Piece::text(";"));
  if (Storage.Kind == StorageKind::FunctionLocal) {
    Pieces Text = slotDeclaration();
    Text.push_back(Piece::lineBreak());
    Text.insert(Text.end(), Reference.begin(), Reference.end());
    Out.Edits.push_back({Home->Whole, std::move(Text), false, {}});
    Out.Includes[Home->Name.File].insert(Scope.Header);
  } else {
    Span Begin = P.of<BodyFact>(A.Function).front().Body;
    ++Begin.Offset;
    Begin.Length = 0;
    Pieces Text{Piece::bodyBreak()};
    Text.insert(Text.end(), Reference.begin(), Reference.end());
    Out.Edits.push_back({Begin, std::move(Text), false, {}});
  }
  for (const StorageUseFact &Use : P.of<StorageUseFact>(F.Storage))
    if (Use.Function == A.Function && Use.Qualified)
      Out.Edits.push_back({Use.Name, {Piece::text(Storage.Name)}, false, {}});
}
