//===- Storages.h - Variables that outlive calls ----------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Static storage: namespace-scope variables, static members, function-local
// statics, what is written of libraries' holders, and how each is spelled.
// See Facts.h for what holds of all of them.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_FACTS_VOCABULARY_STORAGES_H
#define UNSINGLETON_CHECKS_FACTS_VOCABULARY_STORAGES_H

#include "checks/facts/vocabulary/Fact.h"

namespace unsingleton {

enum class StorageKind : uint8_t {
  FunctionLocal,
  Namespace,
  ClassStatic,
  Library, ///< the object that a library's holder owns without a variable
};

/// How a variable holds the object it stands for.
enum class Holder : uint8_t {
  Value,
  Reference,
  RawPointer,
  UniquePtr,
  SharedPtr,
  Optional,
  AtomicPointer,
  SmartPtr, ///< any other class with an operator-> that leads to its argument
  Library,  ///< a library's holder, see LibraryHolder.h
};

/// A variable of static or thread storage duration in user code.
struct StorageFact {
  SymbolIndex Storage = NoSymbol;
  SymbolIndex Function = NoSymbol; ///< of a function-local static
  SymbolIndex Record = NoSymbol;   ///< of a static data member
  std::string Name;
  std::string QualifiedName;
  std::string Type;
  std::string Library; ///< the holder or macro of a library behind it, or ""
  StorageKind Kind = StorageKind::Namespace;
  Holder How = Holder::Value;
  bool ThreadLocal = false;
  bool InternalLinkage = false;
  bool ObjectConst = false;     ///< the object cannot be changed through it
  bool Template = false;        ///< one per instantiation
  bool Synchronisation = false; ///< a mutex, once_flag, condition variable …
  bool ProcessWide = false;     ///< annotated isolation::process_wide
  bool MakesItself = false;     ///< of a holder: the object, of its arguments
  auto operator<=>(const StorageFact &) const = default;
  UNSINGLETON_REFERENCES(Storage, Function, Record)
};

/// Where code of the project mentions an object that a library's holder owns,
/// or the expansion of the library's macro that declares `Storage`.
enum class LibraryMention : uint8_t {
  Variable, ///< that registers it, or of the holder's own
  Base,     ///< of a class
  Alias,    ///< a name for the holder
  Use,      ///< it is handed out
  Macro,
};
struct LibraryMentionFact {
  SymbolIndex Storage = NoSymbol;
  LibraryMention What = LibraryMention::Use;
  Span Place;
  SymbolIndex By = NoSymbol; ///< the variable, class, or using function
  auto operator<=>(const LibraryMentionFact &) const = default;
  UNSINGLETON_REFERENCES(Storage, By, Place)
};

/// The type of the object behind a storage: a relation, since the storage of a
/// template has one per instantiation.
struct StorageObjectFact {
  SymbolIndex Storage = NoSymbol;
  SymbolIndex Record = NoSymbol; ///< NoSymbol where it is no class of user code
  /// Of a container of the library: the class of user code whose objects it
  /// holds, or smart pointers to them.
  SymbolIndex Element = NoSymbol;
  std::string Type;
  std::string Resource; ///< what a process has once (thread, file …), or ""
  bool Mutable = true;  ///< false for a type without any state
  bool Carried = false; ///< the storage is a number that a pointer to it is in
  auto operator<=>(const StorageObjectFact &) const = default;
  UNSINGLETON_REFERENCES(Storage, Record, Element)
};

/// What `Accessor`, of a template of user code, hands out for one set of the
/// template's arguments is the object that has the symbol `Object`: see
/// OwnHolder.h.
struct HolderObjectFact {
  SymbolIndex Object = NoSymbol;
  SymbolIndex Accessor = NoSymbol;
  auto operator<=>(const HolderObjectFact &) const = default;
  UNSINGLETON_REFERENCES(Object, Accessor)
};

/// A static variable, or a member of a class, is initialised with what
/// `Accessor` returned, or with something reached through that.
struct AliasFact {
  SymbolIndex Alias = NoSymbol;  ///< the storage, or the field
  SymbolIndex Record = NoSymbol; ///< the class of a field
  SymbolIndex Accessor = NoSymbol;
  bool Copy = false; ///< of the object, not a way to it
  Span Place;        ///< of the accessor's name
  auto operator<=>(const AliasFact &) const = default;
  UNSINGLETON_REFERENCES(Alias, Record, Accessor, Place)
};

enum class InitStyle : uint8_t { None, Parentheses, Braces, Equals };

/// One declaration of a storage, as spelled.
struct StorageSiteFact {
  SymbolIndex Storage = NoSymbol;
  Span Name;
  Span Whole;  ///< with its semicolon
  Span Object; ///< the object's type as spelled (`X` of `unique_ptr<X> p`)
  Span Type;   ///< the variable's type as spelled
  Span Init;   ///< the initialiser with its parentheses or braces, without `=`
  std::string ObjectText; ///< the object's type where it is not spelled (auto)
  InitStyle Style = InitStyle::None;
  bool Definition = false;
  bool Alone = true;       ///< not one of several declarators
  bool UsesLocals = false; ///< the initialiser mentions parameters or locals
  /// It begins with nothing in it: a null pointer, an empty container.
  bool Empty = false;
  bool Constant = false; ///< and stays as it begins
  Editability State = Editability::Editable;
  std::string Macro;
  auto operator<=>(const StorageSiteFact &) const = default;
  UNSINGLETON_REFERENCES(Storage, Name, Whole, Object, Type, Init)
};

} // namespace unsingleton

#endif
