//===- MutationPath.cpp - Does code change what an expression denotes? -*- C++
//-*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/facts/MutationPath.h"
#include "checks/facts/HolderType.h"
#include "checks/facts/StorageExpression.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;
using namespace unsingleton;

namespace {
/// What one step up the path means.
struct Step {
  enum { Climb, Stop } Next = Stop;
  MutationResult Result;

  static Step climb() { return {Climb, {}}; }
  static Step stop(Mutation Kind) { return {Stop, {Kind, nullptr}}; }
};

bool pointsToConst(QualType Type) {
  HolderType Held = holderType(Type);
  return Held.How != Holder::Value && Held.Object.isConstQualified();
}

bool isStdMap(QualType Type) {
  const CXXRecordDecl *R = recordOf(Type);
  return R && R->getIdentifier() &&
         (R->getName() == "map" || R->getName() == "unordered_map" ||
          R->getName() == "flat_hash_map");
}

/// A class whose value is a way to other state: pointer, iterator, handle.
bool passesOn(QualType Type) {
  if (Type->isPointerType() || Type->isReferenceType())
    return true;
  if (holderType(Type).How != Holder::Value)
    return true;
  const CXXRecordDecl *R = recordOf(Type);
  return R && R->getIdentifier() &&
         (R->getName().contains("iterator") ||
          R->getName().contains("Iterator") ||
          R->getName() == "reference_wrapper");
}

class Climber {
public:
  Climber(const SourceSpans &Spans, const VarDecl *Variable)
      : Spans(Spans), Variable(Variable) {}

  MutationResult run(llvm::ArrayRef<const Stmt *> Path) {
    for (size_t I = Path.size() - 1; I > 0; --I) {
      Step S = up(Path[I - 1], Path[I], I > 1 ? Path[I - 2] : nullptr);
      if (S.Next == Step::Stop)
        return S.Result;
    }
    return top(Path.front());
  }

private:
  /// The whole expression is an initialiser or a statement.
  MutationResult top(const Stmt *Outermost) {
    const auto *E = dyn_cast<Expr>(Outermost);
    return E && Variable ? alias(Variable, E).Result : MutationResult();
  }

  Step alias(const VarDecl *V, const Expr *Init) {
    QualType Type = V->getType();
    bool Way = passesOn(Type) || Type->isReferenceType();
    if (!Way || pointsToConst(Type))
      return Step::stop(Mutation::None);
    if (V->hasGlobalStorage())
      return Step::stop(Mutation::Escape);
    return {Step::Stop, {Mutation::Alias, V}};
  }

  Step up(const Stmt *Parent, const Stmt *Child, const Stmt *Grand) {
    if (const auto *Cast = dyn_cast<CastExpr>(Parent))
      return cast(Cast);
    if (isa<ParenExpr, ExprWithCleanups, MaterializeTemporaryExpr,
            CXXBindTemporaryExpr, ArraySubscriptExpr>(Parent))
      return Step::climb();
    if (const auto *U = dyn_cast<UnaryOperator>(Parent)) {
      if (U->isIncrementDecrementOp())
        return Step::stop(Mutation::Change);
      return U->getOpcode() == UO_AddrOf || U->getOpcode() == UO_Deref
                 ? Step::climb()
                 : Step::stop(Mutation::None);
    }
    if (const auto *B = dyn_cast<BinaryOperator>(Parent))
      return binary(B, Child);
    if (const auto *M = dyn_cast<MemberExpr>(Parent))
      return isa<CXXMethodDecl>(M->getMemberDecl()) ? method(M, Grand)
                                                    : Step::climb();
    if (isa<CXXMemberCallExpr>(Parent) &&
        as<CXXMemberCallExpr>(Parent)->getCallee() == Child)
      return Step::climb(); // a projection, decided at its MemberExpr
    if (const auto *C = dyn_cast<CXXOperatorCallExpr>(Parent))
      return operatorCall(C, Child);
    if (const auto *C = dyn_cast<CallExpr>(Parent))
      return argument(C->getDirectCallee(), C, Child);
    if (const auto *C = dyn_cast<CXXConstructExpr>(Parent))
      return construct(C, Child);
    if (const auto *D = dyn_cast<DeclStmt>(Parent))
      return declaration(D, Child);
    if (isa<ConditionalOperator>(Parent))
      return as<ConditionalOperator>(Parent)->getCond() == Child
                 ? Step::stop(Mutation::None)
                 : Step::climb();
    if (isa<CXXDeleteExpr>(Parent))
      return Step::stop(Mutation::Change);
    if (isa<ReturnStmt>(Parent))
      return as<Expr>(Child) && way(as<Expr>(Child))
                 ? Step::stop(Mutation::Escape)
                 : Step::stop(Mutation::None);
    return Step::stop(Mutation::None);
  }

  /// Whether the value of \p E lets its receiver change something.
  static bool way(const Expr *E) {
    if (E->isGLValue())
      return !E->getType().isConstQualified();
    return passesOn(E->getType()) && !pointsToConst(E->getType());
  }

  Step cast(const CastExpr *Cast) {
    switch (Cast->getCastKind()) {
    case CK_LValueToRValue:
      return Cast->getType()->isPointerType() && !pointsToConst(Cast->getType())
                 ? Step::climb()
                 : Step::stop(Mutation::None);
    case CK_PointerToBoolean:
    case CK_ToVoid:
      return Step::stop(Mutation::None);
    default:
      break;
    }
    bool Const = Cast->isGLValue() ? Cast->getType().isConstQualified()
                                   : pointsToConst(Cast->getType());
    return Const ? Step::stop(Mutation::None) : Step::climb();
  }

  Step binary(const BinaryOperator *B, const Stmt *Child) {
    if (B->isAssignmentOp() && B->getLHS() == Child)
      return Step::stop(Mutation::Change);
    if (B->isAssignmentOp()) // stored somewhere: from there it may be changed
      return Step::stop(way(B->getRHS()) ? Mutation::Escape : Mutation::None);
    if (B->getOpcode() == BO_Comma && B->getRHS() == Child)
      return Step::climb();
    bool Arithmetic = B->isAdditiveOp() && B->getType()->isPointerType();
    return Arithmetic ? Step::climb() : Step::stop(Mutation::None);
  }

  Step method(const MemberExpr *M, const Stmt *Call) {
    const auto *Method = dyn_cast<CXXMethodDecl>(M->getMemberDecl());
    if (Method->isStatic())
      return Step::stop(Mutation::None);
    bool System = !Spans.user(Method->getLocation());
    std::string Name = Method->getNameAsString();
    const auto *Result = dyn_cast_or_null<Expr>(Call);
    if (System && isProjection(Name))
      return Result && way(Result) ? Step::climb() : Step::stop(Mutation::None);
    if (Method->isConst())
      return Step::stop(Mutation::None);
    if (System || Method->isVirtual())
      return Step::stop(Mutation::Change);
    return Step::stop(Mutation::None);
  }

  Step operatorCall(const CXXOperatorCallExpr *C, const Stmt *Child) {
    const auto *Method = dyn_cast_or_null<CXXMethodDecl>(C->getDirectCallee());
    bool Object = C->getNumArgs() && C->getArg(0) == Child && Method &&
                  !Method->isStatic();
    if (!Object)
      return argument(C->getDirectCallee(), C, Child);
    bool System = !Spans.user(Method->getLocation());
    OverloadedOperatorKind Op = C->getOperator();
    bool Projects = Op == OO_Star || Op == OO_Arrow ||
                    (Op == OO_Subscript && !isStdMap(C->getArg(0)->getType()));
    if (System && Projects)
      return way(C) ? Step::climb() : Step::stop(Mutation::None);
    if (Method->isConst())
      return Step::stop(Mutation::None);
    return Step::stop(System || Method->isDefaulted() || Method->isVirtual()
                          ? Mutation::Change
                          : Mutation::None);
  }

  Step argument(const FunctionDecl *Callee, const CallExpr *C,
                const Stmt *Child) {
    const auto *E = dyn_cast<Expr>(Child);
    if (!E || C->getCallee() == Child)
      return Step::stop(Mutation::None);
    if (!Callee)
      return Step::stop(way(E) ? Mutation::Escape : Mutation::None);
    unsigned First = isa<CXXOperatorCallExpr>(C) &&
                             isa<CXXMethodDecl>(Callee) &&
                             !as<CXXMethodDecl>(Callee)->isStatic()
                         ? 1
                         : 0;
    for (unsigned I = First; I < C->getNumArgs(); ++I)
      if (C->getArg(I) == Child)
        return parameter(Callee, I - First, E, way(C));
    return Step::stop(Mutation::None);
  }

  Step parameter(const FunctionDecl *Callee, unsigned Index, const Expr *E,
                 bool ResultIsWay) {
    bool System = !Spans.user(Callee->getLocation());
    if (System && Callee->getIdentifier() && isProjection(Callee->getName()))
      return ResultIsWay ? Step::climb() : Step::stop(Mutation::None);
    if (Index < Callee->getNumParams()) {
      QualType Type = Callee->getParamDecl(Index)->getType();
      if (!passesOn(Type) || pointsToConst(Type))
        return Step::stop(Mutation::None);
    }
    if (!way(E))
      return Step::stop(Mutation::None);
    return Step::stop(System ? Mutation::Change : Mutation::Escape);
  }

  Step construct(const CXXConstructExpr *C, const Stmt *Child) {
    const auto *E = dyn_cast<Expr>(Child);
    if (!E)
      return Step::stop(Mutation::None);
    if (C->getConstructor()->isCopyOrMoveConstructor() ||
        passesOn(C->getType()))
      return passesOn(C->getType()) && way(C) ? Step::climb()
                                              : Step::stop(Mutation::None);
    for (unsigned I = 0; I < C->getNumArgs(); ++I)
      if (C->getArg(I) == Child)
        return parameter(C->getConstructor(), I, E, false);
    return Step::stop(Mutation::None);
  }

  Step declaration(const DeclStmt *D, const Stmt *Child) {
    for (const Decl *One : D->decls())
      if (const auto *V = dyn_cast<VarDecl>(One); V && V->getInit() == Child)
        return alias(V, as<Expr>(Child));
    return Step::stop(Mutation::None);
  }

  template <class T> static const T *as(const Stmt *S) {
    return dyn_cast_or_null<T>(S);
  }
  template <class T> static const T *as(const Decl *D) {
    return dyn_cast_or_null<T>(D);
  }

  const SourceSpans &Spans;
  const VarDecl *Variable;
};
} // namespace

MutationResult unsingleton::mutationOf(llvm::ArrayRef<const Stmt *> Path,
                                       const VarDecl *Variable,
                                       const SourceSpans &Spans) {
  return Path.empty() ? MutationResult() : Climber(Spans, Variable).run(Path);
}
