//===- ParameterUse.cpp - What depends on who called the function --------===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/facts/ParameterUse.h"
#include "clang/AST/RecursiveASTVisitor.h"

using namespace clang;

namespace unsingleton {

namespace {
/// Looks for what makes an expression depend on who called the function.
class ParameterFinder : public RecursiveASTVisitor<ParameterFinder> {
public:
  ParameterFinder(bool OrThis, unsigned Depth) : OrThis(OrThis), Depth(Depth) {}

  bool VisitDeclRefExpr(DeclRefExpr *E) {
    const auto *V = dyn_cast<VarDecl>(E->getDecl());
    if (isa<BindingDecl>(E->getDecl()) || isa_and_nonnull<ParmVarDecl>(V))
      return !(Found = true);
    if (V && V->hasLocalStorage() && V->getInit() && Depth < Deepest) {
      ParameterFinder Inner(OrThis, Depth + 1);
      Inner.TraverseStmt(const_cast<Expr *>(V->getInit()));
      Found |= Inner.Found;
    }
    return !Found;
  }
  bool VisitCXXThisExpr(CXXThisExpr *) { return !(Found |= OrThis); }
  bool TraverseLambdaExpr(LambdaExpr *) { return true; }

  bool Found = false;

private:
  static constexpr unsigned Deepest = 4;
  bool OrThis;
  unsigned Depth;
};
} // namespace

bool usesParameters(const Expr *E, bool OrThis) {
  ParameterFinder Finder(OrThis, 0);
  Finder.TraverseStmt(const_cast<Expr *>(E));
  return Finder.Found;
}

} // namespace unsingleton
