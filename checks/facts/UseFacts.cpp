//===- UseFacts.cpp - Facts about uses of storages and writes to state -*- C++
//-*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/facts/UseFacts.h"
#include "checks/facts/HolderType.h"
#include "checks/facts/MutationPath.h"
#include "checks/facts/StorageExpression.h"
#include "checks/facts/SymbolName.h"

using namespace clang;

namespace unsingleton {

/// Constants can neither be written nor be the storage of a singleton.
static bool isConstant(const VarDecl *V) {
  QualType Type = V->getType();
  return V->isConstexpr() || (Type.isConstQualified() &&
                              !Type->isRecordType() && !Type->isPointerType());
}

void UseFacts::variable(const Expr *E, const VarDecl *V) {
  if (isStorage(V)) {
    if (!Spans.user(V->getLocation()) || isConstant(V))
      return;
    use(E, V);
    if (!isSynchronisation(V->getType()))
      writes(Facts.symbol(V), E, nullptr, false);
    return;
  }
  auto It = Aliases.find(V);
  if (It == Aliases.end())
    return;
  for (SymbolIndex Target : llvm::SmallVector<SymbolIndex, 2>(It->second))
    writes(Target, E, nullptr, false);
}

void UseFacts::field(const MemberExpr *E, const FieldDecl *F) {
  if (!Spans.user(F->getLocation()) || F->getType().isConstQualified() ||
      isSynchronisation(F->getType()))
    return;
  writes(Facts.symbol(F), E, dyn_cast<CXXRecordDecl>(F->getParent()), false);
}

void UseFacts::result(const CallExpr *E, const FunctionDecl *F) {
  QualType Type = F->getReturnType();
  HolderType Held = holderType(Type);
  if (Held.How == Holder::Value || Held.Object.isConstQualified())
    return;
  writes(Facts.symbol(F), E, nullptr, true);
}

void UseFacts::writes(SymbolIndex Target, const Expr *E,
                      const CXXRecordDecl *Of, bool AccessorResult) {
  MutationResult Result = mutationOf(State.Path, State.Variable, Spans);
  if (Result.Kind == Mutation::None)
    return;
  if (Result.Kind == Mutation::Alias) {
    auto &Targets = Aliases[Result.Alias];
    if (!llvm::is_contained(Targets, Target))
      Targets.push_back(Target);
    return;
  }
  WriteFact Fact;
  Fact.Target = Target;
  if (State.Owner)
    Fact.Function = Facts.symbol(State.Owner);
  Fact.Escape = Result.Kind == Mutation::Escape;
  if (const auto *M = dyn_cast_or_null<CXXMethodDecl>(State.Owner); M && Of)
    Fact.Construction =
        (isa<CXXConstructorDecl>(M) || isa<CXXDestructorDecl>(M)) &&
        patternOf(M->getParent()) == patternOf(Of);
  Fact.Place = Spans.place(E->getExprLoc());
  Facts.add(Fact);
}

namespace {
/// Finds the form in which a storage is used.
class Former {
public:
  Former(const WalkState &State, SourceSpans &Spans, const VarDecl *V)
      : State(State), Spans(Spans), Context(V->getASTContext()),
        How(holderType(V->getType()).How) {}

  StorageUseFact form(const Expr *E) {
    Fact.Form = UseForm::Other;
    place(E->getSourceRange());
    size_t N = 1;
    const Stmt *Child = E;
    const Stmt *Parent = skip(Child, N);
    if (How == Holder::Value || How == Holder::Reference) {
      Fact.Form = UseForm::Object;
      if (const auto *Target = assigned(Parent, Child))
        replace(Parent, Target);
      return Fact;
    }
    pointer(E, Parent, Child, N);
    return Fact;
  }

private:
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
    if (const auto *B = dyn_cast_or_null<BinaryOperator>(Parent))
      return B->getOpcode() == BO_Assign && B->getLHS() == Child ? B->getRHS()
                                                                 : nullptr;
    if (const auto *C = dyn_cast_or_null<CXXOperatorCallExpr>(Parent))
      return C->getOperator() == OO_Equal && C->getNumArgs() == 2 &&
                     C->getArg(0) == Child
                 ? C->getArg(1)
                 : nullptr;
    return nullptr;
  }

  void place(SourceRange Range) {
    EditableSpan Where = Spans.tokens(Range);
    Fact.Place = Where.Where;
    Fact.State = Where.State;
  }

  void replace(const Stmt *Whole, const Expr *Value) {
    Fact.Form = isNull(Value, Context) ? UseForm::Clear : UseForm::Replace;
    place(Whole->getSourceRange());
    Fact.Value = Spans.tokens(Value->getSourceRange()).Where;
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
      return replace(Parent, Value);
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
      return method(M, State.parent(N + 1));
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
    }
  }

  void method(const MemberExpr *M, const Stmt *Grand) {
    const auto *Call = dyn_cast_or_null<CXXMemberCallExpr>(Grand);
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
      Fact.Form = UseForm::Clear;
      if (Call->getNumArgs() && !isa<CXXDefaultArgExpr>(Call->getArg(0)) &&
          !isNull(Call->getArg(0), Context)) {
        Fact.Form = UseForm::Replace;
        Fact.Value = Spans.tokens(Call->getArg(0)->getSourceRange()).Where;
      }
      place(Call->getSourceRange());
    }
  }

  const WalkState &State;
  SourceSpans &Spans;
  const ASTContext &Context;
  Holder How;
  StorageUseFact Fact;
};
} // namespace

void UseFacts::use(const Expr *E, const VarDecl *V) {
  StorageUseFact Fact = Former(State, Spans, V).form(E);
  Fact.Storage = Facts.symbol(V);
  if (State.Owner)
    Fact.Function = Facts.symbol(State.Owner);
  Fact.Where = State.Where;
  Facts.add(Fact);
}

} // namespace unsingleton
