//===- MutationPath.h - What code does to shared state ----------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Given an expression that denotes shared state (a storage, a field, the result
// of an accessor, a parameter, `this`) and the statements around it, says
// whether the state is read, changed, or handed to code that may change it:
//
//     registry().size()        read
//     registry()[k] = v        changed
//     auto &r = registry();    r stands for it: later uses of r decide
//     table.push_back(&state)  handed out
//     state.add(v)             changed if `add` changes its object
//     fill(state)              changed if `fill` changes its parameter
//     state.items().clear()    changed if `items` returns a part of its object
//
// What user code does with its object and parameters is found in its own body;
// the answer names the function. Library code is known by its signatures: what
// it is given by non-const reference, it changes, but for the projections and
// algorithms listed in LibraryCalls.h.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_FACTS_MUTATIONPATH_H
#define UNSINGLETON_CHECKS_FACTS_MUTATIONPATH_H

#include "checks/facts/SourceSpans.h"
#include "clang/AST/Expr.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"

namespace unsingleton {

enum class Mutation : uint8_t { Change, Escape, Return, Alias };

struct MutationResult {
  Mutation Kind = Mutation::Change;
  bool Count = false;    ///< an increment or decrement
  bool Replace = false;  ///< the expression itself is assigned
  bool Self = false;     ///< and the value is `this`
  bool Injected = false; ///< the value is given by a parameter
  bool Varies = false;   ///< the value depends on a parameter
  bool Fresh = false;    ///< the value is an object made for it
  bool Beyond = false;   ///< through a pointer's value, or as const
  bool Direct = false;   ///< the expression itself is assigned or moved on
  const clang::VarDecl *Alias = nullptr; ///< the local that stands for it
  const clang::Stmt *By = nullptr;       ///< the statement that makes it one
  /// Change: only if this function changes its part.
  const clang::FunctionDecl *Through = nullptr;
  Part ThroughPart = Part::Whole;
  /// Only if what this function returned is part of the state.
  const clang::FunctionDecl *Provided = nullptr;
};

/// \p Path ends with the expression; its parents precede it. \p Variable or
/// \p Field: whose initialiser the path stands in, or null. Empty where it is
/// only read.
llvm::SmallVector<MutationResult, 2>
mutationsOf(llvm::ArrayRef<const clang::Stmt *> Path,
            const clang::VarDecl *Variable, const clang::FieldDecl *Field,
            const SourceSpans &Spans);

} // namespace unsingleton

#endif
