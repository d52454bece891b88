//===- LibraryFacts.h - Facts about objects that libraries own -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A holder may own its object without a variable in the project's code, in a
// header whose bodies nobody reads:
//
//     boost::serialization::singleton<World>::get_mutable_instance().add();
//
// The object then gets a storage of its own, named after the specialisation,
// and a fact for each place where the project mentions it.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_FACTS_LIBRARYFACTS_H
#define UNSINGLETON_CHECKS_FACTS_LIBRARYFACTS_H

#include "checks/facts/DeclarationFacts.h"
#include "checks/facts/LibraryHolder.h"
#include "checks/facts/WalkState.h"

namespace unsingleton {

class LibraryFacts {
public:
  LibraryFacts(SourceSpans &Spans, UnitFactsBuilder &Facts,
               const ExtractOptions &Options, const WalkState &State,
               DeclarationFacts &Declarations)
      : Spans(Spans), Facts(Facts), Options(Options), State(State),
        Declarations(Declarations) {}

  /// Of static or thread duration.
  void variable(const clang::VarDecl *V);
  void bases(const clang::CXXRecordDecl *R);
  void alias(const clang::TypedefNameDecl *D);
  /// The object that \p E hands out, or NoSymbol.
  SymbolIndex use(const clang::CallExpr *E);

private:
  /// The same for an instance of a template of user code.
  SymbolIndex useOfInstance(const clang::CallExpr *E,
                            const clang::FunctionDecl *Callee);
  SymbolIndex mention(const HolderClass *Owner, LibraryMention What,
                      const clang::NamedDecl *By, clang::SourceLocation At);

  SourceSpans &Spans;
  UnitFactsBuilder &Facts;
  const ExtractOptions &Options;
  const WalkState &State;
  DeclarationFacts &Declarations;
};

} // namespace unsingleton

#endif
