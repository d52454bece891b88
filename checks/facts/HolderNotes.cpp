//===- HolderNotes.cpp - Notes on libraries' templates ----------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/facts/HolderNotes.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/StringExtras.h"

using namespace clang;
using namespace unsingleton;

namespace {
struct Row {
  llvm::StringRef Name;
  llvm::StringRef Methods; ///< separated by commas, as the others
  llvm::StringRef Upkeep;
  llvm::StringRef Object;
  bool PerThread = false;
  bool Itself = false;
};

constexpr Row Table[] = {
#define HOLDER(NAME, METHODS, UPKEEP, OBJECT, PER_THREAD, ITSELF)              \
  {NAME, METHODS, UPKEEP, OBJECT, PER_THREAD, ITSELF},
#include "checks/facts/LibraryHolders.def"
};

constexpr llvm::StringRef Prefix = "unsingleton::holder|";

ClassTemplateDecl *findTemplate(ASTContext &Context, llvm::StringRef Name) {
  const DeclContext *Where = Context.getTranslationUnitDecl();
  ClassTemplateDecl *Found = nullptr;
  llvm::SmallVector<llvm::StringRef, 4> Parts;
  Name.split(Parts, "::");
  for (llvm::StringRef Part : Parts) {
    if (!Where)
      return nullptr;
    const DeclContext *Inner = nullptr;
    Found = nullptr;
    for (NamedDecl *D : Where->lookup(&Context.Idents.get(Part))) {
      NamedDecl *Meant = D->getUnderlyingDecl();
      if (const auto *Alias = dyn_cast<NamespaceAliasDecl>(Meant))
        Inner = Alias->getNamespace();
      else if (isa<NamespaceDecl, CXXRecordDecl>(Meant))
        Inner = cast<DeclContext>(Meant);
      else
        Found = dyn_cast<ClassTemplateDecl>(Meant);
    }
    Where = Inner;
  }
  return Found;
}

/// Whether \p Class has one of the methods that \p R says hand the object out;
/// one of the same name that has none is the project's own.
bool hasMethods(const ClassTemplateDecl *Class, const Row &R) {
  const CXXRecordDecl *Pattern = Class->getTemplatedDecl()->getDefinition();
  return !Pattern || R.Methods.empty() ||
         llvm::any_of(Pattern->methods(), [&](const CXXMethodDecl *M) {
           return M->getIdentifier() &&
                  HolderNote::lists(R.Methods, M->getName());
         });
}

void note(ASTContext &Context, const Row &R) {
  ClassTemplateDecl *Template = findTemplate(Context, R.Name);
  if (!Template || !hasMethods(Template, R))
    return;
  std::string Text =
      (Prefix + R.Methods + "|" + R.Upkeep + "|" + R.Object + "|" +
       (R.PerThread ? "thread" : "") + "|" + (R.Itself ? "itself" : ""))
          .str();
  CXXRecordDecl *Pattern = Template->getCanonicalDecl()->getTemplatedDecl();
  for (const auto *A : Pattern->specific_attrs<AnnotateAttr>())
    if (A->getAnnotation() == Text)
      return; // another check of the same unit was here
  Pattern->addAttr(AnnotateAttr::CreateImplicit(Context, Text, nullptr, 0));
}
/// Of the table, the row of a holder whose variables own their objects, and of
/// which \p Class is a copy in another namespace: of its name and shape.
const Row *copiedRow(const ClassTemplateDecl *Class) {
  if (!Class->getIdentifier())
    return nullptr;
  const CXXRecordDecl *Pattern = Class->getTemplatedDecl()->getDefinition();
  for (const Row &R : Table) {
    if (llvm::StringRef(R.Name).rsplit("::").second != Class->getName() ||
        !Pattern || R.Methods.empty())
      continue;
    bool Reaches = false;
    for (const CXXMethodDecl *M : Pattern->methods()) {
      QualType Result = M->getReturnType();
      if (!M->getIdentifier() || !HolderNote::lists(R.Methods, M->getName()))
        continue;
      if (M->isStatic())
        return nullptr; // it would be the project's own holder: OwnHolder.h
      const auto *T =
          Result->isPointerType() || Result->isReferenceType()
              ? Result->getPointeeType()->getAs<TemplateTypeParmType>()
              : nullptr;
      Reaches |= T && T->getIndex() == 0;
    }
    if (Reaches)
      return &R;
  }
  return nullptr;
}
} // namespace

bool unsingleton::isHolderEntry(llvm::StringRef Entry) {
  auto IsName = [](llvm::StringRef Text) {
    return !Text.empty() && !llvm::isDigit(Text.front()) &&
           llvm::all_of(Text,
                        [](char C) { return llvm::isAlnum(C) || C == '_'; });
  };
  auto [Name, Methods] = Entry.split('=');
  llvm::SmallVector<llvm::StringRef, 4> Parts, Listed;
  Name.split(Parts, "::");
  Methods.split(Listed, ',');
  return llvm::all_of(Parts, IsName) &&
         (!Entry.contains('=') || llvm::all_of(Listed, IsName));
}

void unsingleton::noteHolders(ASTContext &Context,
                              llvm::ArrayRef<std::string> Entries) {
  // The first note on a template counts: the project knows better.
  for (llvm::StringRef Entry : Entries) {
    auto [Name, Methods] = Entry.split('=');
    note(Context, {Name, Methods, "", "", false, false});
  }
  for (const Row &R : Table)
    note(Context, R);
}

std::optional<HolderNote> unsingleton::holderNote(const TemplateDecl *T) {
  const auto *Class = dyn_cast_or_null<ClassTemplateDecl>(T);
  if (!Class)
    return std::nullopt;
  const CXXRecordDecl *Pattern = Class->getCanonicalDecl()->getTemplatedDecl();
  for (const auto *A : Pattern->specific_attrs<AnnotateAttr>())
    if (llvm::StringRef Text = A->getAnnotation(); Text.consume_front(Prefix)) {
      HolderNote N;
      std::tie(N.Methods, Text) = Text.split('|');
      std::tie(N.Upkeep, Text) = Text.split('|');
      std::tie(N.Object, Text) = Text.split('|');
      std::tie(N.Thread, N.Itself) = Text.split('|');
      return N;
    }
  if (const Row *R = copiedRow(Class)) {
    HolderNote N;
    N.Methods = R->Methods;
    N.Upkeep = R->Upkeep;
    N.Object = R->Object;
    N.Thread = R->PerThread ? "thread" : "";
    N.Itself = R->Itself ? "itself" : "";
    return N;
  }
  const SourceManager &SM = Class->getASTContext().getSourceManager();
  if (!Class->getIdentifier() ||
      !Class->getName().contains_insensitive("singleton") ||
      !SM.isInSystemHeader(SM.getExpansionLoc(Class->getLocation())))
    return std::nullopt;
  HolderNote Guess;
  Guess.OnlyStatic = true;
  return Guess;
}

bool HolderNote::lists(llvm::StringRef List, llvm::StringRef Name) {
  while (!List.empty()) {
    auto [First, Rest] = List.split(',');
    if (First == Name)
      return true;
    List = Rest;
  }
  return false;
}
