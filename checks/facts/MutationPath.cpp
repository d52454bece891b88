//===- MutationPath.cpp - Does code change what an expression denotes? -*- C++
//-*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/facts/MutationPath.h"
#include "checks/facts/CreationFacts.h"
#include "checks/facts/HolderType.h"
#include "checks/facts/LibraryCalls.h"
#include "checks/facts/LibraryHolder.h"
#include "checks/facts/StorageExpression.h"
#include "checks/facts/Ways.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;
using namespace unsingleton;

namespace {
bool isStdMap(QualType Type) {
  const CXXRecordDecl *R = recordOf(Type);
  return R && R->getIdentifier() &&
         (R->getName() == "map" || R->getName() == "unordered_map" ||
          R->getName() == "flat_hash_map");
}

/// A parameter of the function around, as it is or moved from.
bool isParameter(const Expr *E) {
  E = bare(E);
  if (const auto *C = dyn_cast<CallExpr>(E);
      C && C->getNumArgs() == 1 &&
      (isStd(C->getDirectCallee(), "move") ||
       isStd(C->getDirectCallee(), "forward")))
    E = bare(C->getArg(0));
  const auto *Ref = dyn_cast<DeclRefExpr>(E);
  return Ref && isa<ParmVarDecl>(Ref->getDecl());
}

/// Whether \p E names a parameter of the function around.
bool varies(const Stmt *E) {
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
    return isa<ParmVarDecl>(Ref->getDecl());
  if (isa<LambdaExpr>(E))
    return false;
  return llvm::any_of(E->children(),
                      [](const Stmt *S) { return S && varies(S); });
}

/// Climbs from an expression to its parents for as long as their values lead
/// to the same state; notes what happens to it on the way.
class Climber {
public:
  Climber(const SourceSpans &Spans, const VarDecl *Variable,
          const FieldDecl *Field)
      : Spans(Spans), Variable(Variable), Field(Field) {}

  llvm::SmallVector<MutationResult, 2> run(llvm::ArrayRef<const Stmt *> Path) {
    size_t I = Path.size() - 1;
    if (const auto *E = dyn_cast<Expr>(Path.back()))
      Beyond = E->isGLValue() && E->getType().isConstQualified();
    for (; I > 0; --I) {
      First = I + 1 == Path.size();
      if (!up(Path[I - 1], Path[I], I > 1 ? Path[I - 2] : nullptr))
        return std::move(Results);
    }
    // The whole expression is an initialiser or a statement.
    const auto *E = dyn_cast<Expr>(Path.front());
    if (E && Variable)
      alias(Variable);
    else if (E && Field && Field->getType()->isReferenceType() &&
             isOpenWay(Field->getType()) && givesWay(E))
      escape(); // what it is a member of changes it
    return std::move(Results);
  }

private:
  enum : bool { Stop = false, Climb = true };

  bool add(MutationResult R) {
    R.Provided = Provided;
    R.Beyond = Beyond;
    Results.push_back(R);
    return Stop;
  }
  bool change() {
    MutationResult R;
    R.Direct = First;
    return add(R);
  }
  bool count() {
    MutationResult R;
    R.Count = true;
    R.Direct = First;
    return add(R);
  }
  bool escape() {
    MutationResult R;
    R.Kind = Mutation::Escape;
    return add(R);
  }
  void through(const FunctionDecl *Callee, Part Of) {
    MutationResult R;
    R.Through = Callee;
    R.ThroughPart = Of;
    add(R);
  }
  /// Goes on with what \p Callee returned, if that may lead to the state.
  bool result(const FunctionDecl *Callee, const Expr *Call) {
    if (!Call || !givesWay(Call))
      return Stop;
    if (!Provided)
      Provided = Callee;
    return Climb;
  }

  bool alias(const VarDecl *V) {
    if (!isOpenWay(V->getType()))
      return Stop;
    if (V->hasGlobalStorage() && !V->isStaticLocal() &&
        V->hasExternalFormalLinkage())
      return escape();
    MutationResult R;
    R.Kind = Mutation::Alias;
    R.Alias = V;
    return add(R);
  }

  bool up(const Stmt *Parent, const Stmt *Child, const Stmt *Grand) {
    if (const auto *Cast = dyn_cast<CastExpr>(Parent))
      return cast(Cast);
    if (isa<ParenExpr, ExprWithCleanups, MaterializeTemporaryExpr,
            CXXBindTemporaryExpr, ConstantExpr>(Parent))
      return Climb;
    if (const auto *S = dyn_cast<ArraySubscriptExpr>(Parent))
      return S->getBase() == Child ? Climb : Stop;
    if (const auto *U = dyn_cast<UnaryOperator>(Parent)) {
      if (U->isIncrementDecrementOp())
        return count();
      return U->getOpcode() == UO_AddrOf || U->getOpcode() == UO_Deref ? Climb
                                                                       : Stop;
    }
    if (const auto *B = dyn_cast<BinaryOperator>(Parent))
      return binary(B, Child);
    if (const auto *M = dyn_cast<MemberExpr>(Parent))
      return member(M, Grand);
    if (const auto *C = dyn_cast<CXXMemberCallExpr>(Parent);
        C && C->getCallee() == Child)
      return Climb; // what follows was decided at its MemberExpr
    if (const auto *C = dyn_cast<CXXOperatorCallExpr>(Parent))
      return operatorCall(C, Child);
    if (const auto *C = dyn_cast<CallExpr>(Parent))
      return argument(C->getDirectCallee(), C, Child);
    if (const auto *C = dyn_cast<CXXConstructExpr>(Parent))
      return construct(C, Child);
    if (const auto *D = dyn_cast<DeclStmt>(Parent))
      return declaration(D, Child);
    if (const auto *F = dyn_cast<CXXForRangeStmt>(Parent))
      return F->getRangeInit() == Child && F->getLoopVariable()
                 ? alias(F->getLoopVariable())
                 : Stop;
    if (const auto *C = dyn_cast<ConditionalOperator>(Parent))
      return C->getCond() == Child ? Stop : Climb;
    if (isa<CXXDeleteExpr>(Parent))
      return change();
    if (isa<ReturnStmt, CoreturnStmt>(Parent))
      return returned(dyn_cast<Expr>(Child), isa<ReturnStmt>(Parent));
    if (isa<InitListExpr, CXXThrowExpr, CoyieldExpr, ParenListExpr>(Parent)) {
      const auto *E = dyn_cast<Expr>(Child);
      // An object in a list of initialisers is bound to a reference; of a
      // number, its value is taken.
      bool Bound = E && E->isGLValue() && isa<InitListExpr>(Parent) &&
                   !E->getType()->isArithmeticType();
      return E && (Bound || isWay(E->getType())) && givesWay(E) ? escape()
                                                                : Stop;
    }
    if (const auto *L = dyn_cast<LambdaExpr>(Parent))
      return capture(L, Child);
    return Stop;
  }

  bool returned(const Expr *E, bool Plain) {
    if (!E || !givesWay(E))
      return Stop;
    MutationResult R;
    R.Kind = Plain ? Mutation::Return : Mutation::Escape;
    return add(R);
  }

  /// `[&x = g]`
  bool capture(const LambdaExpr *L, const Stmt *Child) {
    for (const LambdaCapture &C : L->captures())
      if (C.capturesVariable())
        if (const auto *V = dyn_cast<VarDecl>(C.getCapturedVar());
            V && V->isInitCapture() && V->getInit() == Child)
          return alias(V);
    return Stop;
  }

  bool cast(const CastExpr *Cast) {
    switch (Cast->getCastKind()) {
    case CK_LValueToRValue:
      Beyond = true;
      return isWay(Cast->getType()) && isOpenWay(Cast->getType()) ? Climb
                                                                  : Stop;
    case CK_PointerToBoolean:
    case CK_ToVoid:
    case CK_PointerToIntegral:
      return Stop;
    case CK_DerivedToBase:
    case CK_UncheckedDerivedToBase: // `p->` of a shared_ptr: `->` is inherited
      if (holderType(Cast->getSubExpr()->getType()).How == Holder::SharedPtr)
        return isOpenWay(Cast->getSubExpr()->getType()) ? Climb : Stop;
      break;
    default:
      break;
    }
    if (Cast->isGLValue()) {
      bool WasConst = Cast->getSubExpr()->getType().isConstQualified();
      if (Cast->getType().isConstQualified() != WasConst)
        Beyond = !WasConst; // const_cast gives the variable back
      return givesWay(Cast) ? Climb : Stop;
    }
    QualType Type = Cast->getType();
    return !isWay(Type) || isOpenWay(Type) ? Climb : Stop;
  }

  bool binary(const BinaryOperator *B, const Stmt *Child) {
    if (B->isAssignmentOp() && B->getLHS() == Child) {
      MutationResult R;
      R.Replace = First && B->getOpcode() == BO_Assign;
      R.Direct = First;
      R.Injected = isParameter(B->getRHS());
      R.Fresh = makesObject(B->getRHS());
      R.Varies = varies(B->getRHS());
      R.Self = R.Replace && isa<CXXThisExpr>(bare(B->getRHS()));
      R.Count =
          B->getOpcode() == BO_AddAssign || B->getOpcode() == BO_SubAssign;
      return add(R);
    }
    if (B->isAssignmentOp()) // stored somewhere: from there it may be changed
      return givesWay(B->getRHS()) && isWay(B->getRHS()->getType())
                 ? stored(B->getLHS())
                 : Stop;
    if (B->isPtrMemOp())
      return B->getLHS() != Child            ? Stop
             : B->getType()->isBuiltinType() ? change()
                                             : Climb;
    if (B->getOpcode() == BO_Comma && B->getRHS() == Child)
      return Climb;
    return B->isAdditiveOp() && B->getType()->isPointerType() ? Climb : Stop;
  }

  bool stored(const Expr *To) {
    const auto *Ref = dyn_cast<DeclRefExpr>(To->IgnoreParenImpCasts());
    const auto *V = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
    return V && V->hasLocalStorage() && !V->getType()->isReferenceType()
               ? alias(V)
               : escape();
  }

  bool member(const MemberExpr *M, const Stmt *Call) {
    if (const auto *Method = dyn_cast<CXXMethodDecl>(M->getMemberDecl())) {
      if (Method->isStatic())
        return Stop;
      return method(Method, dyn_cast_or_null<Expr>(Call));
    }
    const ValueDecl *Field = M->getMemberDecl();
    return isa<VarDecl>(Field) || isSynchronisation(Field->getType()) ? Stop
                                                                      : Climb;
  }

  bool method(const CXXMethodDecl *Method, const Expr *Call) {
    if (handsOut(Method))
      return Call && givesWay(Call) ? Climb : Stop;
    if (isUpkeep(Method))
      return Stop;
    if (Spans.user(Method->getLocation())) {
      if (Method->isDefaulted())
        return Method->isConst() ? Stop : change();
      through(Method, Part::This);
      return result(Method, Call);
    }
    llvm::StringRef Name =
        Method->getIdentifier() ? Method->getName() : llvm::StringRef();
    if (isProjection(Method->getNameAsString()))
      return Call && givesWay(Call) ? Climb : Stop;
    if (isCountingMethod(Name))
      return count();
    if (Method->isConst())
      return Stop;
    MutationResult R;
    R.Direct = First;
    const auto *C = dyn_cast_or_null<CallExpr>(Call);
    R.Injected = C && C->getNumArgs() && isParameter(C->getArg(0));
    R.Fresh = Name == "emplace" ||
              (C && C->getNumArgs() && makesObject(C->getArg(0)));
    return add(R);
  }

  bool operatorCall(const CXXOperatorCallExpr *C, const Stmt *Child) {
    const auto *Method = dyn_cast_or_null<CXXMethodDecl>(C->getDirectCallee());
    bool Object = C->getNumArgs() && C->getArg(0) == Child && Method &&
                  !Method->isStatic();
    if (!Object)
      return argument(C->getDirectCallee(), C, Child);
    if (handsOut(Method) || Spans.user(Method->getLocation()))
      return method(Method, C);
    OverloadedOperatorKind Op = C->getOperator();
    bool Projects = Op == OO_Star || Op == OO_Arrow ||
                    (Op == OO_Subscript && !isStdMap(C->getArg(0)->getType()));
    if (Projects)
      return givesWay(C) ? Climb : Stop;
    if (Method->isConst())
      return Stop;
    if (Op == OO_PlusPlus || Op == OO_MinusMinus || Op == OO_PlusEqual ||
        Op == OO_MinusEqual)
      return count();
    MutationResult R;
    R.Replace = First && Op == OO_Equal;
    R.Injected =
        Op == OO_Equal && C->getNumArgs() == 2 && isParameter(C->getArg(1));
    R.Varies = C->getNumArgs() == 2 && varies(C->getArg(1));
    R.Fresh = C->getNumArgs() == 2 && makesObject(C->getArg(1));
    R.Direct = First;
    return add(R);
  }

  bool argument(const FunctionDecl *Callee, const CallExpr *C,
                const Stmt *Child) {
    const auto *E = dyn_cast<Expr>(Child);
    if (!E || C->getCallee() == Child)
      return Stop;
    // In a template: forwarded, then put into a stream, it is read.
    const auto *Named =
        dyn_cast<UnresolvedLookupExpr>(C->getCallee()->IgnoreParenImpCasts());
    if (!Callee && Named && C->getNumArgs() == 1 &&
        Named->getName().isIdentifier() &&
        isProjection(Named->getName().getAsIdentifierInfo()->getName()))
      return Climb;
    const auto *Operator = dyn_cast<CXXOperatorCallExpr>(C);
    if (!Callee && Operator && Operator->getOperator() == OO_LessLess &&
        Operator->getArg(0) != Child)
      return Stop;
    if (!Callee)
      return givesWay(E) ? escape() : Stop;
    unsigned First = isa<CXXOperatorCallExpr>(C) &&
                             isa<CXXMethodDecl>(Callee) &&
                             !llvm::cast<CXXMethodDecl>(Callee)->isStatic()
                         ? 1
                         : 0;
    for (unsigned I = First; I < C->getNumArgs(); ++I)
      if (C->getArg(I) == Child)
        return parameter(Callee, I - First, E, C);
    return Stop;
  }

  bool parameter(const FunctionDecl *Callee, unsigned Index, const Expr *E,
                 const Expr *Call) {
    if (!givesWay(E))
      return Stop;
    bool User = Spans.user(Callee->getLocation());
    if (!User)
      switch (libraryArgument(Callee, Index, E)) {
      case ArgumentUse::Read:
        return Stop;
      case ArgumentUse::Change:
        return change();
      case ArgumentUse::Keep:
        return applied(Callee, Call) ? Stop : escape();
      case ArgumentUse::Project:
        return Call && givesWay(Call) ? Climb : Stop;
      }
    if (Index >= Callee->getNumParams())
      return isWay(E->getType()) ? escape() : Stop;
    QualType Type = Callee->getParamDecl(Index)->getType();
    if (!isWay(Type) || !isOpenWay(Type))
      return Stop;
    through(Callee, parameterPart(Index));
    return result(Callee, Call);
  }

  /// `for_each(begin, end, [](T &each) { … })`, `visit`: the lambda's parameter
  /// stands for what is there.
  bool applied(const FunctionDecl *Callee, const Expr *E) {
    const auto *Call = dyn_cast_or_null<CallExpr>(E);
    if (!Call || !(isStd(Callee, "for_each") || isStd(Callee, "visit")))
      return false;
    for (const Expr *Argument : Call->arguments()) {
      const auto *L = dyn_cast<LambdaExpr>(Argument->IgnoreImplicit());
      if (!L || !L->getCallOperator()->getNumParams())
        continue;
      alias(L->getCallOperator()->getParamDecl(0));
      return true;
    }
    return false;
  }

  bool construct(const CXXConstructExpr *C, const Stmt *Child) {
    const auto *E = dyn_cast<Expr>(Child);
    if (!E)
      return Stop;
    const CXXConstructorDecl *Constructor = C->getConstructor();
    if (isWay(C->getType()))
      return givesWay(C) ? Climb : Stop;
    if (Constructor->isMoveConstructor() && E->isXValue())
      return change(); // moved from
    if (Constructor->isCopyOrMoveConstructor())
      return Stop;
    for (unsigned I = 0; I < C->getNumArgs(); ++I)
      if (C->getArg(I) == Child)
        return parameter(Constructor, I, E, nullptr);
    return Stop;
  }

  bool declaration(const DeclStmt *D, const Stmt *Child) {
    for (const Decl *One : D->decls())
      if (const auto *V = dyn_cast<VarDecl>(One); V && V->getInit() == Child)
        return alias(V);
    return Stop;
  }

  const SourceSpans &Spans;
  const VarDecl *Variable;
  const FieldDecl *Field;
  const FunctionDecl *Provided = nullptr;
  bool Beyond = false;
  bool First = true; ///< the parent is that of the expression itself
  llvm::SmallVector<MutationResult, 2> Results;
};
} // namespace

llvm::SmallVector<MutationResult, 2>
unsingleton::mutationsOf(llvm::ArrayRef<const Stmt *> Path,
                         const VarDecl *Variable, const FieldDecl *Field,
                         const SourceSpans &Spans) {
  return Path.empty() ? llvm::SmallVector<MutationResult, 2>()
                      : Climber(Spans, Variable, Field).run(Path);
}
