//===- ObjectClasses.h - The classes that make up an object -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What the object of a singleton consists of, as far as the program's classes
// go. Pure functions of the Program.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_RULES_OBJECTCLASSES_H
#define UNSINGLETON_CHECKS_RULES_OBJECTCLASSES_H

#include "checks/rules/Singleton.h"
#include <set>

namespace unsingleton {

/// The object's own class: the declared one and those it is created as.
std::set<SymbolIndex> ownClasses(const Program &P, const Singleton &S);

/// \p Own, the classes that an object so declared may have, and everything that
/// those own.
std::set<SymbolIndex> classesOf(const Program &P, const Singleton &S,
                                const std::set<SymbolIndex> &Own);

/// The member, of one of \p Classes or of what those lead to and make, that is
/// something a process has once; null: there is none. Of what a container
/// keeps, only threads count: many a registry keeps its users' connections.
const FieldFact *resourceIn(const Program &P,
                            const std::set<SymbolIndex> &Classes);

/// What the object's own declaration, or that of a member of one of \p Classes,
/// calls \p Class.
std::string nameOf(const Program &P, const Singleton &S,
                   const std::set<SymbolIndex> &Classes, SymbolIndex Class);

} // namespace unsingleton

#endif
