//===- StorageRewrite.h - From a storage to a slot key -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What happens to one singleton's storage and to the functions that touch it:
// the storage becomes a key, accessors become factories, helpers of the
// creation protocol go away, and other uses go through the key.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_FIXITS_STORAGEREWRITE_H
#define UNSINGLETON_FIXITS_STORAGEREWRITE_H

#include "checks/rules/Finding.h"
#include "fixits/Edit.h"
#include "fixits/Policy.h"
#include "fixits/Refusal.h"
#include "fixits/SlotScope.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include <deque>
#include <map>
#include <optional>

namespace unsingleton {

class StorageRewrite {
public:
  /// \p P and \p F must outlive it.
  StorageRewrite(const Program &P, const Finding &F, const Policy &How);

  /// Why it cannot be done; empty: it can.
  const std::vector<Refusal> &refusals() const { return Refusals; }
  /// New names of the accessors.
  const std::map<SymbolIndex, std::string> &renames() const { return Renames; }
  /// Leaves the accessors their names and parameters, for the reasons \p Why:
  /// they ask the thread for the context.
  void askThread(std::vector<Refusal> Why);
  /// Why they do; empty: they are given it.
  const std::vector<Refusal> &asking() const { return Asking; }
  /// Uses outside the accessors' protocol; each needs a context.
  const std::vector<const StorageUseFact *> &outside() const { return Outside; }
  /// The expression that makes the object.
  const CreationFact *creation() const { return Creation; }
  /// Where it stands in a function from which it moves to the factory.
  std::optional<Span> movedCreation() const {
    return Installed ? std::optional(Installed->Whole) : std::nullopt;
  }

  struct Output {
    std::vector<Edit> Edits;
    std::map<FileIndex, std::set<std::string>> Includes;
  };
  /// What the expression that makes the object does with the context.
  struct CreationContext {
    bool Used = false;          ///< something in it takes the context
    bool ByConstructor = false; ///< the object's own constructor does
  };
  /// \p ContextAt: the context's expression at an outside use.
  Output
  edits(llvm::function_ref<std::string(const StorageUseFact &)> ContextAt,
        CreationContext Context) const;

private:
  struct Accessor {
    SymbolIndex Function = NoSymbol;
    std::vector<const StatementFact *> Statements;
    const AccessFact *Access = nullptr;
    size_t First = 0;  ///< of the protocol
    size_t Return = 0; ///< index of the return statement
    bool Pure = true;  ///< nothing but protocol from First to Return
    /// Its lock guards other statements too, and so stays.
    bool KeepsLock = false;
    /// All its statements stay, see StorageInPlace.cpp.
    bool InPlace = false;
    /// So does every word of them, see StorageKeptBody.cpp.
    bool KeepsBody = false;

    bool protocol(size_t I) const {
      return Statements[I]->Kind != StatementKind::Other &&
             !(KeepsLock && Statements[I]->Kind == StatementKind::Lock);
    }
  };

  /// A template's own accessor holds it: one key for each instantiation.
  bool ofTemplateItself() const;
  /// The types whose objects the template keeps, for a reader.
  std::string servedTypes() const;
  void refuse(RefusalCode Code, Span Where, std::string Detail = "");
  void findSites();
  /// A header declares it and a source file defines it.
  bool isDeclaredInHeader() const;
  /// See StorageInstalled.cpp.
  void findInstallation();
  /// Whether the object is made by a statement of a function that others call
  /// first, and which goes away.
  bool isInstalled() const { return Installed != nullptr; }
  /// Takes away what ends the object where nobody has a context.
  void dropReleases();
  bool clearsItself(const StorageUseFact &Use) const;
  bool isGone(const StorageUseFact &Use) const;
  /// Whether \p Use empties what was made by a statement that is gone: then it
  /// is the key that is emptied, and the object made again when it is needed.
  bool endsInstalled(const StorageUseFact &Use) const;
  void findCreation();
  /// Says why nothing was found that could make the object.
  void refuseCreation();
  void readAccessor(SymbolIndex Function);
  /// Whether the function that \p Checked calls does nothing but make the
  /// object; it then goes away with the call.
  bool takeMakers(const StatementFact &Checked);
  bool takeMaker(SymbolIndex Maker, const StatementFact &Checked);
  /// The functions that \p Statement calls, or names to be called once.
  std::vector<SymbolIndex> calledIn(const StatementFact &Statement) const;
  /// Whether what \p Statement, which stays, calls comes back to the storage.
  bool comesBack(const StatementFact &Statement) const;
  /// Whether the statements of \p A are those of a creation protocol, and
  /// others which leave the storage alone.
  bool isProtocol(const Accessor &A) const;
  bool canStayInPlace(const Accessor &A) const;
  const CreationFact *onlyCreation(SymbolIndex Function) const;
  bool guardsItself(SymbolIndex Function) const;
  bool isMade(const StorageUseFact &Use) const;
  const AccessFact *returnOf(const Accessor &A, Span Place) const;
  /// Whether the storage is declared with it.
  bool isInitialiser(const CreationFact &Creation) const;
  bool canKeepBody(const Accessor &A) const;
  /// Takes an accessor whose body can stay; else refuses it.
  void keepBody(Accessor A, Span Place);
  /// What one accessor keeps in the key, all of them must find there.
  void keepAllBodies();
  /// Keeps the bodies of accessors whose handle others give another object.
  void keepHandles();
  bool keepsBodies() const;
  bool isArray() const;
  /// Whether a use is replaced where the storage is named, whatever is done
  /// with it there.
  bool isReplacedByName() const;
  void findUses();
  /// The use that gives the raw pointer another object after its own, which
  /// \p Delete ends: `delete p; p = q;`; or null.
  const StorageUseFact *takenOverAfter(const StorageUseFact &Delete) const;
  /// Whether \p Use is one, so that the object is the key's to end.
  bool takesOver(const StorageUseFact &Use) const;
  /// Whether the function of \p Test, a null test, ends the object.
  bool isReleasedBy(const StorageUseFact &Test) const;
  /// Whether a use of a helper goes away with the protocol around it.
  bool goesAway(const StorageUseFact &Use) const;
  void findHelpers();
  void nameThings();
  /// The context's expression in the accessors.
  std::string ownContext() const;

  /// Lets the key destroy an object whose destructor is private.
  void befriend(Output &Out) const;
  Pieces slotType() const;
  Pieces creationPieces(bool TakesContext) const;
  Pieces factoryCall(const Accessor &A, CreationContext Context) const;
  /// The expression that makes the object or finds it made; \p Key names the
  /// key, and the context is called \p At there; empty: as in a factory.
  Pieces keyCall(CreationContext Context, Pieces Key,
                 llvm::StringRef At = {}) const;
  /// The comments in \p Statement, which goes away, but those that the object's
  /// initialiser takes along.
  Pieces commentsIn(const StatementFact &Statement) const;
  /// What makes the object, to be called at most once a request.
  Pieces creationLambda(CreationContext Context) const;
  Pieces slotDeclaration() const;
  /// It hands out what another function makes, if that is there.
  bool peeks(const Accessor &A) const;
  void editAccessor(const Accessor &A, CreationContext Context,
                    Output &Out) const;
  void editInPlace(const Accessor &A, CreationContext Context,
                   Output &Out) const;
  void editKeptBody(const Accessor &A, CreationContext Context,
                    Output &Out) const;
  void editUse(const StorageUseFact &Use, llvm::StringRef Context,
               CreationContext Creating, Output &Out) const;
  /// What stands for \p Use where another object is put in the place of the
  /// old one; \p Key names the key.
  Pieces replacement(const StorageUseFact &Use, Pieces Key,
                     llvm::StringRef Context) const;
  /// What stands for \p Use where the object is made when it is asked for.
  Pieces installedAt(const StorageUseFact &Use, llvm::StringRef Context,
                     CreationContext Creating) const;
  /// What \p Use has before the storage's name: `ns::`.
  Pieces qualifierOf(const StorageUseFact &Use) const;
  /// The key, named as the storage is in \p Use.
  Pieces keyAt(const StorageUseFact &Use) const;
  /// The same for all uses in \p Function.
  Pieces keyIn(SymbolIndex Function) const;
  /// The object, or the holder that a kept body asks, at an outside use.
  Pieces objectAt(const StorageUseFact &Use, llvm::StringRef Context,
                  CreationContext Creating) const;

  const Program &P;
  const Finding &F;
  const Policy &How;
  const StorageFact &Storage;
  std::vector<Refusal> Refusals;
  std::vector<Accessor> Accessors;
  std::map<SymbolIndex, std::string> Renames;
  std::vector<const StorageUseFact *> Outside;
  std::vector<SymbolIndex> Helpers;      ///< that go away
  const StorageSiteFact *Home = nullptr; ///< becomes the key's declaration
  const StorageSiteFact *Defined =
      nullptr; ///< has the initialiser, if any does
  std::vector<const StorageSiteFact *> Removed;
  const CreationFact *Creation = nullptr;
  std::deque<StatementFact> Decided; ///< statements that were CheckedCalls
  std::optional<SymbolIndex> Maker;  ///< what a CheckedCall calls; goes away
  CreationFact MadeByMaker;
  CreationFact MadeByHolder; ///< of what a library's holder is given
  const InstallationFact *Installed = nullptr; ///< its statement goes away
  CreationFact MadeByInstalling;
  std::vector<Span> Gone; ///< statements around uses that go away with them
  SlotScope Scope;
  std::string Slot;
  bool Handle = false;         ///< accessors hand out the smart pointer itself
  std::vector<Refusal> Asking; ///< see askThread()
};

} // namespace unsingleton

#endif
