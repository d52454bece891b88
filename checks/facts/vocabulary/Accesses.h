//===- Accesses.h - How bodies reach, create and change a storage *- C++
//-*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Accesses, statements of a creation protocol, uses and writes. Only the unit
// that reads a body says these.
// See Facts.h for what holds of all of them.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_FACTS_VOCABULARY_ACCESSES_H
#define UNSINGLETON_CHECKS_FACTS_VOCABULARY_ACCESSES_H

#include "checks/facts/vocabulary/Calls.h"

namespace unsingleton {

/// What an expression built on a storage denotes.
enum class Yield : uint8_t { Object, Pointer, Handle };

/// A return statement of `Function` that hands out access to `Storage`.
struct AccessFact {
  SymbolIndex Function = NoSymbol;
  SymbolIndex Storage = NoSymbol;
  Yield What = Yield::Object;
  bool ByValue = false;     ///< returns a copy of the object: no access
  bool ConstObject = false; ///< what is handed out is const
  bool Interior = false; ///< a part of the object, an element, a handle on it
  bool Keyed = false;    ///< an element, chosen by an argument
  bool OutParameter = false; ///< through an argument; Statement assigns it
  /// Where the function's own object has nothing to hand out: `null_value` in
  /// `return i < size() ? elements_[i] : null_value;`.
  bool Fallback = false;
  /// Only if what this method returns is part of the object.
  SymbolIndex Provided = NoSymbol;
  /// What the element is chosen by where that tells users apart: the context,
  /// a session, the thread; or empty.
  std::string Selector;
  Span Statement;
  Span Value;
  auto operator<=>(const AccessFact &) const = default;
  UNSINGLETON_REFERENCES(Function, Storage, Provided, Statement, Value)
};

enum class StatementKind : uint8_t {
  StorageDeclaration,
  NullCheck, ///< `if (!p) …` with nothing but protocol inside
  /// `if (!p) make();`, `call_once(flag, make)`: protocol if `make`, which is
  /// its helper, is a maker.
  CheckedCall,
  Lock,
  Once, ///< call_once of a lambda with nothing but protocol
  Creation,
  LocalCopy,   ///< `T *t = p.load();`
  EarlyReturn, ///< `if (p) return *p;`
  Return,
  Other,
};

/// Whether it is that for sure; a CheckedCall is not.
inline bool isProtocol(StatementKind Kind) {
  return Kind != StatementKind::Other && Kind != StatementKind::CheckedCall;
}

/// A statement at the top level of an accessor's body, in order.
struct StatementFact {
  SymbolIndex Function = NoSymbol;
  SymbolIndex Storage = NoSymbol;
  uint32_t Order = 0;
  StatementKind Kind = StatementKind::Other;
  bool DoubleChecked = false; ///< a NullCheck with a lock and a check inside
  Span Whole;
  auto operator<=>(const StatementFact &) const = default;
  UNSINGLETON_REFERENCES(Function, Storage, Whole)
};

/// A mutex, a flag or a function that the protocol of an accessor uses.
struct ProtocolUseFact {
  SymbolIndex Function = NoSymbol;
  SymbolIndex Storage = NoSymbol;
  SymbolIndex Helper = NoSymbol;
  Span Place;
  auto operator<=>(const ProtocolUseFact &) const = default;
  UNSINGLETON_REFERENCES(Function, Storage, Helper, Place)
};

enum class CreationForm : uint8_t {
  New,    ///< `new T(a)`, also inside a smart pointer's constructor
  Make,   ///< `make_unique<T>(a)`, `make_shared<T>(a)`
  Value,  ///< the storage's own initialiser, or `emplace(a)`
  Holder, ///< another expression of smart pointer type
  Opaque, ///< another expression of raw pointer type
};

/// An expression that makes the object of a storage.
struct CreationFact {
  SymbolIndex Storage = NoSymbol;
  SymbolIndex Function = NoSymbol; ///< NoSymbol: at namespace scope
  Span Whole;
  Span Type;      ///< of New: the type as spelled
  Span Arguments; ///< of New and Value: with parentheses or braces, if any
  CreationForm Form = CreationForm::Opaque;
  bool UsesLocals = false;
  bool Stream = false;  ///< it is, or is given, a stream of the process
  bool Derived = false; ///< of Make: what is made is of a derived class
  auto operator<=>(const CreationFact &) const = default;
  UNSINGLETON_REFERENCES(Storage, Function, Whole, Type, Arguments)
};

/// `Maker`, without parameters or result, does nothing but make the object of a
/// storage: what `call_once` or `pthread_once` may be given. The other members
/// are a CreationFact's.
struct MakerFact {
  SymbolIndex Maker = NoSymbol;
  SymbolIndex Storage = NoSymbol;
  Span Whole;
  Span Type;
  Span Arguments;
  CreationForm Form = CreationForm::Opaque;
  auto operator<=>(const MakerFact &) const = default;
  UNSINGLETON_REFERENCES(Maker, Storage, Whole, Type, Arguments)
};

enum class UseForm : uint8_t {
  Object,  ///< the object itself: `g`, `*p`
  Arrow,   ///< `p->`; Place covers both tokens
  Test,    ///< a null test
  Clear,   ///< `p.reset()`, `p = nullptr`
  Delete,  ///< `delete p`; Value is the statement with its semicolon
  Replace, ///< `p = q`, `p.reset(q)`; Value is `q`
  /// A macro's expansion that does nothing but delete and clear it:
  /// `SAFE_DELETE(p)`, all of which Place covers.
  Release,
  Other,
};

/// A mention of a storage outside declarations.
struct StorageUseFact {
  SymbolIndex Storage = NoSymbol;
  SymbolIndex Function = NoSymbol;
  Span Place; ///< the expression to replace
  Span Value;
  Span Name; ///< the storage as it is named: `g`, `ns::g`
  /// Of Clear, Delete, Replace, Release: the statement with its semicolon, and
  /// the test around it, for null or `this`, if either has nothing else and a
  /// body goes on without it; and before `p = q;` of a raw pointer, `delete
  /// p;`.
  Span Statement;
  UseForm Form = UseForm::Other;
  Surroundings Where = Surroundings::Body;
  Editability State = Editability::Editable;
  bool Qualified = false; ///< Name is more than the identifier
  /// What is done next may depend on it: it is in a condition, or in what a
  /// local variable is given.
  bool Decides = false;
  auto operator<=>(const StorageUseFact &) const = default;
  UNSINGLETON_REFERENCES(Storage, Function, Place, Value, Name, Statement)
};

/// A statement that gives a storage a new object, in whatever function:
/// `g = new T(a);`, `p.reset(new T)`. The other members are a CreationFact's.
struct InstallationFact {
  SymbolIndex Storage = NoSymbol;
  SymbolIndex Function = NoSymbol;
  Span Statement; ///< as a StorageUseFact's
  Span Whole;
  Span Type;
  Span Arguments;
  CreationForm Form = CreationForm::Opaque;
  bool UsesLocals = false;
  Editability State = Editability::Editable;
  auto operator<=>(const InstallationFact &) const = default;
  UNSINGLETON_REFERENCES(Storage, Function, Statement, Whole, Type, Arguments)
};

/// What of an entity a WriteFact is about. A function stands for several
/// things; a field or a storage is always Whole. From Parameter on: the
/// parameter of that number, counted from zero.
enum class Part : uint8_t {
  Whole,  ///< the storage, the field, what the function returns
  This,   ///< the object that the method is called on
  Inside, ///< what is returned is part of the object or of an argument
  Parameter,
};
inline Part parameterPart(unsigned Index) {
  constexpr unsigned Last = 0xff - static_cast<unsigned>(Part::Parameter);
  return static_cast<Part>(static_cast<unsigned>(Part::Parameter) +
                           (Index < Last ? Index : Last));
}

/// A place where the state behind `Target` changes, or is handed to code that
/// may change it. What a call does is for its callee's body to say: the fact
/// then names the part of the callee that it holds for.
struct WriteFact {
  SymbolIndex Target = NoSymbol;
  Part Of = Part::Whole;
  SymbolIndex Function = NoSymbol; ///< whose body says so
  /// Only if this callee changes its part; NoSymbol: in any case.
  SymbolIndex Through = NoSymbol;
  Part ThroughPart = Part::Whole;
  /// Only if what this function returned is part of Target.
  SymbolIndex Provided = NoSymbol;
  /// The storage whose null test lets this happen once, if any.
  SymbolIndex Guard = NoSymbol;
  bool Construction = false; ///< before the state can be shared
  bool Escape = false;       ///< handed out rather than written
  bool Count = false;        ///< incremented or decremented
  bool Replace = false;      ///< the variable itself is assigned
  bool Self = false;         ///< and the value is `this`
  bool Injected = false;     ///< the value is given by a parameter
  bool Varies = false;       ///< the value depends on a parameter
  bool Later = false;        ///< in a lambda that may run after Function
  bool Fresh = false;        ///< the value is an object made for it: `new T`
  /// Through the value of a pointer, or as const: the variable that is named
  /// stays as it is.
  bool Beyond = false;
  Span Place;
  auto operator<=>(const WriteFact &) const = default;
  UNSINGLETON_REFERENCES(Target, Function, Through, Provided, Guard, Place)
};

/// Objects of a class are made other than as a storage's own.
struct InstanceFact {
  SymbolIndex Record = NoSymbol;
  SymbolIndex Function = NoSymbol; ///< where; NoSymbol: at namespace scope
  auto operator<=>(const InstanceFact &) const = default;
  UNSINGLETON_REFERENCES(Record, Function)
};

/// A name that stands in the value which a write at `Place` stores.
struct WrittenNameFact {
  SymbolIndex Function = NoSymbol;
  Span Place; ///< that of the WriteFact
  std::string Name;
  Span Where;
  auto operator<=>(const WrittenNameFact &) const = default;
  UNSINGLETON_REFERENCES(Function, Place, Where)
};

} // namespace unsingleton

#endif
