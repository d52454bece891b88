//===- AccessExpression.cpp - What an expression gives access to -*- C++
//-*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/facts/AccessExpression.h"
#include "checks/facts/Compat.h"
#include "checks/facts/HolderType.h"
#include "checks/facts/StorageExpression.h"
#include "checks/facts/Ways.h"
#include "checks/facts/Words.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/RecursiveASTVisitor.h"

using namespace clang;

namespace unsingleton {

namespace {
/// Methods of the library's containers that put an element in, or find one,
/// and return a way to it.
bool yieldsElement(llvm::StringRef Name) {
  return StringSwitch<bool>(Name)
      .Cases({"at", "find", "lower_bound", "upper_bound", "equal_range",
              "emplace", "try_emplace", "insert", "insert_or_assign",
              "emplace_back"},
             true)
      .Default(false);
}

/// Free functions of the library that hand on their first argument.
bool handsOn(llvm::StringRef Name) {
  return StringSwitch<bool>(Name)
      .Cases({"static_pointer_cast", "dynamic_pointer_cast",
              "const_pointer_cast", "find", "find_if", "find_if_not", "launder",
              "as_mutable", "to_address", "max_element", "min_element"},
             true)
      .Default(isProjection(Name));
}

bool makesTuple(llvm::StringRef Name) {
  return Name == "tie" || Name == "forward_as_tuple" || Name == "make_pair" ||
         Name == "make_tuple";
}

bool isTuple(const CXXRecordDecl *R) {
  return R->isInStdNamespace() && R->getIdentifier() &&
         (R->getName() == "pair" || R->getName() == "tuple");
}

class Finder {
public:
  Finder(const Assignments &Assigned, const SourceSpans &Spans)
      : Assigned(Assigned), Spans(Spans) {}

  llvm::SmallVector<AccessExpression, 2> Found;

  void find(const Expr *E, AccessExpression So) {
    // Chains of locals and of calls are short; a ring of locals is cut here.
    if (!E || Depth == Deepest)
      return;
    ++Depth;
    So.Text |= leadsToText(E->getType());
    step(bare(E), So);
    --Depth;
  }

private:
  void step(const Expr *E, AccessExpression So) {
    if (!E)
      return;
    if (std::optional<StorageExpression> Whole = storageExpression(E)) {
      So.Storage = storageBehind(Whole->Storage);
      Found.push_back(So);
      return;
    }
    if (std::optional<StorageExpression> Whole = ownedExpression(E)) {
      So.Owner = Whole->Owner;
      So.Instance = Whole->Instance;
      Found.push_back(So);
      return;
    }
    if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
      return named(Ref->getDecl(), So);
    if (const auto *M = dyn_cast<MemberExpr>(E))
      return isa<FieldDecl>(M->getMemberDecl()) ? find(M->getBase(), So)
                                                : void();
    if (const auto *S = dyn_cast<ArraySubscriptExpr>(E))
      return keyed(S->getBase(), S->getIdx(), So);
    if (const auto *U = dyn_cast<UnaryOperator>(E))
      return U->getOpcode() == UO_Deref || U->getOpcode() == UO_AddrOf
                 ? find(U->getSubExpr(), So)
                 : void();
    if (const auto *C = dyn_cast<CXXOperatorCallExpr>(E))
      return operatorCall(C, So);
    if (const auto *C = dyn_cast<CXXMemberCallExpr>(E))
      return methodCall(C, So);
    if (const auto *C = dyn_cast<CallExpr>(E))
      return call(C, So);
    if (const auto *C = dyn_cast<ExplicitCastExpr>(E))
      return find(C->getSubExpr(), So);
    if (const auto *C = dyn_cast<ConditionalOperator>(E)) {
      find(C->getTrueExpr(), So);
      return find(C->getFalseExpr(), So);
    }
    if (const auto *B = dyn_cast<BinaryOperator>(E))
      return binary(B, So);
    if (const auto *C = dyn_cast<CXXConstructExpr>(E))
      return handle(C, So);
    if (const auto *L = dyn_cast<InitListExpr>(E))
      for (const Expr *Init : L->inits())
        if ((isWay(Init->getType()) || Init->isGLValue()) && givesWay(Init))
          find(Init, So);
  }

  void keyed(const Expr *Base, const Expr *Key, AccessExpression So) {
    So.Keyed = true;
    if (!So.Key)
      So.Key = Key;
    find(Base, So);
  }

  void named(const ValueDecl *D, AccessExpression So) {
    if (const auto *B = dyn_cast<BindingDecl>(D)) {
      const auto *Of = dyn_cast_or_null<VarDecl>(B->getDecomposedDecl());
      return Of && Of->getType()->isReferenceType() ? find(Of->getInit(), So)
                                                    : void();
    }
    const auto *V = dyn_cast<VarDecl>(D);
    if (!V || isa<ParmVarDecl>(V) || isStorage(V) || !isWay(V->getType()))
      return;
    if (V->hasInit())
      find(V->getInit(), So);
    if (auto It = Assigned.find(V); It != Assigned.end())
      for (const Expr *Value : It->second)
        find(Value, So);
  }

  void operatorCall(const CXXOperatorCallExpr *C, AccessExpression So) {
    const auto *M = dyn_cast_or_null<CXXMethodDecl>(C->getDirectCallee());
    if (!M || !C->getNumArgs())
      return;
    bool User = Spans.user(M->getLocation());
    if (User) {
      if (!givesWay(C))
        return;
      if (!So.Provided)
        So.Provided = M;
    }
    switch (C->getOperator()) {
    case OO_Subscript:
    case OO_Call:
      if (C->getNumArgs() > 1 && (User || C->getOperator() == OO_Subscript))
        return keyed(C->getArg(0), C->getArg(1), So);
      return User ? find(C->getArg(0), So) : void();
    case OO_Star:
    case OO_Arrow:
      return find(C->getArg(0), So);
    case OO_Equal:
      return find(C->getArg(1), So);
    default:
      return;
    }
  }

  void methodCall(const CXXMemberCallExpr *C, AccessExpression So) {
    const CXXMethodDecl *M = C->getMethodDecl();
    const Expr *Object = C->getImplicitObjectArgument();
    if (!M || !Object)
      return;
    if (Spans.user(M->getLocation())) {
      if (!givesWay(C))
        return;
      if (!So.Provided)
        So.Provided = M;
      return C->getNumArgs() ? keyed(Object, C->getArg(0), So)
                             : find(Object, So);
    }
    llvm::StringRef Name =
        M->getIdentifier() ? M->getName() : llvm::StringRef();
    if (M->isOverloadedOperator()) // it.operator->()
      return find(Object, So);
    if (yieldsElement(Name))
      return keyed(Object, C->getNumArgs() ? C->getArg(0) : nullptr, So);
    if (isProjection(Name) || Name == "c_str" || isa<CXXConversionDecl>(M))
      find(Object, So);
  }

  void call(const CallExpr *C, AccessExpression So) {
    const FunctionDecl *F = C->getDirectCallee();
    if (!F || !C->getNumArgs() || !F->getIdentifier())
      return;
    if (!Spans.user(F->getLocation())) {
      if (makesTuple(F->getName()))
        for (const Expr *Argument : C->arguments())
          find(Argument, So);
      return handsOn(F->getName()) ? find(C->getArg(0), So) : void();
    }
    if (!givesWay(C) || So.Provided)
      return;
    So.Provided = F;
    for (unsigned I = 0; I < C->getNumArgs() && I < F->getNumParams(); ++I)
      if (isOpenWay(F->getParamDecl(I)->getType()))
        find(C->getArg(I), So);
  }

  void binary(const BinaryOperator *B, AccessExpression So) {
    if (B->getOpcode() == BO_Comma || B->getOpcode() == BO_Assign)
      return find(B->getRHS(), So);
    if (B->isAdditiveOp() && B->getType()->isPointerType())
      return B->getLHS()->getType()->isPointerType()
                 ? keyed(B->getLHS(), B->getRHS(), So)
                 : keyed(B->getRHS(), B->getLHS(), So);
  }

  /// A small object that keeps a pointer or reference.
  void handle(const CXXConstructExpr *C, AccessExpression So) {
    const CXXConstructorDecl *Constructor = C->getConstructor();
    bool View = isWay(C->getType()) || isTuple(Constructor->getParent());
    if (!View && !Spans.user(Constructor->getLocation()))
      return;
    if (!View && llvm::none_of(Constructor->getParent()->fields(),
                               [](const FieldDecl *F) {
                                 return isOpenWay(F->getType());
                               }))
      return;
    for (unsigned I = 0; I < C->getNumArgs() && I < Constructor->getNumParams();
         ++I)
      if ((isOpenWay(Constructor->getParamDecl(I)->getType()) || View) &&
          (isWay(C->getArg(I)->getType()) || C->getArg(I)->isGLValue())) {
        AccessExpression Part = So;
        Part.Text |= keepsText(Constructor->getParent(), I);
        find(C->getArg(I), Part);
      }
  }

  /// Whether element \p I of \p Tuple is a view of characters, whatever it is
  /// made from.
  static bool keepsText(const CXXRecordDecl *Tuple, unsigned I) {
    const auto *S = dyn_cast<ClassTemplateSpecializationDecl>(Tuple);
    if (!S || !isTuple(Tuple))
      return false;
    llvm::SmallVector<TemplateArgument, 4> Elements;
    for (const TemplateArgument &A : S->getTemplateArgs().asArray())
      if (A.getKind() == TemplateArgument::Pack)
        llvm::append_range(Elements, A.pack_elements());
      else
        Elements.push_back(A);
    return I < Elements.size() &&
           Elements[I].getKind() == TemplateArgument::Type &&
           leadsToText(Elements[I].getAsType());
  }

  static constexpr unsigned Deepest = 12;
  const Assignments &Assigned;
  const SourceSpans &Spans;
  unsigned Depth = 0;
};

/// The first name in a key that tells users apart.
class SelectorFinder : public RecursiveASTVisitor<SelectorFinder> {
public:
  std::string Found;

  bool VisitDeclRefExpr(DeclRefExpr *E) {
    consider(E->getDecl());
    return Found.empty();
  }
  bool VisitMemberExpr(MemberExpr *E) {
    consider(E->getMemberDecl());
    return Found.empty();
  }

private:
  void consider(const NamedDecl *D) {
    std::string Name = D->getNameAsString();
    if (Name == "get_id" || Name == "pthread_self" || Name == "gettid")
      Found = "the thread";
    else if (hasWord(Name))
      Found = Name;
    else if (const auto *V = dyn_cast<ValueDecl>(D))
      if (const CXXRecordDecl *R = recordOf(holderType(V->getType()).Object);
          R && R->getIdentifier() && hasWord(R->getName()))
        Found = R->getName().str();
  }

  static bool hasWord(llvm::StringRef Name) {
    for (llvm::StringRef Word : {"context", "ctx", "session", "task", "request",
                                 "conversation", "user", "thread"})
      if (containsWord(Name, Word))
        return true;
    return false;
  }
};
} // namespace

llvm::SmallVector<AccessExpression, 2>
accessExpressions(const Expr *E, const Assignments &Assigned,
                  const SourceSpans &Spans) {
  Finder F(Assigned, Spans);
  F.find(E, {});
  return std::move(F.Found);
}

bool leadsToText(QualType Type) {
  if (Type.isNull()) // of a list of arguments that a template does not know yet
    return false;
  if (Type->isPointerType())
    return Type->getPointeeType().isConstQualified() &&
           Type->getPointeeType()->isAnyCharacterType();
  const CXXRecordDecl *R = Type->getAsCXXRecordDecl();
  return R && R->getIdentifier() &&
         (isStd(R, "basic_string_view") || R->getName() == "StringRef" ||
          R->getName() == "string_view" || R->getName() == "StringPiece");
}

std::string selectorIn(const Expr *Key) {
  SelectorFinder Finder;
  if (Key)
    Finder.TraverseStmt(const_cast<Expr *>(Key));
  return Finder.Found;
}

} // namespace unsingleton
