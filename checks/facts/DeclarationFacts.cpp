//===- DeclarationFacts.cpp - Facts about declarations -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/facts/DeclarationFacts.h"
#include "checks/facts/CreationFacts.h"
#include "checks/facts/HolderType.h"
#include "checks/facts/LibraryHolder.h"
#include "checks/facts/LibraryTypes.h"
#include "checks/facts/ProcessStream.h"
#include "checks/facts/SymbolName.h"
#include "checks/facts/TypeText.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclFriend.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Lexer.h"

using namespace clang;

namespace unsingleton {

bool annotated(const Decl *D, llvm::StringRef Text) {
  for (const auto *A : D->specific_attrs<AnnotateAttr>())
    if (A->getAnnotation() == Text)
      return true;
  return false;
}

static StorageKind kindOf(const VarDecl *V) {
  if (V->isStaticLocal()) // not `extern` in a block
    return StorageKind::FunctionLocal;
  return V->isStaticDataMember() ? StorageKind::ClassStatic
                                 : StorageKind::Namespace;
}

/// The library that \p V is part of by its type, its class or the macro that
/// declares it.
static std::string libraryOf(const VarDecl *V, const FunctionDecl *Owner,
                             const SourceSpans &Spans,
                             const ExtractOptions &Options) {
  if (std::string Macro =
          libraryMacro(V->getBeginLoc(), Spans, Options.Holders);
      !Macro.empty())
    return Macro;
  if (std::string Holder = holderName(V->getType()); !Holder.empty())
    return Holder;
  const auto *M = dyn_cast_or_null<CXXMethodDecl>(Owner);
  return holderName(M ? M->getParent()
                      : dyn_cast<CXXRecordDecl>(V->getDeclContext()));
}

void DeclarationFacts::storage(const VarDecl *V, const FunctionDecl *Owner) {
  if (!Spans.user(V->getLocation()) || V->isImplicit())
    return;
  StorageFact Fact;
  Fact.Storage = Facts.symbol(V);
  if (Fact.Storage == NoSymbol)
    return;
  const VarDecl *Pattern = patternOf(V);
  HolderType Type = holderType(Pattern->getType());
  Fact.Name = Pattern->getNameAsString();
  Fact.QualifiedName = Pattern->getQualifiedNameAsString();
  Fact.Type = typeText(Pattern->getType(), Spans.LO);
  Fact.Kind = kindOf(Pattern);
  Fact.How = Type.How;
  Fact.Library = libraryOf(Pattern, Owner, Spans, Options);
  Fact.ThreadLocal = Pattern->getTLSKind() != VarDecl::TLS_None;
  Fact.InternalLinkage = !Pattern->hasExternalFormalLinkage();
  // `const unique_ptr<X>` and `X *const` still give write access to X.
  Fact.ObjectConst = Type.Object.isConstQualified();
  Fact.Template = Pattern->isTemplated();
  Fact.Synchronisation = isSynchronisation(Type.Object);
  Fact.ProcessWide = annotated(Pattern, "isolation::process_wide");
  if (const TypeSourceInfo *Info = Pattern->getTypeSourceInfo())
    Fact.MakesItself = makesItself(Info->getTypeLoc());
  if (Fact.Kind == StorageKind::FunctionLocal && Owner) {
    Fact.Function = Facts.symbol(Owner);
    Fact.QualifiedName =
        patternOf(Owner)->getQualifiedNameAsString() + "::" + Fact.Name;
  }
  if (const auto *R = dyn_cast<CXXRecordDecl>(Pattern->getDeclContext()))
    Fact.Record = Facts.symbol(R);
  Facts.add(Fact);

  storageObject(Fact.Storage, V->getType());
  bool Instantiated =
      isTemplateInstantiation(V->getTemplateSpecializationKind());
  bool LocalOfInstance =
      V->isStaticLocal() && Owner && Owner->isTemplateInstantiation();
  if (!Instantiated && !LocalOfInstance)
    storageSite(V, Fact.Storage, Fact.How);
  if (Fact.Kind != StorageKind::FunctionLocal && !Instantiated)
    extractInitialiser(V, /*In=*/nullptr, Spans, Facts);
}

StorageObjectFact objectFact(QualType Type, const SourceSpans &Spans,
                             UnitFactsBuilder &Facts) {
  StorageObjectFact Object;
  PrintingPolicy Policy(Spans.LO);
  Policy.SuppressTagKeyword = true;
  Object.Type = typeText(Type.getUnqualifiedType(), Policy);
  Object.Resource = resourceOf(Type);
  if (const CXXRecordDecl *R = elementRecordOf(Type))
    if (Spans.user(R->getLocation()))
      Object.Record = Facts.symbol(R);
  if (ContainedType Element = containedIn(Type);
      Element.Record && !Element.Pointers &&
      Spans.user(Element.Record->getLocation()))
    Object.Element = Facts.symbol(Element.Record);
  return Object;
}

void DeclarationFacts::storageObject(SymbolIndex Storage, QualType Type) {
  QualType ObjectType = holderType(Type).Object;
  if (ObjectType->isDependentType())
    return; // a template's instances say theirs
  StorageObjectFact Object = objectFact(ObjectType, Spans, Facts);
  Object.Storage = Storage;
  if (llvm::StringRef Own = resourceOf(Type); !Own.empty())
    Object.Resource = Own;
  Facts.add(Object);
}

/// The type of an array, `char[MaxLength]`: as a whole, since the name stands
/// inside it, and a single bound as it is spelled; else "".
static std::string arrayText(const VarDecl *V, SourceSpans &Spans,
                             const PrintingPolicy &Policy) {
  if (!V->getType()->isConstantArrayType())
    return {};
  const TypeSourceInfo *Info = V->getTypeSourceInfo();
  auto Array = Info ? Info->getTypeLoc().getAs<ConstantArrayTypeLoc>()
                    : ConstantArrayTypeLoc();
  if (!Array || !Array.getSizeExpr() ||
      Array.getElementLoc().getType()->isArrayType())
    return V->getType().getAsString(Policy);
  CharSourceRange Bound =
      Spans.SM.getExpansionRange(Array.getSizeExpr()->getSourceRange());
  return Array.getElementLoc().getType().getAsString(Policy) + "[" +
         Lexer::getSourceText(Bound, Spans.SM, Spans.LO).str() + "]";
}

void DeclarationFacts::storageSite(const VarDecl *V, SymbolIndex Symbol,
                                   Holder How) {
  StorageSiteFact Site;
  Site.Storage = Symbol;
  EditableSpan Name = Spans.tokens(SourceRange(V->getLocation()));
  Site.Name = Name.Where;
  Spans.spreadSuppressions(V->getLocation(), Symbol, Site.Name);
  SourceRange Range = V->getSourceRange();
  SourceLocation Semi = Spans.next(Range.getEnd(), tok::semi);
  Site.Alone = Semi.isValid() &&
               Spans.next(Range.getEnd(), tok::comma).isInvalid() &&
               V->getBeginLoc().isValid();
  EditableSpan Whole = Spans.tokens(SourceRange(
      V->getOuterLocStart(), Semi.isValid() ? Semi : Range.getEnd()));
  Site.Whole = Whole.Where;
  Site.State = Name.editable() ? Whole.State : Name.State;
  Site.Macro = Name.editable() ? Whole.Macro : Name.Macro;
  Site.Definition = V->isThisDeclarationADefinition() == VarDecl::Definition;
  if (const TypeSourceInfo *Info = V->getTypeSourceInfo()) {
    Site.Type = Spans.tokens(Info->getTypeLoc().getSourceRange()).Where;
    if (TypeLoc Object = objectTypeLoc(Info->getTypeLoc(), How);
        Object && !Object.getType()->getContainedAutoType())
      Site.Object =
          Spans.tokens(Object.getUnqualifiedLoc().getSourceRange()).Where;
  }
  PrintingPolicy Policy(Spans.LO);
  Policy.SuppressTagKeyword = true;
  Policy.FullyQualifiedName = true;
  Site.ObjectText =
      holderType(V->getType()).Object.getUnqualifiedType().getAsString(Policy);
  if (std::string Array = arrayText(V, Spans, Policy); !Array.empty())
    Site.ObjectText = Array, Site.Object = {};
  InitialiserText Init = initialiserText(V, Spans);
  Site.Style = Init.Style;
  Site.Init = Init.Where.Where;
  Site.UsesLocals = usesLocals(V->getInit());
  Site.Empty = Site.Definition && beginsEmpty(V);
  Site.Constant = V->getType().isConstQualified();
  Facts.add(Site);
}

bool DeclarationFacts::isContext(QualType Type) const {
  const CXXRecordDecl *R = recordOf(Type);
  return R && R->getQualifiedNameAsString() == Options.ContextType;
}

/// \p Expression with \p Name for what stands in braces, if a variable of that
/// name and class is meant.
static std::string yielded(llvm::StringRef Expression, llvm::StringRef Name,
                           const CXXRecordDecl *R, bool Pointer) {
  auto [Before, Rest] = Expression.split('{');
  auto [Meant, After] = Rest.split('}');
  Meant = Meant.trim();
  Meant.consume_front("::");
  if (Meant != Name && (!R || R->getQualifiedNameAsString() != Meant))
    return {};
  std::string Dot = Pointer && After.consume_front(".") ? "->" : "";
  return (Before + Name + Dot + After).str();
}

std::string DeclarationFacts::contextFrom(QualType Type, llvm::StringRef Name,
                                          bool &Direct) const {
  if (Name.empty() || Type.isNull())
    return {};
  Direct = isContext(Type);
  if (Direct)
    return Name.str();
  HolderType Held = holderType(Type.getNonReferenceType().getUnqualifiedType());
  bool Pointer = Held.How != Holder::Value && Held.How != Holder::Reference;
  if (Pointer && isContext(Held.Object)) {
    Direct = false;
    return "*" + Name.str();
  }
  const CXXRecordDecl *R = recordOf(Held.Object);
  for (const std::string &Expression : Options.ContextExpressions)
    if (std::string Text = yielded(Expression, Name, R, Pointer); !Text.empty())
      return Text;
  if (!R || !(R = R->getDefinition()) || !Spans.user(R->getLocation()))
    return {};
  for (const CXXMethodDecl *M : R->methods())
    if (M->isConst() && !M->isStatic() && M->getNumParams() == 0 &&
        M->getAccess() == AS_public && M->getIdentifier() &&
        isContext(M->getReturnType()))
      return (Name + (Pointer ? "->" : ".") + M->getName() + "()").str();
  return {};
}

void DeclarationFacts::record(const CXXRecordDecl *R) {
  if (!R->isThisDeclarationADefinition() || R->isLambda() ||
      R->isInjectedClassName() || !Spans.user(R->getLocation()))
    return;
  RecordFact Fact;
  Fact.Record = Facts.symbol(R);
  if (Fact.Record == NoSymbol)
    return;
  Fact.QualifiedName = patternOf(R)->getQualifiedNameAsString();
  Fact.Template = patternOf(R)->isTemplated();
  Fact.ProcessWide = annotated(R, "isolation::process_wide");
  Fact.Abstract = patternOf(R)->isAbstract();
  Facts.add(Fact);
  for (const CXXBaseSpecifier &Base : R->bases()) {
    FieldFact Field;
    Field.Record = Fact.Record;
    Field.Base = true;
    const CXXRecordDecl *B = recordOf(Base.getType());
    bool User = B && Spans.user(B->getLocation());
    if (User)
      Field.Owned = Facts.symbol(B);
    Field.Field = Field.Owned;
    Field.State = !User && !(B && B->hasDefinition() && B->isEmpty()) &&
                  !objectOwner(Base.getType());
    Field.Type = typeText(Base.getType(), Spans.LO);
    Field.Place = Spans.place(Base.getBeginLoc());
    Facts.add(Field);
  }
  for (const FieldDecl *F : R->fields())
    field(F, Fact.Record);
}

void DeclarationFacts::body(const FunctionDecl *F) {
  const auto *Try = dyn_cast<CXXTryStmt>(F->getBody());
  const Stmt *Block = Try ? Try->getTryBlock() : F->getBody();
  EditableSpan Where = Spans.tokens(Block->getSourceRange());
  const auto *M = dyn_cast<CXXMethodDecl>(F);
  BodyFact Fact;
  Fact.Function = Facts.symbol(F);
  Fact.Body = Where.Where;
  Fact.State = Where.State;
  Fact.Coroutine = isa<CoroutineBodyStmt>(F->getBody());
  Fact.Try = Try;
  Fact.StaticContext = !M || M->isStatic();
  Facts.add(Fact);
}

void DeclarationFacts::leads(QualType Type, FieldFact &Field) {
  auto To = [&](const CXXRecordDecl *R, Lead How) {
    if (!R || !Spans.user(R->getLocation()))
      return;
    Field.Led = Facts.symbol(R);
    Field.Leads = How;
  };
  HolderType Whole = holderType(Type);
  if (Whole.How == Holder::RawPointer)
    return To(elementRecordOf(Whole.Object), Lead::Pointer);
  ContainedType Element = containedIn(Whole.Object);
  To(Element.Record, Element.Pointers ? Lead::ElementPointer : Lead::Element);
}

void DeclarationFacts::field(const FieldDecl *F, SymbolIndex Record) {
  FieldFact Field;
  Field.Record = Record;
  Field.Field = Facts.symbol(F);
  Field.Name = F->getNameAsString();
  Field.Type = typeText(F->getType(), Spans.LO);
  HolderType Type = holderType(F->getType());
  Field.Const = F->getType().isConstQualified();
  Field.MutableKeyword = F->isMutable();
  Field.Synchronisation = isSynchronisation(F->getType());
  Field.Resource = resourceOf(F->getType());
  Field.Stream = leadsToStream(F->getType());
  leads(F->getType(), Field);
  const CXXRecordDecl *Owned = elementRecordOf(Type.Object);
  bool Owns = Type.How == Holder::Value || Type.How == Holder::UniquePtr ||
              Type.How == Holder::SharedPtr || Type.How == Holder::SmartPtr ||
              Type.How == Holder::Optional || Type.How == Holder::Library;
  if (Owns && Owned && Spans.user(Owned->getLocation()))
    Field.Owned = Facts.symbol(Owned);
  Field.State = Type.How != Holder::Value || Field.Owned == NoSymbol;
  Field.Place = Spans.place(F->getLocation());
  Facts.add(Field);
  bool Direct = false;
  if (std::string E = contextFrom(F->getType(), F->getName(), Direct);
      !E.empty())
    Facts.add(ContextMemberFact{Record, E, Direct});
}

} // namespace unsingleton
