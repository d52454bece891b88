//===- MutationCalls.cpp - What calls do with shared state ------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/facts/CreationFacts.h"
#include "checks/facts/HolderType.h"
#include "checks/facts/KeyTest.h"
#include "checks/facts/LibraryCalls.h"
#include "checks/facts/LibraryHolder.h"
#include "checks/facts/MutationClimber.h"
#include "checks/facts/StorageExpression.h"
#include "checks/facts/Ways.h"
#include "clang/AST/DeclCXX.h"

using namespace clang;
using namespace unsingleton;

static bool isStdMap(QualType Type) {
  const CXXRecordDecl *R = recordOf(Type);
  return R && R->getIdentifier() &&
         (R->getName() == "map" || R->getName() == "unordered_map" ||
          R->getName() == "flat_hash_map");
}

bool MutationClimber::result(const FunctionDecl *Callee, const Expr *Call) {
  if (!Call || !givesWay(Call))
    return Stop;
  if (!Provided)
    Provided = Callee;
  return Climb;
}

bool MutationClimber::method(const CXXMethodDecl *Method, const Expr *Call) {
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
  R.Fresh =
      Name == "emplace" || (C && C->getNumArgs() && makesObject(C->getArg(0)));
  return add(R);
}

bool MutationClimber::operatorCall(const CXXOperatorCallExpr *C,
                                   const Stmt *Child) {
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(C->getDirectCallee());
  bool Object =
      C->getNumArgs() && C->getArg(0) == Child && Method && !Method->isStatic();
  if (!Object)
    return argument(C->getDirectCallee(), C, Child);
  if (handsOut(Method) || Spans.user(Method->getLocation()))
    return method(Method, C);
  OverloadedOperatorKind Op = C->getOperator();
  bool Projects = Op == OO_Star || Op == OO_Arrow ||
                  (Op == OO_Subscript && (!isStdMap(C->getArg(0)->getType()) ||
                                          isKeyPresent(Path, At)));
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

/// Whether every function that \p Named, in a template, shows takes \p Argument
/// of \p Call as something to read.
static bool onlyRead(const UnresolvedLookupExpr *Named, const CallExpr *Call,
                     const Expr *Argument) {
  unsigned Index = 0;
  while (Index < Call->getNumArgs() && Call->getArg(Index) != Argument)
    ++Index;
  bool Any = false;
  for (const NamedDecl *Found : Named->decls()) {
    const FunctionDecl *F = Found->getUnderlyingDecl()->getAsFunction();
    if (!F)
      return false;
    if (Call->getNumArgs() > F->getNumParams() ||
        Call->getNumArgs() < F->getMinRequiredArguments())
      continue;
    QualType Type = F->getParamDecl(Index)->getType();
    if (Type->isDependentType() || isOpenWay(Type))
      return false;
    Any = true;
  }
  return Any;
}

bool MutationClimber::argument(const FunctionDecl *Callee, const CallExpr *C,
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
    return givesWay(E) && !(Named && onlyRead(Named, C, E)) ? escape() : Stop;
  unsigned First = isa<CXXOperatorCallExpr>(C) && isa<CXXMethodDecl>(Callee) &&
                           !llvm::cast<CXXMethodDecl>(Callee)->isStatic()
                       ? 1
                       : 0;
  for (unsigned I = First; I < C->getNumArgs(); ++I)
    if (C->getArg(I) == Child)
      return parameter(Callee, I - First, E, C);
  return Stop;
}

bool MutationClimber::parameter(const FunctionDecl *Callee, unsigned Index,
                                const Expr *E, const Expr *Call) {
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

bool MutationClimber::applied(const FunctionDecl *Callee, const Expr *E) {
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

bool MutationClimber::construct(const CXXConstructExpr *C, const Stmt *Child) {
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
