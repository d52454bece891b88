//===- KeyTest.cpp - A map is known to have a key ---------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/facts/KeyTest.h"
#include "checks/facts/Compat.h"
#include "checks/facts/StorageExpression.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/AST/StmtCXX.h"
#include <optional>

using namespace clang;

namespace unsingleton {

/// The variable that \p E names, or null.
static const VarDecl *variable(const Expr *E) {
  const auto *Ref = dyn_cast<DeclRefExpr>(bare(E));
  return Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
}

/// The variable, or member of this object, that \p E names; or null.
static const ValueDecl *named(const Expr *E) {
  const auto *M = dyn_cast<MemberExpr>(bare(E));
  if (M && isa<CXXThisExpr>(bare(M->getBase())))
    return M->getMemberDecl();
  return variable(E);
}

namespace {
/// What a condition tells of one key of one map.
class KeyTest {
public:
  KeyTest(const ValueDecl *Map, const VarDecl *Key) : Map(Map), Key(Key) {}

  /// Whether \p Condition, where it comes out as \p Outcome, says that the key
  /// is there.
  bool says(const Expr *Condition, bool Outcome) const {
    const Expr *E = bare(Condition);
    if (const auto *U = dyn_cast<UnaryOperator>(E))
      return U->getOpcode() == UO_LNot && says(U->getSubExpr(), !Outcome);
    if (const auto *R = dyn_cast<CXXRewrittenBinaryOperator>(E))
      return says(R->getSemanticForm(), Outcome);
    if (const auto *B = dyn_cast<BinaryOperator>(E)) {
      // All parts of a true `&&` are true, all of a false `||` are false.
      if (B->isLogicalOp())
        return (B->getOpcode() == BO_LAnd) == Outcome &&
               (says(B->getLHS(), Outcome) || says(B->getRHS(), Outcome));
      return counts(B->getLHS()) && isZero(B->getRHS()) &&
             (Outcome ? B->getOpcode() == BO_NE || B->getOpcode() == BO_GT
                      : B->getOpcode() == BO_EQ);
    }
    if (const auto *C = dyn_cast<CXXOperatorCallExpr>(E)) {
      bool Equal = C->getOperator() == OO_EqualEqual;
      return (Equal || C->getOperator() == OO_ExclaimEqual) &&
             C->getNumArgs() == 2 && Equal != Outcome &&
             ((finds(C->getArg(0)) && ends(C->getArg(1))) ||
              (ends(C->getArg(0)) && finds(C->getArg(1))));
    }
    return Outcome && counts(E);
  }

private:
  /// A call of the map's method \p Name.
  const CXXMemberCallExpr *call(const Expr *E, llvm::StringRef Name) const {
    E = bare(E);
    // An iterator becomes a const_iterator.
    if (const auto *C = dyn_cast<CXXConstructExpr>(E);
        C && C->getNumArgs() == 1)
      E = bare(C->getArg(0));
    const auto *Call = dyn_cast<CXXMemberCallExpr>(E);
    const CXXMethodDecl *M = Call ? Call->getMethodDecl() : nullptr;
    return M && M->getIdentifier() && M->getName() == Name &&
                   named(Call->getImplicitObjectArgument()) == Map
               ? Call
               : nullptr;
  }
  bool ofKey(const CXXMemberCallExpr *Call) const {
    return Call && Call->getNumArgs() == 1 && variable(Call->getArg(0)) == Key;
  }
  bool finds(const Expr *E) const { return ofKey(call(E, "find")); }
  bool ends(const Expr *E) const { return call(E, "end") != nullptr; }
  bool counts(const Expr *E) const {
    return ofKey(call(E, "count")) || ofKey(call(E, "contains"));
  }
  static bool isZero(const Expr *E) {
    const auto *Number = dyn_cast<IntegerLiteral>(bare(E));
    return Number && Number->getValue().isZero();
  }

  const ValueDecl *Map;
  const VarDecl *Key;
};

/// Looks for anything behind \p After that may give \p V another value: any
/// mention of it but as a value or as const.
class ChangeFinder : public RecursiveASTVisitor<ChangeFinder> {
public:
  ChangeFinder(const VarDecl *V, SourceLocation After)
      : V(V), After(After), Sources(V->getASTContext().getSourceManager()) {}
  bool Found = false;

  bool TraverseImplicitCastExpr(ImplicitCastExpr *E) {
    bool Read = E->getCastKind() == CK_LValueToRValue ||
                E->getType().isConstQualified();
    if (Read && variable(E->getSubExpr()) == V)
      return true;
    return RecursiveASTVisitor::TraverseImplicitCastExpr(E);
  }
  bool VisitDeclRefExpr(DeclRefExpr *E) {
    Found |= E->getDecl() == V &&
             !V->getType().getNonReferenceType().isConstQualified() &&
             Sources.isBeforeInTranslationUnit(After, E->getBeginLoc());
    return !Found;
  }

private:
  const VarDecl *V;
  SourceLocation After;
  const SourceManager &Sources;
};
} // namespace

static bool leaves(const Stmt *S) {
  if (const auto *Block = dyn_cast<CompoundStmt>(S))
    return !Block->body_empty() && leaves(Block->body_back());
  return isa<ReturnStmt, ContinueStmt, BreakStmt, CXXThrowExpr>(S);
}

/// The test, of those that decide whether \p Child of \p S runs, that finds the
/// key; or null.
static const Expr *deciding(const KeyTest &Test, const Stmt *S,
                            const Stmt *Child) {
  if (const auto *If = dyn_cast<IfStmt>(S))
    return (Child == If->getThen() && Test.says(If->getCond(), true)) ||
                   (Child == If->getElse() && Test.says(If->getCond(), false))
               ? If->getCond()
               : nullptr;
  if (const auto *C = dyn_cast<ConditionalOperator>(S))
    return (Child == C->getTrueExpr() && Test.says(C->getCond(), true)) ||
                   (Child == C->getFalseExpr() &&
                    Test.says(C->getCond(), false))
               ? C->getCond()
               : nullptr;
  if (const auto *B = dyn_cast<BinaryOperator>(S))
    return B->isLogicalOp() && Child == B->getRHS() &&
                   Test.says(B->getLHS(), B->getOpcode() == BO_LAnd)
               ? B->getLHS()
               : nullptr;
  const auto *Block = dyn_cast<CompoundStmt>(S);
  if (!Block)
    return nullptr;
  const Expr *Found = nullptr;
  for (const Stmt *Earlier : Block->body()) {
    if (Earlier == Child)
      break;
    const auto *If = dyn_cast<IfStmt>(Earlier);
    if (If && !If->getElse() && leaves(If->getThen()) &&
        Test.says(If->getCond(), false))
      Found = If->getCond();
  }
  return Found;
}

bool isKeyPresent(llvm::ArrayRef<const Stmt *> Path, size_t At) {
  const auto *Subscript = dyn_cast<CXXOperatorCallExpr>(Path[At]);
  if (!Subscript || Subscript->getNumArgs() != 2)
    return false;
  const ValueDecl *Map = named(Subscript->getArg(0));
  const VarDecl *Key = variable(Subscript->getArg(1));
  // What others can change, they may change meanwhile.
  if (!Map || !Key || !Key->hasLocalStorage() ||
      (Key->getType()->isReferenceType() &&
       !Key->getType()->getPointeeType().isConstQualified()))
    return false;
  KeyTest Test(Map, Key);
  for (size_t I = At; I-- > 0;) {
    if (isa<LambdaExpr>(Path[I]))
      return false;
    if (const Expr *Found = deciding(Test, Path[I], Path[I + 1])) {
      ChangeFinder Changes(Key, Found->getEndLoc());
      Changes.TraverseStmt(const_cast<Stmt *>(Path.front()));
      return !Changes.Found;
    }
  }
  return false;
}

} // namespace unsingleton
