//===- LibraryFacts.cpp - Facts about objects that libraries own -*- C++
//-*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/facts/LibraryFacts.h"
#include "checks/facts/Compat.h"
#include "checks/facts/HolderType.h"
#include "checks/facts/LibraryTypes.h"
#include "checks/facts/OwnHolder.h"
#include "checks/facts/TypeText.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;
using namespace unsingleton;

SymbolIndex LibraryFacts::mention(const HolderClass *Owner, LibraryMention What,
                                  const NamedDecl *By, SourceLocation At) {
  SymbolIndex Symbol = Facts.symbol(objectSymbol(Owner));
  if (Symbol == NoSymbol)
    return NoSymbol;
  QualType Type = tagType(Owner->getASTContext(), Owner);
  QualType Held = holderType(Type).Object;
  PrintingPolicy Policy(Spans.LO);
  Policy.SuppressTagKeyword = true;
  StorageFact Fact;
  Fact.Storage = Symbol;
  llvm::raw_string_ostream Name(Fact.Name);
  Owner->getNameForDiagnostic(Name, Policy, /*Qualified=*/true);
  Fact.QualifiedName = Fact.Name;
  Fact.Type = Type.getAsString(Spans.LO);
  Fact.Library = holderName(Type);
  Fact.Kind = StorageKind::Library;
  Fact.How = Holder::Library;
  Fact.ThreadLocal = isPerThread(Type);
  Fact.ObjectConst = Held.isConstQualified();
  Fact.Synchronisation = isSynchronisation(Held);
  Facts.add(Fact);

  Declarations.storageObject(Symbol, Type);
  Facts.add(LibraryMentionFact{Symbol, What, Spans.place(At),
                               By ? Facts.symbol(By) : NoSymbol});
  return Symbol;
}

void LibraryFacts::variable(const VarDecl *V) {
  if (!Spans.user(V->getLocation()) || V->getType()->isDependentType())
    return;
  const HolderClass *Owner = objectOwner(V->getType());
  // `template <> X *Singleton<X>::instance_ = nullptr;`
  if (!Owner && V->isStaticDataMember() &&
      V->getTemplateSpecializationKind() == TSK_ExplicitSpecialization)
    if (const auto *Of = dyn_cast<HolderClass>(V->getDeclContext()))
      Owner = objectOwner(tagType(V->getASTContext(), Of));
  if (Owner)
    mention(Owner, LibraryMention::Variable, V, V->getLocation());
  // A macro may declare several variables: they are one singleton's.
  if (libraryMacro(V->getBeginLoc(), Spans, Options.Holders).empty() ||
      V->getCanonicalDecl() != V)
    return;
  SourceLocation Expansion = Spans.SM.getExpansionLoc(V->getBeginLoc());
  Facts.add(LibraryMentionFact{Facts.symbol(V), LibraryMention::Macro,
                               Spans.place(Expansion), NoSymbol});
}

void LibraryFacts::bases(const CXXRecordDecl *R) {
  if (!R->isThisDeclarationADefinition() || R->isDependentContext() ||
      !Spans.user(R->getLocation()))
    return;
  for (const CXXBaseSpecifier &Base : R->bases())
    if (const HolderClass *Owner = objectOwner(Base.getType()))
      mention(Owner, LibraryMention::Base, R, R->getLocation());
}

void LibraryFacts::alias(const TypedefNameDecl *D) {
  QualType Type = D->getUnderlyingType();
  if (Type->isDependentType() || !Spans.user(D->getLocation()))
    return;
  if (const HolderClass *Owner = objectOwner(Type))
    mention(Owner, LibraryMention::Alias, nullptr, D->getLocation());
}

SymbolIndex LibraryFacts::use(const CallExpr *E) {
  const FunctionDecl *Callee = E->getDirectCallee();
  const HolderClass *Owner = objectOwner(Callee);
  if (State.Unevaluated)
    return NoSymbol;
  if (!Owner)
    return useOfInstance(E, Callee);
  // What a library does with its own objects is its own business: in the
  // holder itself, or by a macro.
  const auto *M = dyn_cast_or_null<CXXMethodDecl>(State.Owner);
  if ((M && !holderName(M->getParent()).empty()) ||
      !libraryMacro(E->getBeginLoc(), Spans, Options.Holders).empty())
    return NoSymbol;
  return mention(Owner, LibraryMention::Use, State.Owner, E->getBeginLoc());
}

SymbolIndex LibraryFacts::useOfInstance(const CallExpr *E,
                                        const FunctionDecl *Callee) {
  const NamedDecl *Instance = holderInstance(Callee);
  if (!Instance || !Spans.user(Callee->getLocation()) ||
      isPartOf(State.Owner, Instance))
    return NoSymbol;
  SymbolIndex Symbol = Facts.symbol(instanceSymbol(Instance));
  QualType Object = instanceObject(Callee);
  PrintingPolicy Policy(Spans.LO);
  Policy.SuppressTagKeyword = true;
  StorageFact Fact;
  Fact.Storage = Symbol;
  llvm::raw_string_ostream Name(Fact.Name);
  Instance->getNameForDiagnostic(Name, Policy, /*Qualified=*/true);
  Fact.QualifiedName = Fact.Name;
  Fact.Type = typeText(Object, Spans.LO);
  Fact.Kind = StorageKind::Library;
  Fact.How = Holder::Library;
  Fact.ObjectConst = Object.isConstQualified();
  Fact.Synchronisation = isSynchronisation(Object);
  Facts.add(Fact);
  StorageObjectFact Held = objectFact(Object, Spans, Facts);
  Held.Storage = Symbol;
  Facts.add(Held);
  Facts.add(HolderObjectFact{Symbol, Facts.symbol(Callee)});
  Facts.add(LibraryMentionFact{
      Symbol, LibraryMention::Use, Spans.place(E->getBeginLoc()),
      State.Owner ? Facts.symbol(State.Owner) : NoSymbol});
  return Symbol;
}
