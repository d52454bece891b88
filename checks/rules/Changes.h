//===- Changes.h - What functions do to their objects -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A WriteFact may hold only if a callee changes its object or parameter. This
// answers whether it does: the least fixed point over the program's bodies. A
// function of user code whose body no unit holds counts as changing what it is
// given in a way that lets it, since it can.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_RULES_CHANGES_H
#define UNSINGLETON_CHECKS_RULES_CHANGES_H

#include "checks/program/Program.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/StringSet.h"
#include <set>

namespace unsingleton {

/// Computed once a Program, for all rules. Immutable; refers to the Program,
/// which must outlive it.
class Changes {
public:
  explicit Changes(const Program &P);

  /// Whether the write takes place, given what its callees do.
  bool holds(const WriteFact &Write) const;
  /// Whether \p Write, which holds, hands the state out rather than changing
  /// it: itself, or because all that its callee does is to hand it out.
  bool escapes(const WriteFact &Write) const;
  /// Whether what \p Function returns may be part of its object or arguments.
  bool returnsInside(SymbolIndex Function) const;
  /// Whether \p Write happens once a process, when the state is first needed.
  bool once(const WriteFact &Write) const;
  /// Whether \p Function makes the object of \p Storage where it saw that there
  /// is none, and \p Guard says that what it does with it stands there too:
  ///
  ///     if (!parser_) {
  ///       parser_ = std::make_shared<Parser>();
  ///       parser_->set_handlers(all());
  ///     }
  ///
  bool fillsNew(SymbolIndex Function, SymbolIndex Guard,
                SymbolIndex Storage) const;
  /// Whether \p Write does away with what its variable points to, and points it
  /// to nothing: `delete p`, `p = nullptr`, `p.reset()`.
  bool clears(const WriteFact &Write) const;
  /// Whether \p Write happens only while an object of \p Record is made or
  /// goes: in a constructor, a private method that those alone call for their
  /// own object, or one that is called on new objects alone (fillsNew).
  bool constructs(const WriteFact &Write, SymbolIndex Record) const;
  /// Whether objects of \p Record exist besides those of its storages, made
  /// elsewhere than in \p Makers.
  bool hasOtherInstances(SymbolIndex Record,
                         const std::set<SymbolIndex> &Makers) const;

  /// A write by which a const method of \p Record changes its object all the
  /// same: a mutable member, what a pointer of it leads to; or null.
  const WriteFact *constWrite(SymbolIndex Record) const;

private:
  using Node = std::pair<SymbolIndex, uint8_t>;
  static Node node(SymbolIndex Function, Part Of) {
    return {Function, static_cast<uint8_t>(Of)};
  }
  using Nodes = llvm::DenseSet<Node>;
  void solve();
  /// Adds to \p Parts those that calls of them lead to; of writes that hand
  /// their state out only if \p Escapes.
  void spread(Nodes &Parts, bool Escapes);
  void assumeUnseen(SymbolIndex Function, Part Of);
  bool settled(const WriteFact &Write, const Nodes &Parts) const;
  bool startsOnly(SymbolIndex Function, unsigned Depth = 0) const;
  bool unregisters(const WriteFact &Write) const;
  bool constructs(SymbolIndex Method, SymbolIndex Record, unsigned Depth) const;
  bool seen(const FunctionFact &F) const;
  bool isOnNew(const CallFact &Call, SymbolIndex Record) const;
  SymbolIndex guardOfCalls(SymbolIndex Function, unsigned Depth) const;
  SymbolIndex guardOf(const WriteFact &Write) const;
  bool membersTell(SymbolIndex Storage) const;
  bool isOnlyRead(const WriteFact &Write) const;
  bool setsFor(SymbolIndex Setter, SymbolIndex Function, unsigned Depth) const;

  void findUnseenCalls();

  const Program &P;
  /// The program has a main and all of it parses: whoever calls what it does
  /// not export is in it.
  bool Complete = false;
  /// What calls in templates may lead to: functions, and names of methods.
  llvm::DenseSet<SymbolIndex> Candidates;
  llvm::StringSet<> DependentNames;
  Nodes Known;   ///< the parts that change, or are handed out or back
  Nodes Changed; ///< those of them that change, for all that is seen
  llvm::DenseMap<SymbolIndex, std::vector<SymbolIndex>> ConstMethods;
  llvm::DenseSet<SymbolIndex> Owned; ///< classes that are members of others
};

} // namespace unsingleton

#endif
