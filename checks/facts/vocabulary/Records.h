//===- Records.h - Classes and their members --------------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Classes of user code, their bases and fields.
// See Facts.h for what holds of all of them.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_FACTS_VOCABULARY_RECORDS_H
#define UNSINGLETON_CHECKS_FACTS_VOCABULARY_RECORDS_H

#include "checks/facts/vocabulary/Fact.h"

namespace unsingleton {

/// A class defined in user code.
struct RecordFact {
  SymbolIndex Record = NoSymbol;
  std::string QualifiedName;
  bool Template = false;
  bool ProcessWide = false;
  bool Abstract = false;
  auto operator<=>(const RecordFact &) const = default;
  UNSINGLETON_REFERENCES(Record)
};

/// A non-static data member, or a base class (then `Name` is empty).
/// How a member leads to objects of a user class that it does not hold itself.
enum class Lead : uint8_t {
  None,
  Pointer,        ///< a raw pointer
  Element,        ///< a container that holds them, or smart pointers to them
  ElementPointer, ///< a container of raw pointers
};

struct FieldFact {
  SymbolIndex Record = NoSymbol;
  SymbolIndex Field = NoSymbol;
  SymbolIndex Owned = NoSymbol; ///< user class it holds by value or owns
  SymbolIndex Led = NoSymbol;   ///< user class that it leads to: see Leads
  std::string Name;
  std::string Type;
  std::string Resource; ///< what a process has once (thread, socket …), or ""
  bool Base = false;
  bool Const = false;
  bool MutableKeyword = false;
  bool Synchronisation = false;
  bool State = true;   ///< false for a base or member of user class: see Owned
  bool Stream = false; ///< leads to a stream of the library that it is given
  Lead Leads = Lead::None;
  Span Place;
  auto operator<=>(const FieldFact &) const = default;
  UNSINGLETON_REFERENCES(Record, Field, Owned, Led, Place)
};

} // namespace unsingleton

#endif
