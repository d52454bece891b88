//===- UseForms.cpp - In which form a storage is used -----------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/facts/UseForms.h"
#include "checks/facts/CreationFacts.h"
#include "checks/facts/HolderType.h"
#include "checks/facts/StorageExpression.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace unsingleton {

/// Whether \p E is \p V, and no part of it.
static bool names(const Expr *E, const VarDecl *V) {
  E = bare(E);
  const ValueDecl *Named = nullptr;
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
    Named = Ref->getDecl();
  else if (const auto *Member = dyn_cast<MemberExpr>(E))
    Named = Member->getMemberDecl();
  return Named && Named->getCanonicalDecl() == V;
}

namespace {
/// `To = Value`, built in or by an operator; both null: \p S assigns nothing.
struct Assignment {
  explicit Assignment(const Stmt *S) {
    if (const auto *B = dyn_cast_or_null<BinaryOperator>(S);
        B && B->getOpcode() == BO_Assign) {
      To = B->getLHS();
      Value = B->getRHS();
    } else if (const auto *C = dyn_cast_or_null<CXXOperatorCallExpr>(S);
               C && C->getOperator() == OO_Equal && C->getNumArgs() == 2) {
      To = C->getArg(0);
      Value = C->getArg(1);
    }
  }
  const Expr *To = nullptr, *Value = nullptr;
};
} // namespace

/// The value that \p E assigns to \p V; or null.
static const Expr *assignedTo(const Expr *E, const VarDecl *V) {
  Assignment Found(E);
  return Found.To && names(Found.To, V) ? Found.Value : nullptr;
}

/// `p.reset()`
static bool isReset(const Expr *E, const VarDecl *V) {
  const auto *C = dyn_cast<CXXMemberCallExpr>(E);
  const auto *M = C ? C->getMethodDecl() : nullptr;
  return M && M->getIdentifier() && M->getName() == "reset" &&
         names(C->getImplicitObjectArgument(), V) &&
         (!C->getNumArgs() || isa<CXXDefaultArgExpr>(C->getArg(0)) ||
          isNull(C->getArg(0), V->getASTContext()));
}

/// `p`, `!p`, `p != nullptr`, and no more than that: what else a condition asks
/// must not go with it. (Occasion.cpp looks for such a test anywhere in one.)
static bool isNullTest(const Expr *E, const VarDecl *V) {
  E = bare(E);
  if (const auto *U = dyn_cast<UnaryOperator>(E);
      U && U->getOpcode() == UO_LNot)
    return isNullTest(U->getSubExpr(), V);
  if (const auto *B = dyn_cast<BinaryOperator>(E); B && B->isEqualityOp())
    return (isNull(B->getRHS(), V->getASTContext()) &&
            isNullTest(B->getLHS(), V)) ||
           (isNull(B->getLHS(), V->getASTContext()) &&
            isNullTest(B->getRHS(), V));
  if (const auto *C = dyn_cast<CXXOperatorCallExpr>(E);
      C &&
      (C->getOperator() == OO_EqualEqual ||
       C->getOperator() == OO_ExclaimEqual || C->getOperator() == OO_Exclaim))
    return llvm::all_of(C->arguments(), [&](const Expr *Operand) {
      return isNull(Operand, V->getASTContext()) || isNullTest(Operand, V);
    });
  if (const auto *C = dyn_cast<CXXMemberCallExpr>(E);
      C && isa_and_nonnull<CXXConversionDecl>(C->getMethodDecl()))
    return isNullTest(C->getImplicitObjectArgument(), V);
  return names(E, V);
}

/// Whether \p S does nothing but delete and clear \p V.
static bool isRelease(const Stmt *S, const VarDecl *V) {
  if (!S || isa<NullStmt>(S))
    return true;
  if (const auto *C = dyn_cast<CompoundStmt>(S))
    return llvm::all_of(C->body(),
                        [&](const Stmt *Part) { return isRelease(Part, V); });
  if (const auto *Do = dyn_cast<DoStmt>(S)) // do { … } while (0)
    return isRelease(Do->getBody(), V) && !Do->getCond()->isValueDependent() &&
           !Do->getCond()->HasSideEffects(V->getASTContext());
  if (const auto *If = dyn_cast<IfStmt>(S))
    return !If->getInit() && !If->getConditionVariable() && !If->getElse() &&
           isNullTest(If->getCond(), V) && isRelease(If->getThen(), V);
  const auto *E = dyn_cast<Expr>(S);
  if (!E)
    return false;
  if (const auto *Clean = dyn_cast<ExprWithCleanups>(E))
    E = Clean->getSubExpr();
  E = E->IgnoreParenCasts();
  if (const auto *B = dyn_cast<BinaryOperator>(E);
      B && B->getOpcode() == BO_Comma)
    return isRelease(B->getLHS(), V) && isRelease(B->getRHS(), V);
  if (const auto *D = dyn_cast<CXXDeleteExpr>(E))
    return names(D->getArgument(), V);
  if (const Expr *Value = assignedTo(E, V))
    return isNull(Value, V->getASTContext());
  return isReset(E, V);
}

/// See StorageUseFact::Decides.
static bool decides(const WalkState &State) {
  const Stmt *Child = State.parent(0);
  for (size_t N = 1; const Stmt *Up = State.parent(N); ++N) {
    const Stmt *Condition = nullptr;
    if (const auto *If = dyn_cast<IfStmt>(Up))
      Condition = If->getCond();
    else if (const auto *While = dyn_cast<WhileStmt>(Up))
      Condition = While->getCond();
    else if (const auto *Do = dyn_cast<DoStmt>(Up))
      Condition = Do->getCond();
    else if (const auto *For = dyn_cast<ForStmt>(Up))
      Condition = For->getCond();
    else if (const auto *Switch = dyn_cast<SwitchStmt>(Up))
      Condition = Switch->getCond();
    else if (const auto *Choice = dyn_cast<AbstractConditionalOperator>(Up))
      Condition = Choice->getCond();
    else if (const auto *B = dyn_cast<BinaryOperator>(Up)) {
      const auto *To = dyn_cast<DeclRefExpr>(B->getLHS()->IgnoreParens());
      const auto *Local = To ? dyn_cast<VarDecl>(To->getDecl()) : nullptr;
      bool Given = B->isAssignmentOp() && B->getRHS() == Child && Local &&
                   Local->hasLocalStorage();
      Condition = B->isLogicalOp() || Given ? Child : nullptr;
    } else if (isa<DeclStmt, CXXForRangeStmt>(Up)) {
      Condition = Child;
    }
    if (Condition && Condition == Child)
      return true;
    Child = Up;
  }
  return State.Variable && State.Variable->hasLocalStorage();
}

namespace {
/// Finds the form in which a storage is used.
class Former {
public:
  Former(const WalkState &State, SourceSpans &Spans, const VarDecl *V)
      : State(State), Spans(Spans), Context(V->getASTContext()),
        V(V->getCanonicalDecl()), How(holderType(V->getType()).How) {}

  StorageUse form(const Expr *E) {
    named(E);
    Fact.Decides = decides(State);
    return {std::move(Fact), std::move(Installs)};
  }

private:
  void named(const Expr *E) {
    Fact.Form = UseForm::Other;
    place(E->getSourceRange());
    Fact.Name = Fact.Place;
    const auto *Ref = dyn_cast<DeclRefExpr>(E);
    Fact.Qualified = !Ref || Ref->hasQualifier();
    size_t N = 1;
    const Stmt *Child = E;
    const Stmt *Parent = skip(Child, N);
    if (How == Holder::Value || How == Holder::Reference) {
      Fact.Form = UseForm::Object;
      if (const auto *Target = assigned(Parent, Child))
        replace(Parent, Target, N);
      return;
    }
    if (!inMacro(E))
      pointer(E, Parent, Child, N);
  }

  const Stmt *skip(const Stmt *&Child, size_t &N) {
    const Stmt *Parent = State.parent(N);
    while (Parent && isa<ImplicitCastExpr, ParenExpr>(Parent)) {
      const auto *Cast = dyn_cast<ImplicitCastExpr>(Parent);
      if (Cast && (Cast->getCastKind() == CK_PointerToBoolean ||
                   Cast->getCastKind() == CK_UserDefinedConversion))
        Fact.Form = UseForm::Test;
      Child = Parent;
      Parent = State.parent(++N);
    }
    return Parent;
  }

  /// The value that \p Parent assigns to \p Child, or null.
  static const Expr *assigned(const Stmt *Parent, const Stmt *Child) {
    Assignment Found(Parent);
    return Found.To == Child ? Found.Value : nullptr;
  }

  void place(SourceRange Range) {
    EditableSpan Where = Spans.tokens(Range);
    Fact.Place = Where.Where;
    Fact.State = Where.State;
  }

  /// \p Whole, the \p N th parent, gives the storage \p Value.
  void replace(const Stmt *Whole, const Expr *Value, size_t N) {
    Fact.Form = isNull(Value, Context) ? UseForm::Clear : UseForm::Replace;
    place(Whole->getSourceRange());
    Fact.Value = Spans.tokens(Value->getSourceRange()).Where;
    Fact.Statement = statement(N);
    if (Fact.Form == UseForm::Replace && How != Holder::Value &&
        How != Holder::Reference && makesObject(Value))
      install(Value);
  }

  void install(const Expr *Value) {
    CreationFact Made = describeCreation(Value, Spans);
    Installs.emplace();
    Installs->Statement = Fact.Statement;
    Installs->Whole = Fact.Value;
    Installs->Type = Made.Type;
    Installs->Arguments = Made.Arguments;
    Installs->Form = Made.Form;
    Installs->UsesLocals = usesLocals(Value);
    Installs->State = Fact.State;
  }

  /// The text of \p S with the semicolon that ends it.
  Span whole(SourceRange S) {
    SourceLocation End = S.getEnd();
    if (SourceLocation Semi = Spans.next(End, tok::semi); Semi.isValid())
      End = Semi;
    EditableSpan Where = Spans.tokens(SourceRange(S.getBegin(), End));
    return Where.editable() ? Where.Where : Span();
  }

  /// See StorageUseFact::Statement; of the \p N th parent.
  Span statement(size_t N) {
    const Stmt *S = State.parent(N);
    const Stmt *Up = State.parent(++N);
    if (isa_and_nonnull<ExprWithCleanups>(Up)) {
      S = Up;
      Up = State.parent(++N);
    }
    const auto *Body = dyn_cast_or_null<CompoundStmt>(Up);
    const Stmt *Above = Body ? State.parent(N + 1) : Up;
    const auto *If = dyn_cast_or_null<IfStmt>(Above);
    bool Guards = If && !If->getInit() && !If->getConditionVariable() &&
                  !If->getElse() && If->getThen() == (Body ? Up : S) &&
                  isNullTest(If->getCond(), V) &&
                  (!Body || Body->size() == 1 || isRelease(Body, V));
    if (Guards &&
        isa_and_nonnull<CompoundStmt>(State.parent(N + (Body ? 2 : 1))))
      return whole(If->getSourceRange());
    return Body ? whole(S->getSourceRange()) : Span();
  }

  /// Whether \p E is an argument of a macro that does nothing but release the
  /// storage, and all that a statement consists of.
  bool inMacro(const Expr *E) {
    const SourceManager &SM = Spans.SM;
    if (!SM.isMacroArgExpansion(E->getBeginLoc()) ||
        Fact.State != Editability::Editable)
      return false;
    auto Expansion = [&](const Stmt *S) {
      return S->getBeginLoc().isMacroID() ? SM.getExpansionLoc(S->getBeginLoc())
                                          : SourceLocation();
    };
    SourceLocation Begin = Expansion(E);
    size_t N = 1;
    while (const Stmt *Up = State.parent(N)) {
      if (Expansion(Up) != Begin)
        break;
      ++N;
    }
    const auto *Body = dyn_cast_or_null<CompoundStmt>(State.parent(N));
    if (!Body)
      return false;
    for (const Stmt *S : Body->body())
      if (Expansion(S) == Begin && !isRelease(S, V))
        return false;
    SourceRange Range = SM.getExpansionRange(E->getBeginLoc()).getAsRange();
    Fact.Form = UseForm::Release;
    place(Range);
    Fact.Statement = whole(Range);
    return Fact.Statement.valid();
  }

  void arrow(const Expr *E, const MemberExpr *M) {
    EditableSpan Where =
        Spans.between(E->getBeginLoc(), Spans.after(M->getOperatorLoc()));
    Fact.Form = UseForm::Arrow;
    Fact.Place = Where.Where;
    Fact.State = Where.State;
  }

  void pointer(const Expr *E, const Stmt *Parent, const Stmt *Child, size_t N) {
    if (!Parent || Fact.Form == UseForm::Test)
      return;
    if (const Expr *Value = assigned(Parent, Child))
      return replace(Parent, Value, N);
    if (const auto *U = dyn_cast<UnaryOperator>(Parent)) {
      if (U->getOpcode() == UO_Deref) {
        Fact.Form = UseForm::Object;
        place(U->getSourceRange());
      } else if (U->getOpcode() == UO_LNot) {
        Fact.Form = UseForm::Test;
      }
      return;
    }
    if (const auto *M = dyn_cast<MemberExpr>(Parent)) {
      if (M->isArrow() && How == Holder::RawPointer)
        return arrow(E, M);
      return method(M, N + 1);
    }
    if (const auto *C = dyn_cast<CXXOperatorCallExpr>(Parent)) {
      if (C->getOperator() == OO_Star) {
        Fact.Form = UseForm::Object;
        place(C->getSourceRange());
      } else if (C->getOperator() == OO_Arrow) {
        if (const auto *M = dyn_cast_or_null<MemberExpr>(State.parent(N + 1)))
          arrow(E, M);
      } else if (C->getOperator() == OO_EqualEqual ||
                 C->getOperator() == OO_ExclaimEqual) {
        Fact.Form = UseForm::Test;
      }
      return;
    }
    if (const auto *B = dyn_cast<BinaryOperator>(Parent);
        B && B->isEqualityOp() &&
        (isNull(B->getLHS(), Context) || isNull(B->getRHS(), Context)))
      Fact.Form = UseForm::Test;
    if (isa<CXXDeleteExpr>(Parent)) {
      Fact.Form = UseForm::Delete;
      place(Parent->getSourceRange());
      if (SourceLocation Semi = Spans.next(Parent->getEndLoc(), tok::semi);
          Semi.isValid())
        Fact.Value =
            Spans.tokens(SourceRange(Parent->getBeginLoc(), Semi)).Where;
      Fact.Statement = statement(N);
    }
  }

  /// \p N: of the parent that calls \p M.
  void method(const MemberExpr *M, size_t N) {
    const auto *Call = dyn_cast_or_null<CXXMemberCallExpr>(State.parent(N));
    const auto *Method = dyn_cast<CXXMethodDecl>(M->getMemberDecl());
    if (!Call || !Method)
      return;
    if (isa<CXXConversionDecl>(Method)) {
      if (Method->getReturnType()->isBooleanType())
        Fact.Form = UseForm::Test;
      return;
    }
    if (!Method->getIdentifier())
      return;
    if (Method->getName() == "has_value") {
      Fact.Form = UseForm::Test;
      place(Call->getSourceRange());
    } else if (Method->getName() == "reset") {
      const Expr *Value = Call->getNumArgs() ? Call->getArg(0) : nullptr;
      if (Value && !isa<CXXDefaultArgExpr>(Value))
        return replace(Call, Value, N);
      Fact.Form = UseForm::Clear;
      place(Call->getSourceRange());
      Fact.Statement = statement(N);
    }
  }

  const WalkState &State;
  SourceSpans &Spans;
  const ASTContext &Context;
  const VarDecl *V;
  Holder How;
  StorageUseFact Fact;
  std::optional<InstallationFact> Installs;
};
} // namespace

StorageUse describeUse(const Expr *E, const VarDecl *V, const WalkState &State,
                       SourceSpans &Spans) {
  return Former(State, Spans, V).form(E);
}

} // namespace unsingleton
