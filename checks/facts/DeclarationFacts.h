//===- DeclarationFacts.h - Facts about declarations -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What every unit that sees a declaration says alike: functions, storages,
// classes, and where each is spelled. Nothing here looks into a body.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_FACTS_DECLARATIONFACTS_H
#define UNSINGLETON_CHECKS_FACTS_DECLARATIONFACTS_H

#include "checks/facts/SourceSpans.h"
#include "checks/facts/UnitFacts.h"
#include "clang/AST/DeclCXX.h"

namespace unsingleton {

/// The fact about an object of \p Type, without its storage.
StorageObjectFact objectFact(clang::QualType Type, const SourceSpans &Spans,
                             UnitFactsBuilder &Facts);

/// Whether \p D has the annotation \p Text.
bool annotated(const clang::Decl *D, llvm::StringRef Text);

class DeclarationFacts {
public:
  DeclarationFacts(SourceSpans &Spans, UnitFactsBuilder &Facts,
                   const ExtractOptions &Options)
      : Spans(Spans), Facts(Facts), Options(Options) {}

  void function(const clang::FunctionDecl *F);
  void overrides(const clang::CXXMethodDecl *M);
  /// \p Owner: the named function of a static local.
  void storage(const clang::VarDecl *V, const clang::FunctionDecl *Owner);
  /// The object that \p Storage, of \p Type, stands for.
  void storageObject(SymbolIndex Storage, clang::QualType Type);
  void record(const clang::CXXRecordDecl *R);
  /// Of \p F, which this declaration gives one.
  void body(const clang::FunctionDecl *F);

  /// The expression by which a variable called \p Name of type \p Type yields
  /// the context, or "". Sets \p Direct if the variable is itself one.
  std::string contextFrom(clang::QualType Type, llvm::StringRef Name,
                          bool &Direct) const;

private:
  void foreignOverrides(const clang::CXXMethodDecl *M, SymbolIndex Function);
  void functionSite(const clang::FunctionDecl *F, SymbolIndex Symbol);
  void specialises(const clang::FunctionDecl *F, SymbolIndex Symbol);
  void storageSite(const clang::VarDecl *V, SymbolIndex Symbol, Holder How);
  void field(const clang::FieldDecl *F, SymbolIndex Record);
  /// Says of \p Field, of \p Type, which user class it leads to and how.
  void leads(clang::QualType Type, FieldFact &Field);
  bool isContext(clang::QualType Type) const;

  SourceSpans &Spans;
  UnitFactsBuilder &Facts;
  const ExtractOptions &Options;
};

} // namespace unsingleton

#endif
