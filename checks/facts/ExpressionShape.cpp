//===- ExpressionShape.cpp - What an expression does with a value -*- C++
//-*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/facts/ExpressionShape.h"
#include "checks/facts/Compat.h"
#include "checks/facts/HolderType.h"
#include "clang/AST/DeclTemplate.h"

using namespace clang;

namespace unsingleton {

const Expr *peeled(const Expr *E, bool Copies) {
  for (;;) {
    const Expr *Inner = E->IgnoreParenImpCasts();
    if (const auto *B = dyn_cast<CXXBindTemporaryExpr>(Inner))
      Inner = B->getSubExpr();
    else if (const auto *Cast = dyn_cast<ExplicitCastExpr>(Inner))
      Inner = Cast->getSubExpr();
    else if (const auto *List = dyn_cast<CXXStdInitializerListExpr>(Inner))
      Inner = List->getSubExpr();
    else if (const auto *List = dyn_cast<InitListExpr>(Inner);
             List && List->isTransparent() && List->getNumInits() == 1)
      Inner = List->getInit(0);
    else if (const auto *C = dyn_cast<CXXConstructExpr>(Inner);
             C && C->getNumArgs() &&
             C->getConstructor()->isCopyOrMoveConstructor() &&
             (Copies || ContextTypes::isHandle(C->getType())))
      Inner = C->getArg(0);
    if (Inner == E)
      return E;
    E = Inner;
  }
}

const Expr *holderOf(const MemberExpr *E, const FieldDecl *&Outermost) {
  for (;;) {
    Outermost = dyn_cast<FieldDecl>(E->getMemberDecl());
    const auto *Base =
        dyn_cast<MemberExpr>(E->getBase()->IgnoreParenImpCasts());
    const auto *Field =
        Base ? dyn_cast<FieldDecl>(Base->getMemberDecl()) : nullptr;
    if (E->isArrow() || !Field || ContextTypes::isHandle(Field->getType()))
      return E->getBase();
    E = Base;
  }
}

const CXXRecordDecl *madeBy(const CallExpr *E) {
  const FunctionDecl *F = E->getDirectCallee();
  if (!F || !F->getIdentifier())
    return nullptr;
  bool Makes = StringSwitch<bool>(F->getName())
                   .Cases({"make_unique", "make_shared", "allocate_shared",
                           "make_intrusive", "MakeUnique"},
                          true)
                   .Default(false);
  const TemplateArgumentList *Arguments = F->getTemplateSpecializationArgs();
  if (!Makes || !Arguments || !Arguments->size() ||
      Arguments->get(0).getKind() != TemplateArgument::Type)
    return nullptr;
  return Arguments->get(0).getAsType()->getAsCXXRecordDecl();
}

const CXXRecordDecl *emplacedBy(const CallExpr *E, const ContextTypes &Types,
                                llvm::ArrayRef<const Expr *> *Given) {
  const auto *M = dyn_cast_or_null<CXXMethodDecl>(E->getDirectCallee());
  const auto *S =
      M ? dyn_cast<ClassTemplateSpecializationDecl>(M->getParent()) : nullptr;
  if (!S || !M->getIdentifier() || !M->getName().contains("emplace") ||
      !isa<CXXMemberCallExpr>(E) || !Types.foreign(M))
    return nullptr;
  bool Keyed = S->getName().contains("map");
  unsigned Index = Keyed ? 1 : 0;
  if (S->getTemplateArgs().size() <= Index ||
      S->getTemplateArgs()[Index].getKind() != TemplateArgument::Type ||
      E->getNumArgs() <= Index)
    return nullptr;
  const CXXRecordDecl *R =
      S->getTemplateArgs()[Index].getAsType()->getAsCXXRecordDecl();
  R = R ? R->getDefinition() : nullptr;
  if (!R || Types.foreign(R) || Types.isContext(R) || R->isAggregate())
    return nullptr;
  llvm::ArrayRef<const Expr *> Rest(E->getArgs(), E->getNumArgs());
  Rest = Rest.drop_front(Index);
  for (const Expr *Argument : Rest)
    if (recordOf(Argument->getType()) == R)
      return nullptr; // a copy
  if (Given)
    *Given = Rest;
  return R;
}

const VarDecl *variableOf(const ValueDecl *D) {
  const auto *B = dyn_cast<BindingDecl>(D);
  return dyn_cast_or_null<VarDecl>(B ? B->getDecomposedDecl() : D);
}

bool joins(llvm::StringRef Name) {
  return StringSwitch<bool>(Name)
      .Cases({"bind", "bind_front", "bind_back", "BindOnce", "BindRepeating"},
             true)
      .Cases({"make_pair", "make_tuple", "tie", "forward_as_tuple",
              "make_optional", "make_any"},
             true)
      .Default(false);
}

bool passesOn(llvm::StringRef Name) {
  return isProjection(Name) ||
         StringSwitch<bool>(Name)
             .Cases({"release", "top", "exchange", "extract", "value_or"}, true)
             .Cases({"move_if_noexcept", "launder", "to_address", "any_cast"},
                    true)
             .Cases({"static_pointer_cast", "dynamic_pointer_cast",
                     "const_pointer_cast", "reinterpret_pointer_cast"},
                    true)
             .Default(false);
}

} // namespace unsingleton
