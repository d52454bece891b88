//===- ExitHandlers.cpp - What runs when nobody may be asked ----*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/facts/ExitHandlers.h"
#include "checks/facts/Compat.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace unsingleton {

static bool takesHandler(const FunctionDecl *F) {
  if (!F || !F->getIdentifier())
    return false;
  return StringSwitch<bool>(F->getName())
      .Cases({"atexit", "at_quick_exit", "on_exit", "signal"}, true)
      .Cases({"bsd_signal", "sysv_signal", "sigset"}, true)
      .Cases({"set_terminate", "set_new_handler", "set_unexpected"}, true)
      .Default(false);
}

/// `sa_handler` and `sa_sigaction` of sigaction(2), or macros' names for them.
static bool isHandler(const Expr *To) {
  const auto *M = dyn_cast<MemberExpr>(To->IgnoreParens());
  const IdentifierInfo *Name =
      M ? M->getMemberDecl()->getIdentifier() : nullptr;
  return Name && (Name->isStr("sa_handler") || Name->isStr("sa_sigaction"));
}

/// `struct sigaction action = {f, …};`
static bool isAction(QualType Type) {
  const RecordDecl *R = Type->getAsRecordDecl();
  return R && R->getIdentifier() && R->getName() == "sigaction";
}

bool isGivenToExit(const WalkState &State) {
  const Stmt *Child = State.parent(0);
  for (size_t N = 1; const Stmt *Parent = State.parent(N);
       Child = Parent, ++N) {
    if (const auto *Call = dyn_cast<CallExpr>(Parent);
        Call && Call->getCallee() != Child && !isa<CXXMemberCallExpr>(Call))
      return takesHandler(Call->getDirectCallee());
    if (const auto *Assign = dyn_cast<BinaryOperator>(Parent))
      return Assign->getOpcode() == BO_Assign && Assign->getRHS() == Child &&
             isHandler(Assign->getLHS());
    if (const auto *List = dyn_cast<InitListExpr>(Parent);
        List && isAction(List->getType()))
      return true;
    // A lambda becomes a function pointer by a call of its conversion.
    if (const auto *Call = dyn_cast<CXXMemberCallExpr>(Parent);
        Call && !isa_and_nonnull<CXXConversionDecl>(Call->getMethodDecl()))
      return false;
    const auto *Unary = dyn_cast<UnaryOperator>(Parent);
    bool Address = Unary && (Unary->getOpcode() == UO_AddrOf ||
                             Unary->getOpcode() == UO_Plus);
    if (!Address &&
        !isa<CastExpr, ParenExpr, ConditionalOperator, ExprWithCleanups,
             MaterializeTemporaryExpr, CXXBindTemporaryExpr, InitListExpr,
             CXXMemberCallExpr, MemberExpr>(Parent))
      return false;
  }
  return false;
}

} // namespace unsingleton
