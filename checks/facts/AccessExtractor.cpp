//===- AccessExtractor.cpp - Which storage a function hands out -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/facts/AccessExtractor.h"
#include "checks/facts/AccessExpression.h"
#include "checks/facts/CreationFacts.h"
#include "checks/facts/DeclarationFacts.h"
#include "checks/facts/HolderType.h"
#include "checks/facts/OwnHolder.h"
#include "checks/facts/ProtocolExtractor.h"
#include "checks/facts/StorageExpression.h"
#include "checks/facts/Ways.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "llvm/ADT/SmallPtrSet.h"

using namespace clang;

namespace unsingleton {

namespace {
/// What a body returns, and what it assigns.
class BodyReader : public RecursiveASTVisitor<BodyReader> {
public:
  struct Assignment {
    const Expr *Whole;
    const Expr *To;
    const Expr *From;
  };
  llvm::SmallVector<const ReturnStmt *, 4> Returns;
  llvm::SmallVector<Assignment, 4> Assigned;
  llvm::SmallVector<const CXXMemberCallExpr *, 2> Removals;

  bool VisitCXXMemberCallExpr(CXXMemberCallExpr *C) {
    const CXXMethodDecl *M = C->getMethodDecl();
    if (M && M->getIdentifier() &&
        (M->getName().starts_with("pop") || M->getName() == "erase"))
      Removals.push_back(C);
    return true;
  }
  bool VisitReturnStmt(ReturnStmt *S) {
    Returns.push_back(S);
    return true;
  }
  bool VisitBinaryOperator(BinaryOperator *B) {
    if (B->getOpcode() == BO_Assign)
      Assigned.push_back({B, B->getLHS(), B->getRHS()});
    return true;
  }
  bool VisitCXXOperatorCallExpr(CXXOperatorCallExpr *C) {
    if (C->getOperator() == OO_Equal && C->getNumArgs() == 2)
      Assigned.push_back({C, C->getArg(0), C->getArg(1)});
    return true;
  }
  // What a lambda returns, the function does not.
  bool TraverseLambdaExpr(LambdaExpr *) { return true; }
  bool TraverseDecl(Decl *D) {
    return !D || isa<TagDecl>(D) || RecursiveASTVisitor::TraverseDecl(D);
  }
};

class Extractor {
public:
  Extractor(const FunctionDecl *F, SourceSpans &Spans, UnitFactsBuilder &Facts)
      : F(F), Spans(Spans), Facts(Facts) {}

  void run(const Stmt *Body) {
    BodyReader Reader;
    Reader.TraverseStmt(const_cast<Stmt *>(Body));
    for (const BodyReader::Assignment &A : Reader.Assigned)
      if (const auto *Ref = dyn_cast<DeclRefExpr>(A.To->IgnoreParenImpCasts()))
        if (const auto *V = dyn_cast<VarDecl>(Ref->getDecl());
            V && V->hasLocalStorage() && !isa<ParmVarDecl>(V))
          Locals[V].push_back(A.From);
    for (const BodyReader::Assignment &A : Reader.Assigned)
      if (const VarDecl *V = popped(A))
        TakenOut.insert(V);
    for (const CXXMemberCallExpr *Removal : Reader.Removals)
      if (const VarDecl *V = rootOf(Removal->getImplicitObjectArgument()))
        RemovedFrom[V].push_back(Removal);
    for (const ReturnStmt *Return : Reader.Returns)
      if (Return->getRetValue())
        HandsOutOwn |= isOwnPart(Return->getRetValue());
    for (const ReturnStmt *Return : Reader.Returns)
      if (Return->getRetValue())
        returned(Return);
    for (const BodyReader::Assignment &A : Reader.Assigned)
      if (isOutParameter(A.To))
        partly(A.From, A.Whole, /*Out=*/true);
    for (const VarDecl *Storage : Wholes)
      extractProtocol(F, Storage, Spans, Facts);
    for (const VarDecl *Storage : Parts)
      if (Storage->isStaticLocal() && !llvm::is_contained(Wholes, Storage))
        extractInitialiser(Storage, F, Spans, Facts);
  }

private:
  /// The storage from which \p A takes what a local has: `free = it->next`,
  /// where `it` was the first of the list. The caller has it alone.
  const VarDecl *popped(const BodyReader::Assignment &A) const {
    const auto *M = dyn_cast<MemberExpr>(bare(A.From));
    const auto *Ref = M ? dyn_cast<DeclRefExpr>(bare(M->getBase())) : nullptr;
    const auto *Local = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
    const VarDecl *From = rootOf(A.To);
    if (!From || !Local || !Local->hasLocalStorage() || !M->isArrow() ||
        !A.To->getType()->isPointerType())
      return nullptr;
    bool Of = Local->hasInit() && rootOf(Local->getInit()) == From;
    if (auto It = Locals.find(Local); It != Locals.end())
      for (const Expr *Value : It->second)
        Of |= rootOf(Value) == From;
    return Of ? From : nullptr;
  }

  /// Whether \p Value, a local's, was taken out of \p Storage.
  bool isTakenOut(const VarDecl *Storage, const Expr *Value) const {
    const auto *Ref = dyn_cast<DeclRefExpr>(bare(Value));
    const auto *V = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
    return V && V->hasLocalStorage() &&
           (TakenOut.contains(Storage) || isRemoved(Storage, V));
  }

  /// Whether \p Local was read from the place in \p Storage that is then
  /// removed, so that the caller has it alone:
  ///
  ///     X *x = all.back(); all.pop_back();    X *x = it->second;
  ///     all.erase(it);
  bool isRemoved(const VarDecl *Storage, const VarDecl *Local) const {
    auto It = RemovedFrom.find(Storage);
    if (It == RemovedFrom.end() || Local->getType()->isReferenceType() ||
        !Local->hasInit())
      return false;
    const Expr *Init = bare(Local->getInit());
    const auto *Call = dyn_cast<CXXMemberCallExpr>(Init);
    const CXXMethodDecl *M = Call ? Call->getMethodDecl() : nullptr;
    bool End = M && M->getIdentifier() &&
               (M->getName() == "back" || M->getName() == "front" ||
                M->getName() == "top") &&
               rootOf(Call->getImplicitObjectArgument()) == Storage;
    return llvm::any_of(It->second, [&](const CXXMemberCallExpr *Removal) {
      if (!Removal->getNumArgs())
        return End;
      const auto *At = dyn_cast<DeclRefExpr>(bare(Removal->getArg(0)));
      return At && mentions(Init, At->getDecl());
    });
  }

  static bool mentions(const Stmt *S, const ValueDecl *D) {
    if (const auto *Ref = dyn_cast<DeclRefExpr>(S); Ref && Ref->getDecl() == D)
      return true;
    return llvm::any_of(S->children(), [&](const Stmt *Child) {
      return Child && mentions(Child, D);
    });
  }

  /// Whether \p E, or what a local in it was given, is part of `this`.
  static bool isOwn(const Stmt *E, unsigned Depth) {
    if (isa<CXXThisExpr>(E))
      return true;
    constexpr unsigned Deepest = 3;
    if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
      const auto *Local = dyn_cast<VarDecl>(Ref->getDecl());
      return Depth < Deepest && Local && Local->hasLocalStorage() &&
             Local->hasInit() && isOwn(Local->getInit(), Depth + 1);
    }
    return llvm::any_of(E->children(), [&](const Stmt *Child) {
      return Child && isOwn(Child, Depth);
    });
  }

  /// Whether \p Value is, at least sometimes, part of `this`, and of no
  /// storage.
  static bool isOwnPart(const Expr *Value) {
    const auto *Choice = dyn_cast<AbstractConditionalOperator>(bare(Value));
    return Choice ? isOwnPart(Choice->getTrueExpr()) ||
                        isOwnPart(Choice->getFalseExpr())
                  : !rootOf(Value) && isOwn(Value, 0);
  }

  /// `return [] () -> X & { static X it; return it; }();`
  static const LambdaExpr *calledHere(const Expr *Value) {
    const auto *Call = dyn_cast<CXXOperatorCallExpr>(bare(Value));
    return Call && Call->getOperator() == OO_Call
               ? dyn_cast<LambdaExpr>(bare(Call->getArg(0)))
               : nullptr;
  }

  void returned(const ReturnStmt *Return) {
    const Expr *Value = Return->getRetValue();
    if (const LambdaExpr *L = calledHere(Value)) {
      BodyReader Inner;
      Inner.TraverseStmt(const_cast<CompoundStmt *>(L->getCompoundStmtBody()));
      for (const ReturnStmt *Result : Inner.Returns)
        if (Result->getRetValue())
          partly(Result->getRetValue(), Return, /*Out=*/false);
      return;
    }
    std::optional<StorageExpression> S = storageExpression(Value);
    if (!S)
      S = ownedExpression(Value);
    if (!S || (S->Storage && storageBehind(S->Storage) != S->Storage))
      return partly(Value, Return, /*Out=*/false);
    if (S->Storage && !Spans.user(S->Storage->getLocation()))
      return;
    if ((S->Instance && isPartOf(F, S->Instance)) ||
        (S->Storage && isTakenOut(S->Storage, Value)))
      return;
    AccessFact Fact = begin(Return, Value);
    Fact.Storage = symbolOf(*S);
    Fact.What = S->What;
    Fact.ByValue = !isWay(F->getReturnType());
    Fact.ConstObject = !isOpenWay(F->getReturnType());
    Facts.add(Fact);
    if (S->Storage && S->What == Yield::Pointer)
      carried(S->Storage);
    if (S->Storage && !llvm::is_contained(Wholes, S->Storage))
      Wholes.push_back(S->Storage);
  }

  template <class Expression> SymbolIndex symbolOf(const Expression &E) {
    return E.Owner      ? Facts.symbol(objectSymbol(E.Owner))
           : E.Instance ? Facts.symbol(instanceSymbol(E.Instance))
                        : Facts.symbol(E.Storage);
  }

  /// A pointer that is kept in a number leads to what the function returns, and
  /// so does one into bytes that an object was made in.
  void carried(const VarDecl *Storage) {
    QualType Object = instanceObject(F);
    if (Object.isNull() || Object->isDependentType())
      return;
    bool Bytes = isBytes(Storage->getType()) && recordOf(Object);
    if (!Bytes && !carries(Storage->getType()))
      return;
    StorageObjectFact Fact = objectFact(Object, Spans, Facts);
    Fact.Storage = Facts.symbol(Storage);
    Fact.Carried = true;
    Facts.add(Fact);
  }

  /// Access to a part of a storage, or in a way that no fix can rewrite.
  void partly(const Expr *Value, const Stmt *Whole, bool Out) {
    QualType Given = Out ? Value->getType() : F->getReturnType();
    bool Way = isWay(Given) || Value->isGLValue();
    if (!Way && !Given->isRecordType())
      return; // a number, a function
    bool Text = leadsToText(Given);
    for (const AccessExpression &A : accessExpressions(Value, Locals, Spans)) {
      if (A.Storage && !Spans.user(A.Storage->getLocation()))
        continue;
      if ((A.Instance && isPartOf(F, A.Instance)) ||
          (A.Storage && isTakenOut(A.Storage, Value)))
        continue;
      if ((Text || A.Text) && !(A.Storage && isText(A.Storage->getType())))
        continue; // of an element; a buffer's own text is access to it
      bool Handle = !isWay(Given) && Given->isRecordType();
      if (Handle && !givesHandle(Value))
        continue; // a copy
      AccessFact Fact = begin(Whole, Value);
      Fact.Storage = symbolOf(A);
      Fact.ConstObject = !Handle && !isOpenWay(Given);
      Fact.Interior = true;
      Fact.Keyed = A.Keyed;
      Fact.OutParameter = Out;
      if (A.Storage && !llvm::is_contained(Parts, A.Storage)) {
        Parts.push_back(A.Storage);
        if (isBytes(A.Storage->getType()))
          carried(A.Storage);
      }
      if (A.Provided)
        Fact.Provided = Facts.symbol(A.Provided);
      if (A.Keyed)
        Fact.Selector = selectorIn(A.Key);
      Facts.add(Fact);
    }
  }

  /// Memory for an object: `char bytes[sizeof(X)]`, `aligned_storage_t<…>`.
  static bool isBytes(QualType Type) {
    if (const auto *Array = Type->getAsArrayTypeUnsafe())
      return Array->getElementType()->isCharType() ||
             Array->getElementType()->isStdByteType();
    const CXXRecordDecl *R = recordOf(Type);
    const auto *Outer =
        R ? dyn_cast<CXXRecordDecl>(R->getDeclContext()) : nullptr;
    return Outer && isStd(Outer, "aligned_storage");
  }

  /// A string or an array of characters, or a pointer to one.
  static bool isText(QualType Type) {
    Type = holderType(Type).Object;
    const CXXRecordDecl *R = elementRecordOf(Type);
    return Type->getBaseElementTypeUnsafe()->isAnyCharacterType() ||
           (R && isStd(R, "basic_string"));
  }

  /// Whether \p E makes a small object out of a pointer or reference, rather
  /// than copying one that was there.
  static bool givesHandle(const Expr *E) {
    E = bare(E);
    if (isa<InitListExpr>(E) ||
        (isa<CallExpr>(E) && !isa<CXXOperatorCallExpr>(E)))
      return true; // make_pair, tie: it finds nothing behind other calls
    const auto *C = dyn_cast<CXXConstructExpr>(E);
    return C && !C->getConstructor()->isCopyOrMoveConstructor();
  }

  AccessFact begin(const Stmt *Whole, const Expr *Value) {
    AccessFact Fact;
    Fact.Function = Facts.symbol(F);
    Fact.Fallback = HandsOutOwn;
    Fact.Statement = Spans.statement(Whole->getSourceRange()).Where;
    Fact.Value = Spans.tokens(Value->getSourceRange()).Where;
    return Fact;
  }

  /// `*out = …`, `out = …` where `out` is a parameter that leads to the
  /// caller's own pointer.
  bool isOutParameter(const Expr *To) const {
    To = To->IgnoreParenImpCasts();
    bool Through = false;
    if (const auto *U = dyn_cast<UnaryOperator>(To);
        U && U->getOpcode() == UO_Deref) {
      To = U->getSubExpr()->IgnoreParenImpCasts();
      Through = true;
    }
    const auto *Ref = dyn_cast<DeclRefExpr>(To);
    const auto *P = Ref ? dyn_cast<ParmVarDecl>(Ref->getDecl()) : nullptr;
    if (!P)
      return false;
    QualType Type = P->getType();
    if (Through ? !Type->isPointerType() : !Type->isReferenceType())
      return false;
    return isWay(Type->getPointeeType());
  }

  const FunctionDecl *F;
  SourceSpans &Spans;
  UnitFactsBuilder &Facts;
  Assignments Locals;
  llvm::SmallPtrSet<const VarDecl *, 2> TakenOut;
  llvm::DenseMap<const VarDecl *,
                 llvm::SmallVector<const CXXMemberCallExpr *, 2>>
      RemovedFrom;
  llvm::SmallVector<const VarDecl *, 2> Wholes; ///< handed out as they are
  llvm::SmallVector<const VarDecl *, 2> Parts;  ///< of which parts are
  bool HandsOutOwn = false;                     ///< of its own object, too
};
} // namespace

void extractAccesses(const FunctionDecl *F, SourceSpans &Spans,
                     UnitFactsBuilder &Facts) {
  OverloadedOperatorKind Operator = F->getOverloadedOperator();
  if (Operator == OO_New || Operator == OO_Array_New)
    return;                            // what it returns is the caller's
  if (const Stmt *Body = F->getBody()) // a block, a try, a coroutine
    Extractor(F, Spans, Facts).run(Body);
}

} // namespace unsingleton
