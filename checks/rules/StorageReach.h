//===- StorageReach.h - By what ways a storage's object is reached -*- C++
//-*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What can be said of a singleton from its storage and accessors alone, before
// anybody asks what the program does to the classes of its object:
//
//     static const std::vector<P> none;                    nothing is in it
//     static std::unique_ptr<T> p;                         only readable, if
//     const T *get() { if (!p) p = make(); return p.get(); }   nobody writes p
//     if (!p) p = new T;                                   makes it: no change
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_RULES_STORAGEREACH_H
#define UNSINGLETON_CHECKS_RULES_STORAGEREACH_H

#include "checks/rules/Changes.h"
#include "checks/rules/Singleton.h"

namespace unsingleton {

/// Refers to all it is given, which must outlive it. Immutable.
class StorageReach {
public:
  StorageReach(const Program &P, const Changes &All, const Singleton &S);

  bool isAccessor(SymbolIndex Function) const;
  /// Whether the variable itself is the object.
  bool isHeldByValue() const;
  /// Whether no object ever lies there.
  bool isVacant() const;
  /// Nobody but the accessors names the storage, and they hand it out as const.
  bool onlyReadable() const;
  /// What an accessor does to make and hand out its object is no change.
  bool belongsToProtocol(const WriteFact &Write) const;

private:
  bool inProtocol(const StorageUseFact &Use) const;
  bool isMentioned(LibraryMention What) const;
  bool isOnlyWay() const;
  bool isSeenWhole() const;

  const Program &P;
  const Changes &All;
  const Singleton &S;
  bool Carried; ///< a number keeps a pointer to the object
};

} // namespace unsingleton

#endif
