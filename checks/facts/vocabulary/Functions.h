//===- Functions.h - Functions and their declarations -----------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What a unit says of functions: what they are, what they override, and how
// each declaration is spelled. See Facts.h for what holds of all of them.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_FACTS_VOCABULARY_FUNCTIONS_H
#define UNSINGLETON_CHECKS_FACTS_VOCABULARY_FUNCTIONS_H

#include "checks/facts/vocabulary/Fact.h"

namespace unsingleton {

enum class FunctionKind : uint8_t {
  Free,
  Method,
  StaticMethod,
  Constructor,
  Destructor,
  Operator,
  Conversion,
  Main,
};

/// A function declared in user code (not in a system header).
struct FunctionFact {
  SymbolIndex Function = NoSymbol;
  SymbolIndex Record = NoSymbol; ///< the class of a member
  std::string Name;
  std::string QualifiedName;
  std::string ReturnType;
  FunctionKind Kind = FunctionKind::Free;
  bool ExternC = false;
  bool Template = false;
  bool InternalLinkage = false;
  bool Private = false; ///< only its class and friends can call it
  /// The loader runs it, once: `__attribute__((constructor))`, or destructor.
  bool Startup = false;
  bool Virtual = false;
  bool Const = false; ///< a const method
  /// Overrides a method of a system header, or hides one with its parameters.
  bool OverridesForeign = false;
  bool Test = false; ///< the body of a gtest TEST
  bool Variadic = false;
  bool ProcessWide = false; ///< annotated isolation::process_wide
  /// Annotated isolation::request_entry, or a public method of such a class.
  bool RequestEntry = false;
  bool TakesContext = false; ///< a parameter is a context, or yields one
  auto operator<=>(const FunctionFact &) const = default;
  UNSINGLETON_REFERENCES(Function, Record)
};

/// `Function` overrides `Overridden`, or is an explicit specialisation of it;
/// both are user code.
struct OverrideFact {
  SymbolIndex Function = NoSymbol;
  SymbolIndex Overridden = NoSymbol;
  auto operator<=>(const OverrideFact &) const = default;
  UNSINGLETON_REFERENCES(Function, Overridden)
};

/// `Function` overrides, directly or not, the method of that qualified name,
/// which a system header declares.
struct ForeignOverrideFact {
  SymbolIndex Function = NoSymbol;
  std::string Overridden;
  auto operator<=>(const ForeignOverrideFact &) const = default;
  UNSINGLETON_REFERENCES(Function)
};

/// One declaration of a function, as spelled.
struct FunctionSiteFact {
  SymbolIndex Function = NoSymbol;
  Span Name;
  Span Parameters; ///< between the parentheses; `(void)` counts as empty
  Span Whole;
  bool HasParameters = false;
  bool Definition = false;
  bool Friend = false;
  Editability State = Editability::Editable;
  std::string Macro; ///< when State is MacroBody
  auto operator<=>(const FunctionSiteFact &) const = default;
  UNSINGLETON_REFERENCES(Function, Name, Parameters, Whole)
};

/// A number by which an attribute of a declaration of `Function` means one of
/// its parameters, from 1, or from 2 where `this` is the first:
/// `format(printf, 1, 2)`, `nonnull(1)`.
struct ParameterNumberFact {
  SymbolIndex Function = NoSymbol;
  Span Where; ///< unless Editable, the attribute
  uint32_t Value = 0;
  Editability State = Editability::Editable;
  std::string Macro; ///< when State is MacroBody
  auto operator<=>(const ParameterNumberFact &) const = default;
  UNSINGLETON_REFERENCES(Function, Where)
};

} // namespace unsingleton

#endif
