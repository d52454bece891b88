//===- StorageExpression.cpp - What an expression says of a storage -*- C++
//-*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/facts/StorageExpression.h"
#include "checks/facts/HolderType.h"
#include "checks/facts/OwnHolder.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace unsingleton {

bool isStorage(const VarDecl *V) {
  return V && V->hasGlobalStorage() && !isa<ParmVarDecl>(V);
}

bool isNull(const Expr *E, const ASTContext &Context) {
  return E->isNullPointerConstant(const_cast<ASTContext &>(Context),
                                  Expr::NPC_ValueDependentIsNotNull) !=
         Expr::NPCK_NotNull;
}

/// A constructor call that copies or moves a smart pointer, or one that C++17
/// elides.
static const Expr *copied(const CXXConstructExpr *E) {
  if (E->getNumArgs() == 0 || isa<CXXTemporaryObjectExpr>(E))
    return nullptr;
  for (unsigned I = 1; I < E->getNumArgs(); ++I)
    if (!isa<CXXDefaultArgExpr>(E->getArg(I)))
      return nullptr;
  if (E->getConstructor()->isCopyOrMoveConstructor())
    return E->getArg(0);
  // shared_ptr<Base>(shared_ptr<Derived> &&), unique_ptr likewise.
  Holder To = holderType(E->getType()).How;
  Holder From = holderType(E->getArg(0)->getType()).How;
  bool Smart = To == Holder::UniquePtr || To == Holder::SharedPtr;
  return Smart && (From == Holder::UniquePtr || From == Holder::SharedPtr)
             ? E->getArg(0)
             : nullptr;
}

const Expr *bare(const Expr *E) {
  while (E) {
    const Expr *Inner = E->IgnoreParenImpCasts();
    if (const auto *C = dyn_cast<ExprWithCleanups>(Inner))
      Inner = C->getSubExpr();
    else if (const auto *M = dyn_cast<MaterializeTemporaryExpr>(Inner))
      Inner = M->getSubExpr();
    else if (const auto *B = dyn_cast<CXXBindTemporaryExpr>(Inner))
      Inner = B->getSubExpr();
    else if (const auto *C = dyn_cast<CXXConstructExpr>(Inner)) {
      if (const Expr *From = copied(C))
        Inner = From;
    } else if (const auto *F = dyn_cast<CXXFunctionalCastExpr>(Inner)) {
      Inner = F->getSubExpr();
    } else if (const auto *L = dyn_cast<InitListExpr>(Inner)) {
      if (L->getNumInits() == 1 && L->isTransparent())
        Inner = L->getInit(0);
    }
    if (Inner == E)
      return E;
    E = Inner;
  }
  return E;
}

namespace {
/// A local variable can stand for another: guards against a ring of them.
constexpr unsigned DeepestAlias = 8;

std::optional<StorageExpression> resolve(const Expr *E, unsigned Depth);

Yield yieldOf(QualType Type) {
  switch (holderType(Type).How) {
  case Holder::Value:
  case Holder::Reference:
    return Yield::Object;
  case Holder::RawPointer:
    return Yield::Pointer;
  default:
    return Yield::Handle;
  }
}

/// A library's holder may hold a pointer: `**x` of `NoDestructor<X *> x`.
bool isNested(const StorageExpression &S) {
  return S.Owner || S.Instance ||
         holderType(S.Storage->getType()).How == Holder::Library;
}

/// \p Whole dereferences \p E.
std::optional<StorageExpression> dereferenced(const Expr *Whole, const Expr *E,
                                              unsigned Depth) {
  std::optional<StorageExpression> Inner = resolve(E, Depth);
  if (!Inner || Inner->What == Yield::Object)
    return std::nullopt;
  Inner->What = isNested(*Inner) ? yieldOf(Whole->getType()) : Yield::Object;
  return Inner;
}

std::optional<StorageExpression> variable(const VarDecl *V, unsigned Depth) {
  if (isStorage(V))
    return StorageExpression{V->getCanonicalDecl(), nullptr,
                             yieldOf(V->getType())};
  if (isa<ParmVarDecl>(V) || !V->hasInit() || Depth == DeepestAlias)
    return std::nullopt;
  Holder How = holderType(V->getType()).How;
  if (How == Holder::Value)
    return std::nullopt;
  return resolve(V->getInit(), Depth + 1);
}

std::optional<StorageExpression> member(const CXXMemberCallExpr *E,
                                        unsigned Depth) {
  const CXXMethodDecl *Method = E->getMethodDecl();
  const Expr *On = E->getImplicitObjectArgument();
  if (!Method || !On)
    return std::nullopt;
  std::optional<StorageExpression> Inner = resolve(On, Depth);
  if (!Inner)
    return std::nullopt;
  if (handsOut(Method)) {
    Inner->What = yieldOf(E->getType());
    return Inner;
  }
  if (Inner->What == Yield::Pointer && isNested(*Inner) &&
      On->getType()->isPointerType()) // `x->get()` of NoDestructor<unique_ptr>
    Inner->What = yieldOf(On->getType()->getPointeeType());
  if (!Method->getIdentifier() || Inner->What != Yield::Handle)
    return std::nullopt;
  llvm::StringRef Name = Method->getName();
  if (Name == "get" || Name == "load" || Name == "loadRelaxed" ||
      Name == "loadAcquire")
    Inner->What = Yield::Pointer;
  else if (Name == "value")
    Inner->What = Yield::Object;
  else
    return std::nullopt;
  return Inner;
}

std::optional<StorageExpression> resolve(const Expr *E, unsigned Depth) {
  E = bare(E);
  if (!E)
    return std::nullopt;
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
    const auto *V = dyn_cast<VarDecl>(Ref->getDecl());
    return V ? variable(V, Depth) : std::nullopt;
  }
  if (const auto *Member = dyn_cast<MemberExpr>(E)) {
    const auto *V = dyn_cast<VarDecl>(Member->getMemberDecl());
    return V ? variable(V, Depth) : std::nullopt;
  }
  if (const auto *U = dyn_cast<UnaryOperator>(E)) {
    if (U->getOpcode() == UO_Deref)
      return dereferenced(U, U->getSubExpr(), Depth);
    if (U->getOpcode() != UO_AddrOf)
      return std::nullopt;
    std::optional<StorageExpression> Inner = resolve(U->getSubExpr(), Depth);
    if (!Inner || Inner->What != Yield::Object)
      return std::nullopt;
    Inner->What = Yield::Pointer;
    return Inner;
  }
  if (const auto *Call = dyn_cast<CXXOperatorCallExpr>(E)) {
    const auto *Method =
        dyn_cast_or_null<CXXMethodDecl>(Call->getDirectCallee());
    if (Call->getNumArgs() == 1 && Method && handsOut(Method)) {
      std::optional<StorageExpression> Inner = resolve(Call->getArg(0), Depth);
      if (Inner)
        Inner->What = yieldOf(Call->getType());
      return Inner;
    }
    if (Call->getOperator() == OO_Equal && Call->getNumArgs() == 2)
      return resolve(Call->getArg(0), Depth); // return it = compute();
    bool Access = Call->getOperator() == OO_Star && Call->getNumArgs() == 1;
    return Access ? dereferenced(Call, Call->getArg(0), Depth) : std::nullopt;
  }
  if (const auto *Call = dyn_cast<CXXMemberCallExpr>(E)) {
    // atomic<T *> converts to T * by a conversion function.
    if (isa_and_nonnull<CXXConversionDecl>(Call->getMethodDecl()) &&
        !handsOut(Call->getMethodDecl())) {
      std::optional<StorageExpression> Inner =
          resolve(Call->getImplicitObjectArgument(), Depth);
      if (Inner && Inner->What == Yield::Handle &&
          Call->getType()->isPointerType()) {
        Inner->What = Yield::Pointer;
        return Inner;
      }
      return std::nullopt;
    }
    return member(Call, Depth);
  }
  if (const auto *Call = dyn_cast<CallExpr>(E)) {
    const FunctionDecl *Callee = Call->getDirectCallee();
    if (const HolderClass *Owner = objectOwner(Callee))
      return StorageExpression{nullptr, Owner, yieldOf(Call->getType())};
    if (const NamedDecl *Instance = holderInstance(Callee))
      return StorageExpression{
          nullptr, nullptr, yieldOf(Callee->getReturnType()), false, Instance};
    if (Call->getNumArgs() == 1 &&
        (isStd(Callee, "move") || isStd(Callee, "forward")))
      return resolve(Call->getArg(0), Depth);
    if (Call->getNumArgs() == 1 && isStd(Callee, "addressof")) {
      std::optional<StorageExpression> Inner = resolve(Call->getArg(0), Depth);
      if (Inner && Inner->What == Yield::Object)
        Inner->What = Yield::Pointer;
      return Inner;
    }
    return std::nullopt;
  }
  if (const VarDecl *Carrier = carrierOf(E))
    return StorageExpression{Carrier, nullptr, Yield::Pointer};
  if (const auto *Cast = dyn_cast<ExplicitCastExpr>(E))
    return resolve(Cast->getSubExpr(), Depth);
  if (const auto *Choice = dyn_cast<ConditionalOperator>(E)) {
    std::optional<StorageExpression> Yes =
        resolve(Choice->getTrueExpr(), Depth);
    std::optional<StorageExpression> No =
        resolve(Choice->getFalseExpr(), Depth);
    return Yes && No && Yes->Storage == No->Storage &&
                   Yes->Owner == No->Owner && Yes->Instance == No->Instance
               ? Yes
               : std::nullopt;
  }
  if (const auto *B = dyn_cast<BinaryOperator>(E)) {
    if (B->getOpcode() == BO_Comma)
      return resolve(B->getRHS(), Depth);
    if (B->getOpcode() == BO_Assign) // p ? p : (p = new T)
      return resolve(B->getLHS(), Depth);
  }
  return std::nullopt;
}
} // namespace

std::optional<StorageExpression> storageExpression(const Expr *E) {
  std::optional<StorageExpression> Result = resolve(E, 0);
  if (!Result || !Result->Storage)
    return std::nullopt;
  if (Result->What == Yield::Object && E->isPRValue())
    Result->ByValue = true;
  return Result;
}

std::optional<StorageExpression> ownedExpression(const Expr *E) {
  std::optional<StorageExpression> Result = resolve(E, 0);
  return Result && (Result->Owner || Result->Instance) ? Result : std::nullopt;
}

const VarDecl *storageBehind(const VarDecl *V) {
  for (unsigned Depth = 0; Depth < DeepestAlias; ++Depth) {
    bool Fixed =
        V->getType()->isReferenceType() ||
        (V->getType()->isPointerType() && V->getType().isConstQualified());
    const VarDecl *Defined = V->getInitializingDeclaration();
    if (!Fixed || !Defined || !Defined->hasInit())
      break;
    std::optional<StorageExpression> Of = storageExpression(Defined->getInit());
    if (!Of || Of->Storage == V->getCanonicalDecl())
      break;
    V = Of->Storage;
  }
  return V->getCanonicalDecl();
}

const VarDecl *rootOf(const Expr *E) {
  while (E) {
    E = bare(E);
    if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
      const auto *V = dyn_cast<VarDecl>(Ref->getDecl());
      return isStorage(V) ? V->getCanonicalDecl() : nullptr;
    }
    if (const auto *M = dyn_cast<MemberExpr>(E)) {
      if (const auto *V = dyn_cast<VarDecl>(M->getMemberDecl()))
        return V->getCanonicalDecl();
      E = M->getBase();
    } else if (const auto *S = dyn_cast<ArraySubscriptExpr>(E)) {
      E = S->getBase();
    } else if (const auto *U = dyn_cast<UnaryOperator>(E)) {
      E = U->getSubExpr();
    } else if (const auto *C = dyn_cast<CXXOperatorCallExpr>(E)) {
      E = C->getNumArgs() ? C->getArg(0) : nullptr;
    } else if (const auto *C = dyn_cast<CXXMemberCallExpr>(E)) {
      E = C->getImplicitObjectArgument();
    } else if (const auto *B = dyn_cast<BinaryOperator>(E);
               B && B->isAssignmentOp()) {
      E = B->getLHS();
    } else {
      return nullptr;
    }
  }
  return nullptr;
}

} // namespace unsingleton
