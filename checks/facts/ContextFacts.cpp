//===- ContextFacts.cpp - What code does with a request's context -*- C++
//-*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/facts/ContextFacts.h"
#include "checks/facts/Compat.h"
#include "checks/facts/ExpressionShape.h"
#include "checks/facts/FlowCollector.h"
#include "checks/facts/HolderType.h"
#include "checks/facts/OtherContexts.h"
#include "checks/facts/StorageExpression.h"
#include "clang/AST/ASTLambda.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/RecursiveASTVisitor.h"

using namespace clang;

namespace unsingleton {

namespace {
/// How a method of a library's class treats its arguments.
enum class Custody : uint8_t { None, Keeps, Removes, Drains };

Custody custodyOf(llvm::StringRef Method) {
  return StringSwitch<Custody>(Method)
      .Cases({"push_back", "push_front", "push", "emplace", "emplace_back",
              "emplace_front", "emplace_hint"},
             Custody::Keeps)
      .Cases({"insert", "insert_or_assign", "insert_after", "try_emplace",
              "assign", "append", "prepend"},
             Custody::Keeps)
      .Cases({"reset", "store", "exchange", "swap", "connect", "set"},
             Custody::Keeps)
      .Cases({"erase", "clear", "remove", "remove_if", "extract", "disconnect"},
             Custody::Removes)
      .Cases({"pop", "pop_front", "pop_back", "try_pop", "dequeue"},
             Custody::Drains)
      .Default(Custody::None);
}

class BodyReader : public RecursiveASTVisitor<BodyReader> {
  using Base = RecursiveASTVisitor<BodyReader>;

public:
  BodyReader(const FunctionDecl *Owner, ContextTypes &Types, SourceSpans &Spans,
             UnitFactsBuilder &Facts)
      : Owner(Owner), Types(Types), Spans(Spans), Facts(Facts),
        Flows(Owner, Types, Spans, Facts),
        Others(Owner, Types, Spans, Facts, Flows.origins()) {}

  void readFunction() {
    if (const auto *C = dyn_cast<CXXConstructorDecl>(Owner))
      for (const CXXCtorInitializer *Init : C->inits())
        if (Init->isWritten())
          initialiser(Init);
    TraverseStmt(Owner->getBody());
    finish(NoSymbol);
  }
  void readStorage(const VarDecl *V) {
    initialises(V);
    TraverseStmt(const_cast<Expr *>(V->getInit()));
    finish(Facts.symbol(V));
  }

  // Classes in a function have methods of their own, which are read as such.
  bool TraverseDecl(Decl *D) {
    return isa_and_nonnull<TagDecl, FunctionDecl>(D) || Base::TraverseDecl(D);
  }
  bool TraverseLambdaExpr(LambdaExpr *L) {
    ++Lambdas;
    bool Result = Base::TraverseLambdaExpr(L);
    --Lambdas;
    return Result;
  }
  bool TraverseUnaryExprOrTypeTraitExpr(UnaryExprOrTypeTraitExpr *) {
    return true;
  }
  bool TraverseCXXNoexceptExpr(CXXNoexceptExpr *) { return true; }
  bool TraverseTypeLoc(TypeLoc, bool = true) { return true; }

  bool VisitVarDecl(VarDecl *V) {
    if (isStorage(V) && V->getInit())
      initialises(V);
    else if (!isa<ParmVarDecl>(V)) {
      Others.variable(V);
      if (Owner && !Owner->isMain())
        Types.forElements(V->getType(), [&](const CXXRecordDecl *R) {
          Facts.add(LooseInstanceFact{Facts.symbol(R)});
        });
    }
    return true;
  }

  bool VisitReturnStmt(ReturnStmt *S) {
    if (!S->getRetValue() || Lambdas)
      return true;
    Flows.returned(S->getRetValue());
    Others.returned(S->getRetValue());
    return true;
  }

  bool VisitBinaryOperator(BinaryOperator *B) {
    if (B->getOpcode() == BO_Assign)
      assigns(B->getLHS(), B->getRHS());
    return true;
  }

  bool VisitInitListExpr(InitListExpr *List) {
    if (const CXXRecordDecl *R = List->getType()->getAsCXXRecordDecl())
      instance(List, R);
    return true;
  }

  bool VisitCXXConstructExpr(CXXConstructExpr *E) {
    const CXXConstructorDecl *C = E->getConstructor();
    llvm::SmallVector<const Expr *, 4> Given(E->arguments());
    Others.call(C, Given);
    if (Types.foreign(C))
      return true;
    instance(E, C->getParent());
    if (C->isCopyOrMoveConstructor() && !C->isUserProvided())
      return true;
    if (Parts.contains(E))
      Flows.constructsThis(E);
    else
      Flows.call(E, C, nullptr, Given);
    return true;
  }

  bool VisitCallExpr(CallExpr *E) {
    const FunctionDecl *F = E->getDirectCallee();
    if (!F || E->isTypeDependent())
      return true;
    llvm::SmallVector<const Expr *, 4> Given(E->arguments());
    const Expr *Object = nullptr;
    const auto *Method = dyn_cast<CXXMethodDecl>(F);
    if (const auto *C = dyn_cast<CXXMemberCallExpr>(E)) {
      Object = C->getImplicitObjectArgument();
    } else if (isa<CXXOperatorCallExpr>(E) && Method && !Method->isStatic()) {
      Object = Given.front();
      Given.erase(Given.begin());
    }
    Others.call(F, Given);
    if (isRuntime(F))
      return runtime(E, F);
    if (Method && isLambdaCallOperator(Method))
      return true;
    if (const auto *C = dyn_cast<CXXOperatorCallExpr>(E);
        C && C->getOperator() == OO_Equal && Given.size() == 1 &&
        (Types.foreign(F) || !Method->isUserProvided()))
      assigns(Object, Given.front());
    else if (Types.foreign(F))
      library(E, F, Object, Given);
    else
      Flows.call(E, F, Object, Given);
    return true;
  }

private:
  void finish(SymbolIndex Variable) {
    SymbolIndex Function = Owner ? Facts.symbol(Owner) : NoSymbol;
    for (const Span &Where : Ambient)
      Facts.add(AmbientContextFact{Function, Variable, Where});
    Flows.emit();
    Others.emit();
  }

  void initialiser(const CXXCtorInitializer *Init) {
    const Expr *E = Init->getInit();
    place(E);
    const auto *C = dyn_cast<CXXConstructExpr>(E->IgnoreImplicit());
    if (C && !Init->isAnyMemberInitializer())
      Parts.insert(C);
    if (const FieldDecl *F = Init->getAnyMember())
      Flows.initialise(F, E);
    TraverseStmt(const_cast<Expr *>(E));
  }

  void initialises(const VarDecl *V) {
    place(V->getInit());
    Flows.initialise(V, V->getInit());
  }

  void assigns(const Expr *To, const Expr *Value) {
    if (Flows.isStatic(To))
      place(Value);
    Flows.assign(To, Value);
  }

  /// What \p Value makes, it makes for a static storage.
  void place(const Expr *Value) {
    Placed.insert(Value->IgnoreImplicit());
    Value = peeled(Value, /*Copies=*/true);
    Placed.insert(Value);
    if (const auto *New = dyn_cast<CXXNewExpr>(Value);
        New && New->getInitializer()) {
      Placed.insert(New->getInitializer()->IgnoreImplicit());
    } else if (const auto *C = dyn_cast<CXXConstructExpr>(Value);
               C && ContextTypes::isHandle(C->getType()) && C->getNumArgs()) {
      place(C->getArg(0)); // unique_ptr<X>(new X)
    }
  }

  /// An object of \p R is made by \p E.
  void instance(const Expr *E, const CXXRecordDecl *R) {
    if (!R || R->isLambda() || Types.foreign(R) || Placed.contains(E) ||
        !Owner || Owner->isMain())
      return; // what main makes lasts as long as the process
    Facts.add(LooseInstanceFact{Facts.symbol(R)});
  }

  /// A constructor that a library's function calls with \p Given.
  void forwards(const CallExpr *E, const CXXRecordDecl *R,
                llvm::ArrayRef<const Expr *> Given) {
    instance(E, R);
    for (const CXXConstructorDecl *C : R->ctors())
      if (!C->isImplicit() && !C->isCopyOrMoveConstructor() &&
          Given.size() >= C->getMinRequiredArguments() &&
          Given.size() <= C->getNumParams())
        Flows.call(E, C, nullptr, Given);
  }

  bool runtime(const CallExpr *E, const FunctionDecl *F) {
    if (isRuntimeFunction(F, "current_context"))
      Ambient.push_back(Spans.tokens(E->getSourceRange()).Where);
    if (!isSlotAccess(F))
      return true;
    QualType Type = holderType(E->getType()).Object.getUnqualifiedType();
    if (Type->isDependentType())
      return true;
    PrintingPolicy Policy(Spans.LO);
    Policy.SuppressTagKeyword = true;
    PerRequestFact Fact;
    Fact.Function = Owner ? Facts.symbol(Owner) : NoSymbol;
    if (const CXXRecordDecl *R = recordOf(Type); R && !Types.foreign(R))
      Fact.Record = Facts.symbol(R);
    if (ContainedType Element = containedIn(Type);
        Element.Record && !Element.Pointers && !Types.foreign(Element.Record))
      Fact.Element = Facts.symbol(Element.Record);
    Fact.Type = Type.getCanonicalType().getAsString(Policy);
    Fact.Where = Spans.tokens(E->getSourceRange()).Where;
    Facts.add(Fact);
    return true;
  }

  void library(const CallExpr *E, const FunctionDecl *F, const Expr *Object,
               llvm::ArrayRef<const Expr *> Given) {
    llvm::StringRef Name = F->getIdentifier() ? F->getName() : "";
    if (const CXXRecordDecl *R = madeBy(E); R && !Types.foreign(R))
      return forwards(E, R, Given);
    if (!Object)
      return freeFunction(F, Name, Given);
    const auto *C = dyn_cast<CXXOperatorCallExpr>(E);
    if (C && C->getOperator() == OO_PlusEqual)
      return Flows.insert(Object, Given.front());
    if (Name == "detach" && Given.empty()) {
      llvm::StringRef Class = cast<CXXMethodDecl>(F)->getParent()->getName();
      if (Class == "thread" || Class == "jthread")
        Flows.detached(Object);
      return;
    }
    switch (custodyOf(Name)) {
    case Custody::None:
      return;
    case Custody::Removes:
    case Custody::Drains:
      return Flows.removed(Object, custodyOf(Name) == Custody::Drains,
                           E->getExprLoc());
    case Custody::Keeps:
      break;
    }
    if (Name == "swap") { // what was in one is in the other now
      Flows.removed(Object, /*Drains=*/true, E->getExprLoc());
      Flows.removed(Given.front(), /*Drains=*/true, E->getExprLoc());
    }
    if (const CXXRecordDecl *R = emplacedBy(E, Types, &Given)) {
      forwards(E, R, Given);
      return Flows.insert(Object, E);
    }
    for (const Expr *Value : Given) {
      if (Flows.isStatic(Object))
        place(Value);
      Flows.insert(Object, Value);
    }
  }

  void freeFunction(const FunctionDecl *F, llvm::StringRef Name,
                    llvm::ArrayRef<const Expr *> Given) {
    if (Name == "move" && Given.size() == 1)
      Flows.removed(Given[0], true, Given[0]->getExprLoc());
    if (Given.size() < 2)
      return;
    if (Name == "swap") {
      assigns(Given[0], Given[1]);
      assigns(Given[1], Given[0]);
      Flows.removed(Given[0], true, Given[0]->getExprLoc());
      Flows.removed(Given[1], true, Given[1]->getExprLoc());
    } else if (Name == "exchange") {
      assigns(Given[0], Given[1]);
      Flows.removed(Given[0], true, Given[0]->getExprLoc());
    } else if (Name == "atomic_store" || Name == "atomic_exchange") {
      Flows.insert(Given[0], Given[1]);
    } else if (Name == "erase" || Name == "erase_if") {
      Flows.removed(Given[0], false, Given[0]->getExprLoc());
    }
  }

  const FunctionDecl *Owner;
  ContextTypes &Types;
  SourceSpans &Spans;
  UnitFactsBuilder &Facts;
  FlowCollector Flows;
  OtherContexts Others;
  unsigned Lambdas = 0;                ///< around the current statement
  llvm::DenseSet<const Expr *> Placed; ///< make what a storage or object holds
  llvm::DenseSet<const Expr *> Parts;  ///< make the object's own bases
  llvm::SmallVector<Span, 2> Ambient;
};
} // namespace

void ContextFacts::function(const FunctionDecl *F) {
  if (isRuntime(F) || F->isImplicit() || !Spans.user(F->getLocation()) ||
      F->isDependentContext())
    return;
  BodyReader(F, Types, Spans, Facts).readFunction();
}

void ContextFacts::storage(const VarDecl *V) {
  if (!V->getInit() || V->isStaticLocal() || V->isLocalVarDecl() ||
      isRuntime(V) || V->isConstexpr() || V->getType()->isDependentType())
    return;
  const Expr *Init = V->getInit();
  if (Init->isValueDependent())
    return;
  // Not through the tables of numbers and names that some files consist of.
  if (!isa<InitListExpr>(Init->IgnoreImplicit()) || Types.carries(V->getType()))
    BodyReader(nullptr, Types, Spans, Facts).readStorage(V);
}

void ContextFacts::record(const CXXRecordDecl *R) {
  if (!R->isThisDeclarationADefinition() || R->isLambda() || R->isImplicit() ||
      isRuntime(R) || !Spans.user(R->getLocation()))
    return;
  bool Hidden = R->isInAnonymousNamespace() || R->isLocalClass();
  bool Guarded = R->ctor_begin() != R->ctor_end();
  for (const CXXConstructorDecl *C : R->ctors())
    Guarded &= C->isImplicit() || C->isDeleted() ||
               C->getAccess() == AS_private || C->getAccess() == AS_protected;
  bool Written = llvm::any_of(R->ctors(), [](const CXXConstructorDecl *C) {
    return !C->isImplicit() && !C->isDeleted();
  });
  if (Hidden || (Guarded && Written))
    Facts.add(SealedRecordFact{Facts.symbol(R)});
  for (const FieldDecl *F : R->fields())
    Types.forElements(F->getType(), [&](const CXXRecordDecl *Element) {
      Facts.add(LooseInstanceFact{Facts.symbol(Element)});
    });
}

} // namespace unsingleton
