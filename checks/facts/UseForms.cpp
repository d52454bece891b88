//===- UseForms.cpp - In which form a storage is used -----------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/facts/UseForms.h"
#include "checks/facts/CreationFacts.h"
#include "checks/facts/HolderType.h"
#include "checks/facts/ReleaseShape.h"
#include "checks/facts/StorageExpression.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace unsingleton {

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
    if (Fact.Form == UseForm::Replace && How == Holder::RawPointer)
      releasedBefore(N);
  }

  /// `delete p; p = q;`, which the \p N th parent is: both are the statement.
  void releasedBefore(size_t N) {
    if (isa_and_nonnull<ExprWithCleanups>(State.parent(N + 1)))
      ++N;
    const Stmt *Assigns = State.parent(N);
    const auto *Body = dyn_cast_or_null<CompoundStmt>(State.parent(N + 1));
    if (!Body)
      return;
    const Stmt *First = nullptr;
    for (const Stmt *S : Body->body()) {
      if (S == Assigns)
        break;
      First = !isRelease(S, V) ? nullptr : First ? First : S;
    }
    if (First)
      Fact.Statement =
          whole(SourceRange(First->getBeginLoc(), Assigns->getEndLoc()));
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
    EditableSpan Where = Spans.statement(S);
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
    bool Guards =
        If && !If->getInit() && !If->getConditionVariable() && !If->getElse() &&
        If->getThen() == (Body ? Up : S) &&
        (isNullTest(If->getCond(), V) || isSelfTest(If->getCond(), V)) &&
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
    if (isa<CXXRewrittenBinaryOperator>(Parent))
      Fact.Form = UseForm::Test; // `p != nullptr`
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
    } else if (How == Holder::AtomicPointer && Method->getName() == "store") {
      replace(Call, Call->getArg(0), N);
    } else if (Method->getName() == "load") {
      atomic(Call, N);
    } else if (Method->getName() == "exchange" && Call->getNumArgs() &&
               isNull(Call->getArg(0), Context)) {
      atomic(Call, N);
      if (Fact.Form != UseForm::Delete)
        Fact.Form = UseForm::Other;
    } else if (Method->getName() == "reset") {
      const Expr *Value = Call->getNumArgs() ? Call->getArg(0) : nullptr;
      if (Value && !isa<CXXDefaultArgExpr>(Value))
        return replace(Call, Value, N);
      Fact.Form = UseForm::Clear;
      place(Call->getSourceRange());
      Fact.Statement = statement(N);
    }
  }

  /// \p Call, the \p N th parent, stands for the pointer in an atomic.
  void atomic(const CXXMemberCallExpr *Call, size_t N) {
    if (How != Holder::AtomicPointer)
      return;
    const Stmt *Child = Call;
    const Stmt *Parent = skip(Child, ++N);
    pointer(Call, Parent, Child, N);
    if (Fact.Form == UseForm::Test)
      place(Call->getSourceRange());
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
