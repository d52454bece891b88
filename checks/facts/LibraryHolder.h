//===- LibraryHolder.h - A library's template that holds one object -*- C++
//-*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Libraries have class templates that keep one object for the whole process.
// Some are the type of a variable; of others the specialisation itself owns the
// object:
//
//     static absl::NoDestructor<World> world;        // world->add()
//
//     boost::serialization::singleton<World>::get_mutable_instance().add();
//     class World : public lib::Singleton<World> {}; // World::instance()
//
// Which templates there are and how they hand their objects out is a table,
// LibraryHolders.def, that the project can extend (see HolderNotes.h). Besides,
// a template of a system header counts whose name says "singleton" and that has
// a static method giving access to its argument.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_FACTS_LIBRARYHOLDER_H
#define UNSINGLETON_CHECKS_FACTS_LIBRARYHOLDER_H

#include "checks/facts/SourceSpans.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/TypeLoc.h"

namespace unsingleton {

/// A template with its arguments.
using HolderClass = clang::ClassTemplateSpecializationDecl;

/// The object that a variable of \p Type holds, if that is a holder's type;
/// else null.
clang::QualType heldObject(clang::QualType Type);

/// Whether \p M is how a holder hands its object out.
bool handsOut(const clang::CXXMethodDecl *M);
/// Whether \p M makes or ends the object of a holder, which changes nothing.
bool isUpkeep(const clang::CXXMethodDecl *M);

/// \p Type, if it is a holder that owns an object without a variable; or null.
const HolderClass *objectOwner(clang::QualType Type);
/// The holder whose own object the static method \p F hands out, or null.
const HolderClass *objectOwner(const clang::FunctionDecl *F);

/// The qualified name of a holder's template, or "".
std::string holderName(clang::QualType Type);
/// The same of a class, which may be the template's own pattern.
std::string holderName(const clang::CXXRecordDecl *R);
/// Whether each thread has an object of its own.
bool isPerThread(clang::QualType Type);
/// Whether a variable declared with \p Type, a holder and its first argument,
/// makes its object itself, of what the variable is given.
bool makesItself(clang::TypeLoc Type);

/// The symbol of the object that \p Owner owns.
std::string objectSymbol(const HolderClass *Owner);

/// The library's macro from whose body \p At comes, or "".
std::string libraryMacro(clang::SourceLocation At, const SourceSpans &Spans,
                         llvm::ArrayRef<std::string> Entries);

} // namespace unsingleton

#endif
