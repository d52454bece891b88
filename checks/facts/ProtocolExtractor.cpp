//===- ProtocolExtractor.cpp - How an accessor makes and hands out its object
//-*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/facts/ProtocolExtractor.h"
#include "checks/facts/CreationFacts.h"
#include "checks/facts/HolderType.h"
#include "checks/facts/LibraryTypes.h"
#include "checks/facts/ProcessStream.h"
#include "checks/facts/ProtocolParts.h"
#include "checks/facts/StorageExpression.h"
#include "checks/facts/SymbolName.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/SmallPtrSet.h"

using namespace clang;

namespace unsingleton {

namespace {
/// Everything read from one accessor's body, for one storage.
class Protocol {
public:
  Protocol(const FunctionDecl *F, const VarDecl *Storage, SourceSpans &Spans,
           UnitFactsBuilder &Facts)
      : Storage(Storage), Spans(Spans), Facts(Facts),
        Context(F->getASTContext()), Function(Facts.symbol(F)),
        StorageSymbol(Facts.symbol(Storage)) {}

  void read(const CompoundStmt *Body) {
    uint32_t Order = 0;
    for (const Stmt *S : Body->body()) {
      StatementFact Fact;
      Fact.Function = Function;
      Fact.Storage = StorageSymbol;
      Fact.Order = Order++;
      DoubleChecked = false;
      Fact.Kind = classify(S);
      Fact.DoubleChecked = DoubleChecked;
      EditableSpan Where = Spans.statement(S->getSourceRange());
      if (!Where.editable())
        Fact.Kind = StatementKind::Other;
      Fact.Whole = Where.Where;
      Facts.add(Fact);
    }
  }

  /// The only creation in \p Body, if there is nothing but protocol; adds no
  /// other fact than the helpers of that.
  std::optional<CreationFact> made(const CompoundStmt *Body) {
    Quiet = true;
    if (!protocolOnly(Body) || Made.size() != 1 || Made.front().UsesLocals)
      return std::nullopt;
    for (const ProtocolUseFact &Use : Helpers)
      Facts.add(Use);
    return Made.front();
  }

private:
  bool isStorageExpression(const Expr *E) {
    std::optional<StorageExpression> S = storageExpression(E);
    return S && S->Storage == Storage->getCanonicalDecl();
  }
  bool isStorageOrCopy(const Expr *E) {
    if (isStorageExpression(E))
      return true;
    const auto *Ref = dyn_cast_or_null<DeclRefExpr>(bare(E));
    const auto *V = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
    return V && Copies.contains(V);
  }

  StatementKind classify(const Stmt *S) {
    if (const auto *D = dyn_cast<DeclStmt>(S))
      return declaration(D);
    if (const auto *R = dyn_cast<ReturnStmt>(S))
      return returned(R->getRetValue());
    if (const auto *I = dyn_cast<IfStmt>(S))
      return check(I);
    if (const auto *E = dyn_cast<Expr>(S))
      return expression(E);
    return StatementKind::Other;
  }

  /// `return p;`, `return p ? p : (p = new T);`.
  StatementKind returned(const Expr *E) {
    if (!E || !isStorageOrCopy(E))
      return StatementKind::Other;
    const ConditionalOperator *Choice = choiceIn(E);
    if (!Choice)
      return StatementKind::Return;
    bool Missing = nullTest(Choice->getCond());
    const Expr *Make = Missing ? Choice->getTrueExpr() : Choice->getFalseExpr();
    bool Lazy = (Missing || presenceTest(Choice->getCond())) &&
                expression(Make) == StatementKind::Creation;
    return Lazy ? StatementKind::Return : StatementKind::Other;
  }

  StatementKind declaration(const DeclStmt *D) {
    if (!D->isSingleDecl())
      return StatementKind::Other;
    const auto *V = dyn_cast<VarDecl>(D->getSingleDecl());
    if (!V)
      return StatementKind::Other;
    if (V->getCanonicalDecl() == Storage->getCanonicalDecl()) {
      if (V->hasInit())
        initialiser(V);
      return StatementKind::StorageDeclaration;
    }
    if (isStorage(V)) // the protocol's own `static std::mutex m;`
      return isSynchronisation(V->getType()) ? StatementKind::Lock
                                             : StatementKind::Other;
    if (isLock(V->getType())) {
      helpers(V->getInit());
      return StatementKind::Lock;
    }
    if (V->hasInit() && holderType(V->getType()).How != Holder::Value &&
        isStorageExpression(V->getInit())) {
      Copies.insert(V);
      return StatementKind::LocalCopy;
    }
    return StatementKind::Other;
  }

  bool nullTest(const Expr *E) {
    E = bare(E);
    if (const auto *U = dyn_cast<UnaryOperator>(E);
        U && U->getOpcode() == UO_LNot)
      return presence(U->getSubExpr());
    if (const auto *B = dyn_cast<BinaryOperator>(E);
        B && B->getOpcode() == BO_EQ)
      return (isStorageOrCopy(B->getLHS()) && isNull(B->getRHS(), Context)) ||
             (isStorageOrCopy(B->getRHS()) && isNull(B->getLHS(), Context));
    if (const auto *C = dyn_cast<CXXOperatorCallExpr>(E);
        C && C->getOperator() == OO_EqualEqual && C->getNumArgs() == 2)
      return (isStorageOrCopy(C->getArg(0)) && isNull(C->getArg(1), Context)) ||
             (isStorageOrCopy(C->getArg(1)) && isNull(C->getArg(0), Context));
    if (const auto *C = dyn_cast<CXXRewrittenBinaryOperator>(E))
      return nullTest(C->getSemanticForm());
    return false;
  }

  /// True where the object exists: `p`, `p.has_value()`.
  bool presence(const Expr *E) {
    E = bare(E);
    if (const auto *C = dyn_cast<CXXMemberCallExpr>(E)) {
      const CXXMethodDecl *M = C->getMethodDecl();
      if (M && (isa<CXXConversionDecl>(M) ||
                (M->getIdentifier() && M->getName() == "has_value")))
        return isStorageOrCopy(C->getImplicitObjectArgument());
    }
    return isStorageOrCopy(E);
  }

  StatementKind check(const IfStmt *I) {
    if (I->getElse() || I->getInit())
      return StatementKind::Other;
    if (const VarDecl *V = I->getConditionVariable()) { // if (T *t = p.load())
      if (!V->hasInit() || !isStorageExpression(V->getInit()))
        return StatementKind::Other;
      Copies.insert(V);
      return returnsStorage(I->getThen()) ? StatementKind::EarlyReturn
                                          : StatementKind::Other;
    }
    if (presenceTest(I->getCond()))
      return returnsStorage(I->getThen()) ? StatementKind::EarlyReturn
                                          : StatementKind::Other;
    if (!nullTest(I->getCond()))
      return StatementKind::Other;
    if (protocolOnly(I->getThen()))
      return StatementKind::NullCheck;
    return callsOnly(I->getThen()) ? StatementKind::CheckedCall
                                   : StatementKind::Other;
  }

  /// `make();`
  bool callsOnly(const Stmt *S) {
    if (const auto *Block = dyn_cast<CompoundStmt>(S))
      return Block->size() == 1 && callsOnly(Block->body_front());
    const auto *E = dyn_cast<Expr>(S);
    const auto *C = E ? dyn_cast<CallExpr>(bare(E)) : nullptr;
    return C && C->getNumArgs() == 0 && named(bare(C->getCallee()));
  }

  /// `p`, `p != nullptr`.
  bool presenceTest(const Expr *E) {
    E = bare(E);
    if (const auto *B = dyn_cast<BinaryOperator>(E);
        B && B->getOpcode() == BO_NE)
      return (isStorageOrCopy(B->getLHS()) && isNull(B->getRHS(), Context)) ||
             (isStorageOrCopy(B->getRHS()) && isNull(B->getLHS(), Context));
    if (const auto *C = dyn_cast<CXXOperatorCallExpr>(E);
        C && C->getOperator() == OO_ExclaimEqual && C->getNumArgs() == 2)
      return isStorageOrCopy(C->getArg(0)) && isNull(C->getArg(1), Context);
    if (const auto *U = dyn_cast<UnaryOperator>(E);
        U && U->getOpcode() == UO_LNot)
      return false;
    return presence(E);
  }

  bool returnsStorage(const Stmt *S) {
    if (const auto *Block = dyn_cast<CompoundStmt>(S))
      return Block->size() == 1 && returnsStorage(Block->body_front());
    return isa<ReturnStmt>(S) && classify(S) == StatementKind::Return;
  }

  bool protocolOnly(const Stmt *S) {
    const auto *Block = dyn_cast<CompoundStmt>(S);
    if (!Block)
      return partOf(classify(S), /*Inner=*/S);
    bool All = true;
    bool Locked = false;
    for (const Stmt *Child : Block->body()) {
      StatementKind Kind = classify(Child);
      Locked |= Kind == StatementKind::Lock;
      DoubleChecked |= Locked && Kind == StatementKind::NullCheck;
      All &= partOf(Kind, Child);
    }
    return All;
  }

  StatementKind expression(const Expr *E) {
    E = bare(E);
    if (const auto *B = dyn_cast<BinaryOperator>(E);
        B && B->getOpcode() == BO_Assign)
      return assignment(B->getLHS(), B->getRHS());
    if (const auto *C = dyn_cast<CXXOperatorCallExpr>(E);
        C && C->getOperator() == OO_Equal && C->getNumArgs() == 2)
      return assignment(C->getArg(0), C->getArg(1));
    if (const auto *C = dyn_cast<CXXMemberCallExpr>(E))
      return method(C);
    if (const auto *C = dyn_cast<CallExpr>(E); C && callsOnce(C))
      return once(C);
    if (const auto *C = dyn_cast<CallExpr>(E); C && locks(C)) {
      helpers(C->getArg(0));
      return StatementKind::Lock;
    }
    return StatementKind::Other;
  }

  StatementKind assignment(const Expr *To, const Expr *From) {
    const auto *Ref = dyn_cast<DeclRefExpr>(bare(To));
    const auto *V = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
    if (V && Copies.contains(V)) { // tmp = new T; … p = tmp
      if (!isStorageOrCopy(From))
        creation(From);
      return StatementKind::Creation;
    }
    std::optional<StorageExpression> S = storageExpression(To);
    if (!S || S->Storage != Storage->getCanonicalDecl() ||
        isNull(From, Context))
      return StatementKind::Other;
    if (S->What == Yield::Object &&
        holderType(Storage->getType()).How != Holder::Optional)
      return StatementKind::Other;
    if (!isStorageOrCopy(From))
      creation(From);
    return StatementKind::Creation;
  }

  StatementKind method(const CXXMemberCallExpr *C) {
    const CXXMethodDecl *M = C->getMethodDecl();
    const Expr *On = C->getImplicitObjectArgument();
    if (!M || !M->getIdentifier() || !On)
      return StatementKind::Other;
    llvm::StringRef Name = M->getName();
    if (isSynchronisation(On->getType())) {
      helpers(On);
      return Name == "lock" || Name == "unlock" ? StatementKind::Lock
                                                : StatementKind::Other;
    }
    std::optional<StorageExpression> S = storageExpression(On);
    if (!S || S->Storage != Storage->getCanonicalDecl() ||
        S->What != Yield::Handle)
      return StatementKind::Other;
    if (Name == "emplace") {
      CreationFact Fact;
      Fact.Form = CreationForm::Value;
      SourceLocation Open =
          Spans.next(C->getCallee()->getEndLoc(), tok::l_paren);
      Fact.Arguments = Spans.tokens(SourceRange(Open, C->getRParenLoc())).Where;
      add(Fact, C);
      return StatementKind::Creation;
    }
    if ((Name == "reset" || Name == "store") && C->getNumArgs() >= 1 &&
        !isNull(C->getArg(0), Context)) {
      if (!isStorageOrCopy(C->getArg(0)))
        creation(C->getArg(0));
      return StatementKind::Creation;
    }
    return StatementKind::Other;
  }

  StatementKind once(const CallExpr *C) {
    const Expr *What = bare(C->getArg(1));
    if (const auto *Lambda = dyn_cast<LambdaExpr>(What)) {
      if (!protocolOnly(Lambda->getBody()))
        return StatementKind::Other;
      helpers(C->getArg(0));
      return StatementKind::Once;
    }
    if (!named(What))
      return StatementKind::Other;
    helpers(C->getArg(0));
    return StatementKind::CheckedCall;
  }

  /// Notes the function that \p E, `f` or `&T::f`, names.
  bool named(const Expr *E) {
    const FunctionDecl *F = namedFunction(E);
    if (!F || F->getNumParams() || !Spans.user(F->getLocation()) || Quiet)
      return false;
    Facts.add(ProtocolUseFact{Function, StorageSymbol, Facts.symbol(F),
                              Spans.tokens(E->getSourceRange()).Where});
    return true;
  }

  /// Notes the mutexes and flags that \p E names.
  void helpers(const Expr *E) {
    for (auto [V, Range] : storagesIn(E)) {
      ProtocolUseFact Use{Function, StorageSymbol, Facts.symbol(V),
                          Spans.tokens(Range).Where};
      if (Quiet)
        Helpers.push_back(Use);
      else
        Facts.add(Use);
    }
  }

  void add(CreationFact Fact, const Expr *E) {
    Fact.Storage = StorageSymbol;
    Fact.Function = Function;
    Fact.Whole = Spans.tokens(E->getSourceRange()).Where;
    Fact.UsesLocals = usesLocals(E);
    Fact.Stream = givesProcessStream(E);
    if (Quiet)
      Made.push_back(Fact);
    else
      Facts.add(Fact);
  }

  void initialiser(const VarDecl *V);
  void creation(const Expr *E);

  const VarDecl *Storage;
  SourceSpans &Spans;
  UnitFactsBuilder &Facts;
  const ASTContext &Context;
  SymbolIndex Function;
  SymbolIndex StorageSymbol;
  llvm::SmallPtrSet<const VarDecl *, 2> Copies;
  bool DoubleChecked = false;
  bool Quiet = false; ///< nothing is said yet, but kept in the next two
  std::vector<CreationFact> Made;
  std::vector<ProtocolUseFact> Helpers;
};
} // namespace

void Protocol::creation(const Expr *E) {
  CreationFact Fact = describeCreation(E, Spans);
  if (Fact.Form == CreationForm::Opaque &&
      holderType(Storage->getType()).How == Holder::Optional)
    Fact.Form = CreationForm::Holder; // `o = T(a)`: a prvalue of the object
  Fact.Derived = makesDerived(E, Storage->getType());
  add(Fact, E);
}

void Protocol::initialiser(const VarDecl *V) {
  if (makesNothing(V))
    return;
  CreationFact Fact = describeInitialiser(V, Spans);
  Fact.Storage = StorageSymbol;
  Fact.Function = Function;
  Facts.add(Fact);
}

void extractProtocol(const FunctionDecl *F, const VarDecl *Storage,
                     SourceSpans &Spans, UnitFactsBuilder &Facts) {
  if (const auto *Body = dyn_cast_or_null<CompoundStmt>(F->getBody()))
    Protocol(F, Storage, Spans, Facts).read(Body);
}

void extractMaker(const FunctionDecl *F, SourceSpans &Spans,
                  UnitFactsBuilder &Facts) {
  const auto *Body = dyn_cast_or_null<CompoundStmt>(F->getBody());
  const auto *M = dyn_cast<CXXMethodDecl>(F);
  if (!Body || Body->size() > 4 || F->getNumParams() ||
      !F->getReturnType()->isVoidType() || (M && !M->isStatic()))
    return;
  for (const VarDecl *Storage : holdersIn(Body))
    if (std::optional<CreationFact> Made =
            Protocol(F, Storage, Spans, Facts).made(Body))
      Facts.add(MakerFact{Made->Function, Made->Storage, Made->Whole,
                          Made->Type, Made->Arguments, Made->Form});
}

} // namespace unsingleton
