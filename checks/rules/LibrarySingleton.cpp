//===- LibrarySingleton.cpp - isolation-library-singleton -------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Flags an object that a library keeps for the whole process, or for each
// thread, with or without a function that gives access to it:
//
//     static absl::NoDestructor<Registry> registry;   // registry->add()
//     Q_GLOBAL_STATIC(Registry, registry)             // registry->add()
//     static folly::Singleton<Registry> theRegistry;
//     class Registry : public boost::serialization::singleton<Registry> {};
//     Loki::SingletonHolder<Registry>::Instance().add();
//
// Said once for each object, at what a person would change: the accessor, else
// the variable, the class that derives from the holder, a name for the holder,
// or the first use. Known are the holders of Abseil, ACE, Boost, Chromium,
// folly, JUCE, KDE, LLVM, Loki, Poco, Qt, QuantLib and WebKit
// (facts/LibraryHolders.def), and those that the option Holders adds; besides
// them what the macro of a system header declares, and a system header's
// template that is called something like Singleton and has a static method to
// get at its argument. A holder in the project's own tree counts as well, be it
// a copy in another namespace, and what it stores is not reported a second time
// by other rules.
//
// What a variable makes of its own arguments alone (absl::NoDestructor,
// folly::Indestructible, llvm::ManagedStatic, Poco::SingletonHolder, WebKit's
// NeverDestroyed), and an accessor of the project hands out, the fix replaces
// like a static of the object's type; other holders it leaves, and says so.
//
// Does not flag: holders that are no statics; objects without state, or that
// nothing changes (with --all only), be it because only const access is ever
// asked for; what a library does with its holders inside its own macros.
//
//===----------------------------------------------------------------------===//
#include "checks/rules/Rules.h"
#include <map>
#include <set>

using namespace unsingleton;

namespace {
class Selection {
public:
  explicit Selection(const RuleInput &Input) : P(Input.Linked) {
    for (const auto &M : P.all<LibraryMentionFact>())
      if (M.What == LibraryMention::Variable)
        Registering.insert(M.By);
    for (const Singleton &S : Input.Singletons)
      if (Span Place = expansion(S); Place.valid()) {
        const Singleton *&Leader = Leaders[Place];
        if (!Leader || (!isHolder(*Leader) && isHolder(S)))
          Leader = &S;
      }
  }

  /// Whether \p S is an object of a library, rather than a part of one that is
  /// reported elsewhere.
  bool reports(const Singleton &S) const {
    if (S.Storage->Library.empty() || Registering.count(S.Storage->Storage))
      return false;
    if (Span Place = expansion(S); Place.valid())
      return Leaders.at(Place) == &S;
    return isHolder(S);
  }

private:
  static bool isHolder(const Singleton &S) {
    return S.Storage->How == Holder::Library;
  }

  Span expansion(const Singleton &S) const {
    return expansionOf(P, *S.Storage);
  }

  const Program &P;
  /// Variables whose object belongs to their type.
  std::set<SymbolIndex> Registering;
  /// Of the variables that one expansion declares, the one that counts.
  std::map<Span, const Singleton *> Leaders;
};
} // namespace

/// The variables that register the object of \p S or hold it for the library.
static std::vector<SymbolIndex> registering(const Program &P,
                                            const Singleton &S) {
  std::vector<SymbolIndex> Result;
  for (const auto &M : P.of<LibraryMentionFact>(S.Storage->Storage))
    if (M.What == LibraryMention::Variable)
      Result.push_back(M.By);
  return Result;
}

/// A macro may declare a pointer `_k_static_x` and, called `x`, an object whose
/// operators hand it out: people know it as `x`.
static const StorageFact *face(const Program &P, const Singleton &S) {
  Span Expansion = expansionOf(P, *S.Storage);
  if (!Expansion.valid() || S.Accessors.empty())
    return nullptr;
  for (const StorageFact &Other : P.all<StorageFact>()) {
    if (&Other == S.Storage || expansionOf(P, Other) != Expansion)
      continue;
    for (const auto &Object : P.of<StorageObjectFact>(Other.Storage))
      for (SymbolIndex Accessor : S.Accessors)
        if (const auto *F = P.one<FunctionFact>(Accessor);
            F && F->Record != NoSymbol && F->Record == Object.Record &&
            F->Kind != FunctionKind::StaticMethod)
          return &Other;
  }
  return nullptr;
}

void unsingleton::runLibrarySingleton(const RuleInput &Input,
                                      llvm::StringRef Name,
                                      std::vector<Finding> &Out) {
  const Program &P = Input.Linked;
  Selection Selected(Input);
  for (const Singleton &Found : Input.Singletons) {
    if (!Selected.reports(Found))
      continue;
    Singleton S = Found;
    S.Shown = face(P, S);
    for (SymbolIndex Variable : registering(P, S)) {
      if (!S.Shown)
        S.Shown = P.one<StorageFact>(Variable);
      for (const AccessFact *Access : P.accessesTo(Variable))
        if (!Access->ByValue)
          S.Accessors.push_back(Access->Function);
    }
    llvm::sort(S.Accessors);
    S.Accessors.erase(llvm::unique(S.Accessors), S.Accessors.end());
    Out.push_back(describe(Input, S, Name));
  }
}
