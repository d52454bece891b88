//===- StoredContext.h - Classes that keep their context -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A class whose objects are all made where there is a context keeps it, rather
// than having it threaded through each of its methods:
//
//     class Reply {                      class Reply {
//     public:                            public:
//       Reply(int n) : n_(n) {}            Reply(const UserExecutionContext &c,
//                                                int n)
//                                              : user_context_(c), n_(n) {}
//       void send();                       void send();
//                                          UserExecutionContext user_context_;
//       int n_;                            int n_;
//     };                                 };
//
// Where an object is made without being named, or may be made where nothing is
// known of a context, the class keeps none. Whether it does depends on nothing
// but the program as it was, so that singletons migrated one by one find the
// same classes as all at once: the class of a migrated singleton, which has a
// context only once it is migrated, keeps it only where it must, for the sake
// of a destructor, an operator or a library's virtual method.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_FIXITS_STOREDCONTEXT_H
#define UNSINGLETON_FIXITS_STOREDCONTEXT_H

#include "fixits/ContextScope.h"
#include "fixits/Frontier.h"
#include <map>

namespace unsingleton {

class StoredContexts {
public:
  /// All outlive it. \p NoParameter: functions that can be given none.
  StoredContexts(const Program &P, const Policy &How,
                 const MigratedSet &Migrated,
                 const std::map<SymbolIndex, Refusal> &NoParameter)
      : P(P), How(How), Migrated(Migrated), NoParameter(NoParameter) {}

  /// The name of the member in which the object of \p Method will have its
  /// context; empty: it keeps none.
  std::string memberFor(SymbolIndex Method);
  /// The same for what runs with an object's constructor or destructor: it also
  /// has one where each constructor is given a context for its own sake.
  std::string memberOf(SymbolIndex Record);
  /// The constructors that have to take the context for it.
  std::vector<SymbolIndex> constructors(SymbolIndex Record) const;

private:
  enum class Keeps : uint8_t { No, IfNeeded, Yes };

  Keeps known(SymbolIndex Record);
  Keeps judge(SymbolIndex Record) const;
  /// Whether its text allows a member, and each constructor a parameter.
  bool canKeep(SymbolIndex Record) const;
  /// Whether each constructor needs a context itself.
  bool getsOne(SymbolIndex Record) const;
  /// Whether there is a context where \p Call makes an object of \p Record.
  Keeps madeWithContext(const CallFact &Call, SymbolIndex Record) const;
  std::string memberName(SymbolIndex Record) const;

  const Program &P;
  const Policy &How;
  const MigratedSet &Migrated;
  const std::map<SymbolIndex, Refusal> &NoParameter;
  std::map<SymbolIndex, Keeps> Known;
};

} // namespace unsingleton

#endif
