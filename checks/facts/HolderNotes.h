//===- HolderNotes.h - Notes on libraries' templates ------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What the table of holders (LibraryHolders.def) and the project's option say
// of a template is written onto its declaration, as Clang's API notes are. So
// whoever sees a type finds it there, and nobody has to be handed the table.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_FACTS_HOLDERNOTES_H
#define UNSINGLETON_CHECKS_FACTS_HOLDERNOTES_H

#include "clang/AST/DeclTemplate.h"
#include <optional>
#include <string>

namespace unsingleton {

/// Whether an entry of the option that extends the table is well-formed:
/// `ns::Holder` or `ns::Holder=method1,method2`.
bool isHolderEntry(llvm::StringRef Entry);

/// Writes the table and \p Entries onto the templates of \p Context.
void noteHolders(clang::ASTContext &Context,
                 llvm::ArrayRef<std::string> Entries);

/// The columns of LibraryHolders.def; the strings belong to the AST.
struct HolderNote {
  llvm::StringRef Methods, Upkeep, Object, Thread, Itself;
  bool OnlyStatic = false; ///< a guess by its name, which needs that evidence

  /// Whether \p Name is one of those that \p List separates by commas.
  static bool lists(llvm::StringRef List, llvm::StringRef Name);
};

/// What is known of \p T, if it is a holder.
std::optional<HolderNote> holderNote(const clang::TemplateDecl *T);

} // namespace unsingleton

#endif
