//===- PassedPacks.cpp - Templates that hand arguments to a constructor --===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/facts/PassedPacks.h"
#include "checks/facts/ForwardedCalls.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/RecursiveASTVisitor.h"

using namespace clang;

namespace unsingleton {

namespace {
/// Finds, in a template, the list whose only element is the pack.
class ListFinder : public RecursiveASTVisitor<ListFinder> {
public:
  explicit ListFinder(const ParmVarDecl *Pack) : Pack(Pack) {}

  SourceLocation Close;
  unsigned Mentions = 0;

  bool VisitDeclRefExpr(DeclRefExpr *E) {
    Mentions += E->getDecl() == Pack;
    return true;
  }
  // What a lambda captures it may use again and again.
  bool VisitLambdaExpr(LambdaExpr *L) {
    for (const LambdaCapture &Capture : L->captures())
      Mentions +=
          2 * (Capture.capturesVariable() && Capture.getCapturedVar() == Pack);
    return true;
  }
  bool VisitCallExpr(CallExpr *E) {
    return list({E->getArgs(), E->getNumArgs()}, E->getRParenLoc());
  }
  bool VisitCXXUnresolvedConstructExpr(CXXUnresolvedConstructExpr *E) {
    return E->getNumArgs() != 1 || list(E->getArg(0), E->getRParenLoc());
  }
  bool VisitParenListExpr(ParenListExpr *E) {
    return list(E->exprs(), E->getRParenLoc());
  }
  bool VisitInitListExpr(InitListExpr *E) {
    return list(E->inits(), E->getRBraceLoc());
  }

private:
  bool list(llvm::ArrayRef<Expr *> Elements, SourceLocation End) {
    if (Elements.size() == 1 && isPack(Elements.front()))
      Close = End;
    return true;
  }

  /// `args...`, `std::forward<Args>(args)...`, `static_cast<Args &&>(args)...`
  bool isPack(const Expr *E) const {
    const auto *Expansion = dyn_cast<PackExpansionExpr>(E);
    if (!Expansion)
      return false;
    E = Expansion->getPattern()->IgnoreParenCasts();
    if (const auto *Call = dyn_cast<CallExpr>(E);
        Call && Call->getNumArgs() == 1)
      E = Call->getArg(0)->IgnoreParenCasts();
    const auto *Ref = dyn_cast<DeclRefExpr>(E);
    return Ref && Ref->getDecl() == Pack;
  }

  const ParmVarDecl *Pack;
};

/// Finds, in an instantiation, what the list that ends at a place belongs to.
class UserFinder : public RecursiveASTVisitor<UserFinder> {
public:
  explicit UserFinder(SourceLocation Close) : Close(Close) {}

  const CallExpr *Call = nullptr;
  const CXXConstructExpr *Made = nullptr;

  bool VisitCallExpr(CallExpr *E) {
    if (E->getRParenLoc() == Close)
      Call = E;
    return true;
  }
  bool VisitCXXConstructExpr(CXXConstructExpr *E) {
    if (E->getParenOrBraceRange().getEnd() == Close)
      Made = E;
    return true;
  }

private:
  SourceLocation Close;
};
} // namespace

std::optional<PassedPack> PassedPacks::find(const FunctionDecl *F) {
  const FunctionDecl *Pattern = F->getTemplateInstantiationPattern();
  const FunctionDecl *Written = nullptr;
  const FunctionDecl *Instantiated = nullptr;
  if (!Pattern || !Pattern->hasBody(Written) || !F->hasBody(Instantiated) ||
      isa<CXXConstructorDecl>(F) || !Written->getNumParams())
    return std::nullopt;
  const ParmVarDecl *Last = Written->getParamDecl(Written->getNumParams() - 1);
  if (!Last->isParameterPack())
    return std::nullopt;
  ListFinder List(Last);
  List.TraverseStmt(Written->getBody());
  if (List.Close.isInvalid() || List.Mentions != 1)
    return std::nullopt;
  UserFinder User(List.Close);
  User.TraverseStmt(Instantiated->getBody());
  PassedPack Result;
  Result.Close = List.Close;
  Result.First = Written->getNumParams() - 1;
  if (User.Made) {
    if (!User.Made->getConstructor()->isImplicit())
      Result.Constructors.push_back(User.Made->getConstructor());
  } else if (const FunctionDecl *Next =
                 User.Call ? User.Call->getDirectCallee() : nullptr) {
    unsigned Count = F->getNumParams() - Result.First;
    if (const CXXRecordDecl *R = forwardedTo(Next))
      Result.Constructors = takersOf(Next, R, Count);
    else if (const PassedPack *Further = of(Next); Further && !Further->First)
      Result.Constructors = Further->Constructors;
  }
  if (Result.Constructors.empty())
    return std::nullopt;
  return Result;
}

const PassedPack *PassedPacks::of(const FunctionDecl *F) {
  if (!F->isTemplateInstantiation())
    return nullptr;
  F = F->getCanonicalDecl();
  if (auto It = Known.find(F); It != Known.end())
    return It->second ? &*It->second : nullptr;
  Known[F] = std::nullopt; // what asks for itself gets no answer
  std::optional<PassedPack> Found = find(F);
  std::optional<PassedPack> &Kept = Known[F];
  Kept = std::move(Found);
  return Kept ? &*Kept : nullptr;
}

bool PassedPacks::fills(const FunctionDecl *F, SourceLocation Close) {
  const PassedPack *Passed = F ? of(F) : nullptr;
  return Passed && Close.isValid() && Passed->Close == Close;
}

} // namespace unsingleton
