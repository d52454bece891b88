//===- OwnHolder.h - A project's template that keeps one object -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A project's own holder serves many classes by one storage in one template:
//
//     template <class T> struct Singleton { static T *get(); … };
//     Registry *Registry::get() { return Singleton<Registry>::get(); }
//     Names *Names::get() { return Singleton<Names>::get(); }
//
// Each instance owns an object of its own, known by a symbol of its own: then
// the two above are two singletons, each with its accessor and its verdict.
// Which functions can be asked for such an object is said by their declarations
// alone; whether they do keep one, linking finds out (rules/OwnHolders.h).
//
// Not told apart: objects that a template of user code is asked for by another
// template, which has one accessor for all of them.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_FACTS_OWNHOLDER_H
#define UNSINGLETON_CHECKS_FACTS_OWNHOLDER_H

#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"
#include <string>

namespace unsingleton {

/// The instance of a template that \p F belongs to or is, if it returns, when
/// asked without an argument, a way to an object of the type that the template
/// is instantiated with; or null. Not for libraries' templates.
const clang::NamedDecl *holderInstance(const clang::FunctionDecl *F);

/// The type of the object that \p F, which has a holderInstance, hands out.
clang::QualType instanceObject(const clang::FunctionDecl *F);

/// The symbol of the object that \p Instance, a holderInstance, owns.
std::string instanceSymbol(const clang::NamedDecl *Instance);

/// Whether \p F is part of the template that \p Instance was made from.
bool isPartOf(const clang::FunctionDecl *F, const clang::NamedDecl *Instance);

/// Whether a variable of \p Type can keep a pointer in a number.
bool carries(clang::QualType Type);

/// The variable whose value, a number, becomes a pointer in \p E:
///
///     reinterpret_cast<T *>(value)     where  intptr_t value = instance_;
///     reinterpret_cast<T *>(acquire_load(&instance_))
///
/// or null. Holders do so for want of an atomic pointer.
const clang::VarDecl *carrierOf(const clang::Expr *E);

} // namespace unsingleton

#endif
