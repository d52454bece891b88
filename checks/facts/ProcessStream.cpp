//===- ProcessStream.cpp - stdout and its like ------------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/facts/ProcessStream.h"
#include "checks/facts/Compat.h"
#include "checks/facts/HolderType.h"
#include "clang/AST/RecursiveASTVisitor.h"

using namespace clang;

namespace unsingleton {

static bool isProcessStream(const ValueDecl *D) {
  if (!isa<VarDecl>(D) || !D->getIdentifier())
    return false;
  llvm::StringRef Name = D->getName();
  if (D->isInStdNamespace())
    return StringSwitch<bool>(Name)
        .Cases({"cout", "cerr", "clog", "cin"}, true)
        .Cases({"wcout", "wcerr", "wclog", "wcin"}, true)
        .Default(false);
  return D->getDeclContext()->getRedeclContext()->isTranslationUnit() &&
         StringSwitch<bool>(Name)
             .Cases({"stdout", "stderr", "stdin"}, true)
             .Default(false);
}

namespace {
class StreamFinder : public RecursiveASTVisitor<StreamFinder> {
public:
  bool Found = false;
  bool VisitDeclRefExpr(DeclRefExpr *E) {
    return !(Found |= isProcessStream(E->getDecl()));
  }
  /// What is written there now, or asked of it, is not what the object keeps.
  bool TraverseCXXOperatorCallExpr(CXXOperatorCallExpr *) { return true; }
  bool TraverseLambdaExpr(LambdaExpr *) { return true; }
  bool TraverseCallExpr(CallExpr *E) {
    const FunctionDecl *F = E->getDirectCallee();
    bool Forwards =
        F && F->getIdentifier() &&
        (F->getName() == "make_unique" || F->getName() == "make_shared");
    return !Forwards || RecursiveASTVisitor::TraverseCallExpr(E);
  }
  bool TraverseCXXMemberCallExpr(CXXMemberCallExpr *E) {
    const CXXMethodDecl *M = E->getMethodDecl();
    bool Buffer = M && M->getIdentifier() && M->getName() == "rdbuf";
    return !Buffer || RecursiveASTVisitor::TraverseCXXMemberCallExpr(E);
  }
};
} // namespace

bool givesProcessStream(const Expr *E) {
  StreamFinder Finder;
  Finder.TraverseStmt(const_cast<Expr *>(E));
  return Finder.Found;
}

bool leadsToStream(QualType Type) {
  if (!Type->isPointerType() && !Type->isReferenceType())
    return false;
  const CXXRecordDecl *R = recordOf(Type->getPointeeType());
  return R && R->getIdentifier() && R->isInStdNamespace() &&
         StringSwitch<bool>(R->getName())
             .Cases({"basic_ostream", "basic_istream", "basic_iostream"}, true)
             .Cases({"basic_ios", "basic_streambuf"}, true)
             .Default(false);
}

} // namespace unsingleton
