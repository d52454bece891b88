//===- FlowCollector.h - The flows of one function body ---------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Notes, while a body is read, what is stored, handed to calls, returned and
// removed; `emit` then resolves it to facts and drops those that nothing can
// have flowed into.
//
//===----------------------------------------------------------------------===//
#ifndef UNSINGLETON_CHECKS_FACTS_FLOWCOLLECTOR_H
#define UNSINGLETON_CHECKS_FACTS_FLOWCOLLECTOR_H

#include "checks/facts/FlowFacts.h"
#include "checks/facts/ValueOrigins.h"
#include <set>

namespace unsingleton {

class FlowCollector {
public:
  FlowCollector(const clang::FunctionDecl *Owner, ContextTypes &Types,
                SourceSpans &Spans, UnitFactsBuilder &Facts)
      : Owner(Owner), Types(Types), Spans(Spans), Facts(Facts),
        From(Owner, Types, Spans, Facts) {}

  /// `Into = Value`.
  void assign(const clang::Expr *Into, const clang::Expr *Value);
  /// \p Value becomes a part of the object \p Into.
  void insert(const clang::Expr *Into, const clang::Expr *Value);
  /// \p Value initialises the static or global \p V.
  void initialise(const clang::VarDecl *V, const clang::Expr *Value);
  /// \p Value initialises the member \p F of the function's object.
  void initialise(const clang::FieldDecl *F, const clang::Expr *Value);
  void returned(const clang::Expr *Value);
  void detached(const clang::Expr *Thread);
  void removed(const clang::Expr *Container, bool Drains,
               clang::SourceLocation Where);

  /// A call of \p Callee, which is ours, whose value is \p E's.
  /// \p Object: of a method; null where a construction makes it.
  void call(const clang::Expr *E, const clang::FunctionDecl *Callee,
            const clang::Expr *Object,
            llvm::ArrayRef<const clang::Expr *> Arguments);
  /// The constructor of a base, or one that is delegated to.
  void constructsThis(const clang::CXXConstructExpr *E);

  ValueOrigins &origins() { return From; }
  /// Whether all that \p E stands for is static storage.
  bool isStatic(const clang::Expr *E);

  void emit();

private:
  struct Store {
    FlowEnd To;                         ///< where Into is null
    const clang::Expr *Into = nullptr;  ///< its targets
    const clang::Expr *Value = nullptr; ///< null: an element is removed
    FlowRole Role = FlowRole::Value;
    bool Drains = false;
    Span Place;
  };
  struct Call {
    const clang::Expr *E;
    const clang::FunctionDecl *Callee;
    const clang::Expr *Object;
    llvm::SmallVector<const clang::Expr *, 4> Arguments;
    bool OnThis = false;
  };

  void store(FlowEnd To, const clang::Expr *Value, FlowRole Role);
  void flows(const Store &S);
  void flowsTo(const FlowEnd &To, const Store &S);
  bool arguments(const Call &C, bool Wanted);
  void argument(const Call &C, uint32_t Index, const Origins &Of, FlowRole Role,
                const Span &Place);
  std::set<FlowEnd> fed() const;
  void drop();
  Span placeOf(const clang::Expr *E);

  const clang::FunctionDecl *Owner;
  ContextTypes &Types;
  SourceSpans &Spans;
  UnitFactsBuilder &Facts;
  ValueOrigins From;
  llvm::SmallVector<Store, 8> Stores;
  llvm::SmallVector<Call, 8> Calls;
  SymbolIndex Function = NoSymbol;
  std::vector<FlowFact> Flows;
  std::vector<ArgumentFact> Arguments;
  std::vector<RemovalFact> Removals;
};

} // namespace unsingleton

#endif
