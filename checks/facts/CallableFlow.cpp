//===- CallableFlow.cpp - Where something callable goes -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/facts/CallableFlow.h"
#include "checks/facts/Compat.h"
#include "checks/facts/ForwardedCalls.h"
#include "checks/facts/HolderType.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;
using namespace unsingleton;

namespace {
/// Foreign functions whose result calls what they were given.
bool wraps(const FunctionDecl *F) {
  return F->getIdentifier() &&
         StringSwitch<bool>(F->getName())
             .Cases({"bind", "bind_front", "bind_back", "mem_fn", "not_fn",
                     "make_pair", "make_tuple", "tie", "forward_as_tuple"},
                    true)
             .Default(false);
}

class Climber {
public:
  Climber(const WalkState &State, const SourceSpans &Spans,
          CallableTypes &Types)
      : State(State), Spans(Spans), Types(Types) {}

  CallableUse run() {
    const Stmt *Child = State.Path.back();
    size_t N = 1;
    while (const Stmt *Parent = State.parent(N)) {
      if (!up(Parent, Child, State.parent(N + 1)))
        return std::move(Use);
      Child = Parent;
      ++N;
    }
    if (State.Field)
      Use.Fields.push_back(State.Field);
    else if (State.Variable)
      Use.Variables.push_back(State.Variable);
    return std::move(Use);
  }

private:
  /// Whether the value goes on to what surrounds \p Parent.
  bool up(const Stmt *Parent, const Stmt *Child, const Stmt *Grand) {
    if (const auto *Cast = dyn_cast<CastExpr>(Parent))
      return Cast->getCastKind() != CK_PointerToBoolean &&
             Cast->getCastKind() != CK_ToVoid;
    if (isa<ParenExpr, FullExpr, MaterializeTemporaryExpr, CXXBindTemporaryExpr,
            CXXNewExpr, CXXStdInitializerListExpr, ArraySubscriptExpr,
            CXXDefaultInitExpr>(Parent))
      return true;
    if (const auto *U = dyn_cast<UnaryOperator>(Parent))
      return U->getOpcode() == UO_AddrOf || U->getOpcode() == UO_Deref;
    if (const auto *C = dyn_cast<ConditionalOperator>(Parent))
      return C->getCond() != Child;
    if (const auto *List = dyn_cast<InitListExpr>(Parent))
      return element(List, Child);
    if (const auto *B = dyn_cast<BinaryOperator>(Parent))
      return binary(B, Child);
    if (const auto *M = dyn_cast<MemberExpr>(Parent))
      return member(M, dyn_cast_or_null<CallExpr>(Grand));
    if (const auto *C = dyn_cast<CallExpr>(Parent))
      return call(C, Child);
    if (const auto *C = dyn_cast<CXXConstructExpr>(Parent))
      return construct(C, Child);
    if (const auto *L = dyn_cast<LambdaExpr>(Parent))
      return capture(L, Child);
    if (const auto *D = dyn_cast<DeclStmt>(Parent))
      return declaration(D, Child);
    if (const auto *Loop = dyn_cast<CXXForRangeStmt>(Parent);
        Loop && Loop->getRangeInit() == Child)
      keepIn(Loop->getLoopVariable());
    if (isa<ReturnStmt>(Parent))
      Use.Called = true;
    return false;
  }

  bool called() {
    Use.Called = true;
    return false;
  }

  void keepIn(const VarDecl *V) {
    if (V)
      Use.Variables.push_back(V);
  }

  /// Adds the slots that an assigned or filled expression stands for.
  bool keepIn(const Expr *E) {
    for (unsigned Depth = 0; E && Depth < 16; ++Depth) {
      E = E->IgnoreParenImpCasts();
      if (const auto *M = dyn_cast<MemberExpr>(E)) {
        if (const auto *F = dyn_cast<FieldDecl>(M->getMemberDecl());
            F && Types.holds(F->getType())) {
          Use.Fields.push_back(F);
          return true;
        }
        if (const auto *V = dyn_cast<VarDecl>(M->getMemberDecl())) {
          Use.Variables.push_back(V);
          return true;
        }
        E = M->getBase();
      } else if (const auto *R = dyn_cast<DeclRefExpr>(E)) {
        if (const auto *B = dyn_cast<BindingDecl>(R->getDecl()))
          keepIn(dyn_cast<VarDecl>(B->getDecomposedDecl()));
        else
          keepIn(dyn_cast<VarDecl>(R->getDecl()));
        return isa<VarDecl, BindingDecl>(R->getDecl());
      } else if (const auto *A = dyn_cast<ArraySubscriptExpr>(E)) {
        E = A->getBase();
      } else if (const auto *U = dyn_cast<UnaryOperator>(E)) {
        E = U->getSubExpr();
      } else if (const auto *C = dyn_cast<CallExpr>(E)) {
        const FunctionDecl *Callee = C->getDirectCallee();
        if (Callee && Spans.user(Callee->getLocation())) {
          Use.Results.push_back(Callee);
          return true;
        }
        E = object(C);
      } else {
        return false;
      }
    }
    return false;
  }

  /// The object that a foreign method or operator is called on, or null.
  static const Expr *object(const CallExpr *C) {
    if (const auto *M = dyn_cast<CXXMemberCallExpr>(C))
      return M->getImplicitObjectArgument();
    if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(C))
      return Operator->getNumArgs() ? Operator->getArg(0) : nullptr;
    return nullptr;
  }

  bool element(const InitListExpr *List, const Stmt *Child) {
    const CXXRecordDecl *R = recordOf(List->getType());
    if (!R || !(R = R->getDefinition()) || !Spans.user(R->getLocation()))
      return true;
    unsigned Bases = R->getNumBases();
    for (unsigned I = Bases; I < List->getNumInits(); ++I)
      if (List->getInit(I) == Child)
        for (const FieldDecl *F : R->fields())
          if (F->getFieldIndex() == I - Bases)
            Use.Fields.push_back(F);
    return true;
  }

  bool binary(const BinaryOperator *B, const Stmt *Child) {
    if (B->isPtrMemOp() || B->getOpcode() == BO_Comma)
      return B->getRHS() == Child;
    if (B->getOpcode() == BO_Assign && B->getRHS() == Child)
      keepIn(B->getLHS());
    return false;
  }

  /// `x.f` for a field goes on; a method's call does what its result does.
  bool member(const MemberExpr *M, const CallExpr *Call) {
    const auto *Method = dyn_cast<CXXMethodDecl>(M->getMemberDecl());
    if (!Method)
      return true;
    if (!Call || Spans.user(Method->getLocation()))
      return false;
    QualType Result = Call->getType();
    return !Result->isVoidType() && !Result->isScalarType();
  }

  bool call(const CallExpr *C, const Stmt *Child) {
    if (C->getCallee() == Child)
      return isa<CXXMemberCallExpr>(C) && isa<MemberExpr>(C->getCallee())
                 ? true // decided at its MemberExpr
                 : called();
    const FunctionDecl *Callee = C->getDirectCallee();
    if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(C);
        Operator && Operator->getArg(0) == Child)
      return operand(Operator, Callee);
    if (!Callee)
      return called();
    unsigned Skip = isa<CXXOperatorCallExpr>(C) && isa<CXXMethodDecl>(Callee) &&
                            !cast<CXXMethodDecl>(Callee)->isStatic()
                        ? 1
                        : 0;
    if (Spans.user(Callee->getLocation())) {
      for (unsigned I = Skip; I < C->getNumArgs(); ++I)
        if (C->getArg(I) == Child && I - Skip < Callee->getNumParams())
          Use.Parameters.push_back({Callee, I - Skip});
      return false;
    }
    return foreign(C, Callee, Child);
  }

  /// \p C applied to what we follow: `h()`, `*h`, `h[k]`, `h == nullptr`.
  bool operand(const CXXOperatorCallExpr *C, const FunctionDecl *Callee) {
    bool User = Callee && Spans.user(Callee->getLocation());
    switch (C->getOperator()) {
    case OO_Call:
      return User ? false : called();
    case OO_Star:
    case OO_Arrow:
    case OO_Subscript:
      return !User;
    default:
      return false;
    }
  }

  bool foreign(const CallExpr *C, const FunctionDecl *Callee,
               const Stmt *Child) {
    if (Callee->getIdentifier() && isProjection(Callee->getName()))
      return true;
    bool Compares = isa<CXXOperatorCallExpr>(C) &&
                    cast<CXXOperatorCallExpr>(C)->isComparisonOp();
    if (Compares)
      return false;
    bool Kept = false;
    if (const CXXRecordDecl *R = forwardedTo(Callee);
        R && (R = R->getDefinition()) && Spans.user(R->getLocation()))
      for (const CXXConstructorDecl *Ctor : R->ctors())
        for (unsigned I = 0; I < C->getNumArgs(); ++I)
          if (!Ctor->isImplicit() && !Ctor->isCopyOrMoveConstructor() &&
              C->getArg(I) == Child && I < Ctor->getNumParams()) {
            Use.Parameters.push_back({Ctor, I});
            Kept = true;
          }
    if (const Expr *Object = object(C);
        Object &&
        (Types.holds(Object->getType()) || isa<CXXOperatorCallExpr>(C)))
      Kept |= keepIn(Object);
    if (Kept)
      return false;
    return wraps(Callee) || Types.holds(C->getType()) ? true : called();
  }

  bool construct(const CXXConstructExpr *C, const Stmt *Child) {
    const CXXConstructorDecl *Ctor = C->getConstructor();
    if (Ctor->isCopyOrMoveConstructor())
      return true;
    if (Spans.user(Ctor->getLocation()) && !Ctor->isImplicit()) {
      for (unsigned I = 0; I < C->getNumArgs(); ++I)
        if (C->getArg(I) == Child && I < Ctor->getNumParams())
          Use.Parameters.push_back({Ctor, I});
      return false;
    }
    return Types.holds(C->getType()) ? true : called();
  }

  /// `[h = std::move(given)]`
  bool capture(const LambdaExpr *L, const Stmt *Child) {
    auto Init = L->capture_init_begin();
    for (const LambdaCapture &Capture : L->captures()) {
      if (L->isInitCapture(&Capture) && *Init == Child)
        keepIn(dyn_cast<VarDecl>(Capture.getCapturedVar()));
      ++Init;
    }
    return false;
  }

  bool declaration(const DeclStmt *D, const Stmt *Child) {
    for (const Decl *One : D->decls())
      if (const auto *V = dyn_cast<VarDecl>(One); V && V->getInit() == Child)
        keepIn(V);
    return false;
  }

  const WalkState &State;
  const SourceSpans &Spans;
  CallableTypes &Types;
  CallableUse Use;
};
} // namespace

CallableUse unsingleton::callableUse(const WalkState &State,
                                     const SourceSpans &Spans,
                                     CallableTypes &Types) {
  return State.Path.empty() ? CallableUse()
                            : Climber(State, Spans, Types).run();
}
