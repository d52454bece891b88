//===- FunctionFacts.cpp - Facts about functions -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/facts/DeclarationFacts.h"
#include "checks/facts/LibraryHooks.h"
#include "checks/facts/ParameterNumbers.h"
#include "checks/facts/SymbolName.h"
#include "checks/facts/TypeText.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclTemplate.h"

using namespace clang;

namespace unsingleton {

static FunctionKind kindOf(const FunctionDecl *F) {
  if (isa<CXXConstructorDecl>(F))
    return FunctionKind::Constructor;
  if (isa<CXXDestructorDecl>(F))
    return FunctionKind::Destructor;
  if (isa<CXXConversionDecl>(F))
    return FunctionKind::Conversion;
  if (F->isOverloadedOperator() || F->getLiteralIdentifier())
    return FunctionKind::Operator;
  if (F->isMain())
    return FunctionKind::Main;
  if (const auto *M = dyn_cast<CXXMethodDecl>(F))
    return M->isStatic() ? FunctionKind::StaticMethod : FunctionKind::Method;
  return FunctionKind::Free;
}

static bool derivesFromGtest(const CXXRecordDecl *R) {
  if (!R || !R->hasDefinition())
    return false;
  return !R->forallBases([](const CXXRecordDecl *Base) {
    return Base->getQualifiedNameAsString() != "testing::Test";
  });
}

/// Annotated itself, or a public method of an annotated class.
static bool isRequestEntry(const FunctionDecl *F) {
  constexpr llvm::StringLiteral Entry = "isolation::request_entry";
  if (annotated(F, Entry))
    return true;
  const auto *M = dyn_cast<CXXMethodDecl>(F);
  if (!M || M->getAccess() != AS_public ||
      isa<CXXConstructorDecl, CXXDestructorDecl>(M))
    return false;
  const CXXRecordDecl *R = M->getParent()->getDefinition();
  return R && annotated(R, Entry);
}

/// The methods of system headers that \p M overrides, through whatever bases.
void DeclarationFacts::foreignOverrides(const CXXMethodDecl *M,
                                        SymbolIndex Function) {
  for (const CXXMethodDecl *Base : M->overridden_methods()) {
    if (!Spans.user(Base->getLocation()))
      Facts.add(ForeignOverrideFact{
          Function, patternOf(Base)->getQualifiedNameAsString()});
    foreignOverrides(Base, Function);
  }
}

void DeclarationFacts::overrides(const CXXMethodDecl *M) {
  if (M->size_overridden_methods() == 0 || !Spans.user(M->getLocation()))
    return;
  SymbolIndex Function = Facts.symbol(M);
  if (Function == NoSymbol)
    return;
  for (const CXXMethodDecl *Base : M->overridden_methods())
    if (Spans.user(Base->getLocation()))
      if (SymbolIndex Overridden = Facts.symbol(Base); Overridden != Function)
        Facts.add(OverrideFact{Function, Overridden});
  foreignOverrides(M, Function);
}

/// The template, or its member, that \p F is an explicit specialisation of.
static const FunctionDecl *specialisedBy(const FunctionDecl *F) {
  if (F->getTemplateSpecializationKind() != TSK_ExplicitSpecialization)
    return nullptr;
  if (const FunctionTemplateDecl *Primary = F->getPrimaryTemplate())
    return patternOf(Primary->getTemplatedDecl());
  const FunctionDecl *Member = F->getInstantiatedFromMemberFunction();
  return Member ? patternOf(Member) : nullptr;
}

/// A template and its explicit specialisations have one signature.
void DeclarationFacts::specialises(const FunctionDecl *F, SymbolIndex Symbol) {
  const FunctionDecl *Primary = specialisedBy(F);
  if (!Primary || !Spans.user(Primary->getLocation()))
    return;
  SymbolIndex Of = Facts.symbol(Primary);
  if (Of != NoSymbol && Of != Symbol)
    Facts.add(OverrideFact{Symbol, Of});
}

void DeclarationFacts::function(const FunctionDecl *F) {
  if (F->isImplicit() || !Spans.user(F->getLocation()))
    return;
  FunctionFact Fact;
  Fact.Function = Facts.symbol(F);
  if (Fact.Function == NoSymbol)
    return;
  const FunctionDecl *Pattern = patternOf(F);
  Fact.Name = Pattern->getNameAsString();
  Fact.QualifiedName = Pattern->getQualifiedNameAsString();
  Fact.ReturnType = typeText(Pattern->getReturnType(), Spans.LO);
  Fact.Kind = kindOf(Pattern);
  Fact.ExternC = Pattern->isExternC() && !Pattern->isMain();
  Fact.Template = Pattern->isTemplated();
  Fact.InternalLinkage = !Pattern->hasExternalFormalLinkage();
  Fact.Private = Pattern->getAccess() == AS_private;
  Fact.Startup = F->hasAttr<ConstructorAttr>() || F->hasAttr<DestructorAttr>();
  Fact.Variadic = Pattern->isVariadic();
  Fact.ProcessWide = annotated(Pattern, "isolation::process_wide");
  Fact.OverridesForeign = isHook(Pattern, Spans);
  Fact.RequestEntry = isRequestEntry(F) || isRequestEntry(Pattern);
  for (const ParmVarDecl *Parameter : F->parameters()) {
    bool Direct = false;
    Fact.TakesContext |=
        !contextFrom(Parameter->getType(), "it", Direct).empty();
  }
  if (const auto *M = dyn_cast<CXXMethodDecl>(Pattern)) {
    Fact.Record = Facts.symbol(M->getParent());
    Fact.Virtual = M->isVirtual();
    Fact.Const = M->isConst();
    overrides(M);
    Fact.OverridesForeign |=
        llvm::any_of(M->overridden_methods(), [&](const CXXMethodDecl *Base) {
          return !Spans.user(Base->getLocation());
        });
    Fact.Test = Fact.Name == "TestBody" && derivesFromGtest(M->getParent());
  }
  Facts.add(Fact);
  specialises(F, Fact.Function);
  if (F->isTemplateInstantiation())
    return;
  functionSite(F, Fact.Function);
  parameterNumbers(F, Fact.Function, Spans, Facts);
}

void DeclarationFacts::functionSite(const FunctionDecl *F, SymbolIndex Symbol) {
  FunctionSiteFact Site;
  Site.Function = Symbol;
  EditableSpan Name = Spans.tokens(F->getNameInfo().getSourceRange());
  Site.Name = Name.Where;
  Site.State = Name.State;
  Site.Macro = Name.Macro;
  Spans.spreadSuppressions(F->getLocation(), Symbol, Site.Name);
  Site.Whole = Spans.tokens(F->getSourceRange()).Where;
  Site.HasParameters = F->getNumParams() != 0 || F->isVariadic();
  Site.Definition = F->isThisDeclarationADefinition();
  Site.Friend = F->getFriendObjectKind() != Decl::FOK_None && !Site.Definition;
  if (FunctionTypeLoc Type = F->getFunctionTypeLoc()) {
    EditableSpan Inside =
        Spans.inside(Type.getLParenLoc(), Type.getRParenLoc());
    Site.Parameters = Inside.Where;
    if (!Inside.editable() && Site.State == Editability::Editable) {
      Site.State = Inside.State;
      Site.Macro = Inside.Macro;
    }
    // What Clang makes of a template's declaration for a specialisation of it
    // has the name here and the parameters there.
    if (Site.State == Editability::Editable && specialisedBy(F) &&
        (Site.Name.File != Site.Parameters.File ||
         Site.Parameters.Offset < Site.Name.end()))
      return;
  } else if (Site.State == Editability::Editable) {
    Site.State = Editability::NotContiguous; // declared through a typedef
  }
  Facts.add(Site);
}

} // namespace unsingleton
