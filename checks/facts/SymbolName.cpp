//===- SymbolName.cpp - The name of an entity across units -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/facts/SymbolName.h"
#include "checks/facts/Compat.h"
#include "checks/facts/UnitFacts.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprConcepts.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Index/USRGeneration.h"
#include "llvm/ADT/SmallString.h"

using namespace clang;

namespace unsingleton {

/// What a member template of an instantiated class was made from: it is a
/// template itself, so that Clang does not call it an instantiation.
template <class Template> static auto memberPattern(Template *T) {
  while (Template *From = T->getInstantiatedFromMemberTemplate())
    T = From;
  return T->getTemplatedDecl();
}

const FunctionDecl *patternOf(const FunctionDecl *F) {
  if (const FunctionDecl *Pattern = F->getTemplateInstantiationPattern())
    F = Pattern;
  else if (FunctionTemplateDecl *T = F->getDescribedFunctionTemplate())
    F = memberPattern(T);
  return F->getCanonicalDecl();
}

const VarDecl *patternOf(const VarDecl *V) {
  // A static local of an instantiated function has no pattern of its own: the
  // local of the same place in the function's pattern stands for it, which its
  // spelling location finds (symbolName).
  if (const VarDecl *Pattern = V->getTemplateInstantiationPattern())
    V = Pattern;
  return V->getCanonicalDecl();
}

const CXXRecordDecl *patternOf(const CXXRecordDecl *R) {
  if (const CXXRecordDecl *Pattern = R->getTemplateInstantiationPattern())
    R = Pattern;
  else if (ClassTemplateDecl *T = R->getDescribedClassTemplate())
    R = memberPattern(T);
  return R->getCanonicalDecl();
}

const FieldDecl *patternOf(const FieldDecl *F) {
  const auto *Record = dyn_cast<CXXRecordDecl>(F->getParent());
  if (!Record)
    return F;
  const CXXRecordDecl *Pattern = Record->getTemplateInstantiationPattern();
  if (!Pattern || !(Pattern = Pattern->getDefinition()))
    return F;
  unsigned Index = F->getFieldIndex();
  for (const FieldDecl *Candidate : Pattern->fields())
    if (Candidate->getFieldIndex() == Index)
      return Candidate;
  return F;
}

static const NamedDecl *patternOfNamed(const NamedDecl *D) {
  if (const auto *F = dyn_cast<FunctionDecl>(D))
    return patternOf(F);
  if (const auto *V = dyn_cast<VarDecl>(D))
    return patternOf(V);
  if (const auto *R = dyn_cast<CXXRecordDecl>(D))
    return patternOf(R);
  if (const auto *F = dyn_cast<FieldDecl>(D))
    return patternOf(F);
  return D;
}

static std::string place(const NamedDecl *D, bool Offset) {
  const SourceManager &SM = D->getASTContext().getSourceManager();
  auto [File, At] = SM.getDecomposedLoc(SM.getExpansionLoc(D->getLocation()));
  std::string Text;
  if (OptionalFileEntryRef Entry = SM.getFileEntryRefForID(File)) {
    Text = Entry->getFileEntry().tryGetRealPathName().str();
    if (Text.empty())
      Text = Entry->getName().str();
  }
  if (Offset)
    Text += ":" + std::to_string(At);
  return Text;
}

/// What \p F requires, as its first declaration spells it: functions may differ
/// in nothing else, and Clang's name leaves it out.
static std::string constraints(const FunctionDecl *F) {
  std::string Text;
  llvm::raw_string_ostream Out(Text);
  PrintingPolicy Policy(F->getASTContext().getLangOpts());
  auto Print = [&](const Expr *E) {
    if (E)
      E->printPretty(Out << "@requires@", nullptr, Policy);
  };
  if (const FunctionTemplateDecl *T = F->getDescribedFunctionTemplate()) {
    const TemplateParameterList *Parameters = T->getTemplateParameters();
    for (const NamedDecl *Parameter : *Parameters)
      if (const auto *P = dyn_cast<TemplateTypeParmDecl>(Parameter);
          P && P->hasTypeConstraint())
        Print(P->getTypeConstraint()->getImmediatelyDeclaredConstraint());
    Print(Parameters->getRequiresClause());
  }
  Print(trailingConstraint(F));
  return Text;
}

std::string symbolName(const NamedDecl *D) {
  D = patternOfNamed(D);
  const auto *V = dyn_cast<VarDecl>(D);
  if (V && V->isStaticLocal()) {
    const auto *Function = dyn_cast<FunctionDecl>(V->getDeclContext());
    std::string Owner = Function ? symbolName(Function) : std::string();
    return Owner + "@local@" + V->getName().str() + "@" + place(V, true);
  }
  llvm::SmallString<128> Usr;
  if (index::generateUSRForDecl(D, Usr))
    return {};
  if (const auto *F = dyn_cast<FunctionDecl>(D))
    Usr += constraints(F);
  if (!D->hasExternalFormalLinkage() && !isa<FieldDecl>(D) &&
      (isa<FunctionDecl>(D) || isa<VarDecl>(D) || isa<RecordDecl>(D))) {
    Usr += "@";
    Usr += place(D, false);
  }
  return std::string(Usr);
}

SymbolIndex UnitFactsBuilder::symbol(const NamedDecl *D) {
  auto [It, New] = DeclIds.try_emplace(D, NoSymbol);
  if (New) {
    SymbolIndex Symbol = symbol(llvm::StringRef(symbolName(D)));
    It->second = Symbol;
  }
  return It->second;
}

} // namespace unsingleton
