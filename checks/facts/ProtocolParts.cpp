//===- ProtocolParts.cpp - What accessors guard creation with -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/facts/ProtocolParts.h"
#include "checks/facts/HolderType.h"
#include "checks/facts/StorageExpression.h"
#include "clang/AST/RecursiveASTVisitor.h"

using namespace clang;

namespace unsingleton {

bool isLock(QualType Type) {
  const CXXRecordDecl *R = recordOf(Type);
  if (!R || !R->getIdentifier())
    return false;
  llvm::StringRef Name = R->getName();
  return Name == "lock_guard" || Name == "unique_lock" ||
         Name == "scoped_lock" || Name == "shared_lock";
}

bool locks(const CallExpr *C) {
  const FunctionDecl *F = C->getDirectCallee();
  return F && F->getIdentifier() && C->getNumArgs() == 1 &&
         (F->getName() == "pthread_mutex_lock" ||
          F->getName() == "pthread_mutex_unlock" ||
          F->getName() == "pthread_spin_lock" ||
          F->getName() == "pthread_spin_unlock");
}

bool callsOnce(const CallExpr *C) {
  const FunctionDecl *F = C->getDirectCallee();
  return F && F->getIdentifier() && C->getNumArgs() == 2 &&
         (F->getName() == "call_once" || F->getName() == "pthread_once");
}

const FunctionDecl *namedFunction(const Expr *E) {
  if (const auto *U = dyn_cast<UnaryOperator>(E);
      U && U->getOpcode() == UO_AddrOf)
    E = bare(U->getSubExpr());
  const auto *Ref = dyn_cast<DeclRefExpr>(E);
  return Ref ? dyn_cast<FunctionDecl>(Ref->getDecl()) : nullptr;
}

const ConditionalOperator *choiceIn(const Expr *E) {
  E = bare(E);
  if (const auto *U = dyn_cast<UnaryOperator>(E);
      U && U->getOpcode() == UO_Deref)
    return choiceIn(U->getSubExpr());
  if (const auto *C = dyn_cast<CXXOperatorCallExpr>(E);
      C && C->getOperator() == OO_Star && C->getNumArgs() == 1)
    return choiceIn(C->getArg(0));
  return dyn_cast<ConditionalOperator>(E);
}

bool partOf(StatementKind Kind, const Stmt *Inner) {
  return Kind == StatementKind::NullCheck || Kind == StatementKind::Lock ||
         Kind == StatementKind::Creation || Kind == StatementKind::LocalCopy ||
         isa<NullStmt>(Inner);
}

namespace {
class Finder : public RecursiveASTVisitor<Finder> {
public:
  llvm::SmallVector<std::pair<const VarDecl *, SourceRange>, 2> Found;
  bool VisitDeclRefExpr(DeclRefExpr *E) {
    if (const auto *V = dyn_cast<VarDecl>(E->getDecl()); isStorage(V))
      Found.push_back({V, E->getSourceRange()});
    return true;
  }
  bool VisitMemberExpr(MemberExpr *E) {
    if (const auto *V = dyn_cast<VarDecl>(E->getMemberDecl()); isStorage(V))
      Found.push_back({V, E->getSourceRange()});
    return true;
  }
};
} // namespace

llvm::SmallVector<std::pair<const VarDecl *, SourceRange>, 2>
storagesIn(const Expr *E) {
  Finder Storages;
  Storages.TraverseStmt(const_cast<Expr *>(E));
  return std::move(Storages.Found);
}

llvm::SmallVector<const VarDecl *, 2> holdersIn(const Stmt *Body) {
  Finder Storages;
  Storages.TraverseStmt(const_cast<Stmt *>(Body));
  llvm::SmallVector<const VarDecl *, 2> Holders;
  for (auto [V, Range] : Storages.Found)
    if (holderType(V->getType()).How != Holder::Value &&
        !llvm::is_contained(Holders, V->getCanonicalDecl()))
      Holders.push_back(V->getCanonicalDecl());
  return Holders;
}

} // namespace unsingleton
