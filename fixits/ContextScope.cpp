//===- ContextScope.cpp - Where code finds its context -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "fixits/ContextScope.h"

using namespace unsingleton;

namespace {
/// A way to a context that is visible at the place.
struct Candidate {
  std::string Variable; ///< what a lambda must capture; "this" for members
  std::string Expression;
  bool Direct = false; ///< the variable is itself the context
  Span Visible;        ///< invalid: the whole function

  bool operator==(const Candidate &O) const {
    return Expression == O.Expression && Variable == O.Variable;
  }
};

class Search {
public:
  Search(const Program &P, const Policy &How, SymbolIndex Function, Span Place)
      : P(P), How(How), Function(Function), Place(Place) {
    for (const LambdaFact &L : P.of<LambdaFact>(Function))
      if (L.Whole.contains(Place))
        Lambdas.push_back(&L);
    llvm::sort(Lambdas, [](const LambdaFact *A, const LambdaFact *B) {
      return std::tie(A->Whole.Offset, B->Whole.Length) <
             std::tie(B->Whole.Offset, A->Whole.Length);
    });
  }

  ContextAnswer parameter(ContextAnswer::Source From) {
    return reach({How.ContextName, How.ContextName, true, {}}, From);
  }

  ContextAnswer run() {
    std::vector<Candidate> Direct, Members, Yielding, MemberYielding;
    for (const ContextSourceFact &S : P.of<ContextSourceFact>(Function))
      if (S.Visible.contains(Place))
        (S.Direct ? Direct : Yielding)
            .push_back({S.Variable, S.Expression, S.Direct, S.Visible});
    const auto *F = P.one<FunctionFact>(Function);
    bool HasThis =
        F && F->Record != NoSymbol && F->Kind != FunctionKind::Constructor &&
        F->Kind != FunctionKind::StaticMethod &&
        llvm::any_of(P.of<BodyFact>(Function),
                     [](const BodyFact &B) { return !B.StaticContext; });
    if (HasThis)
      for (const ContextMemberFact &M : P.of<ContextMemberFact>(F->Record))
        (M.Direct ? Members : MemberYielding)
            .push_back({"this", M.Expression, false, {}});
    for (auto *Group : {&Direct, &Members, &Yielding, &MemberYielding}) {
      hideShadowed(*Group);
      if (Group->size() == 1)
        return reach(Group->front(), ContextAnswer::Source::InScope);
      if (Group->size() > 1)
        return refuse(RefusalCode::AmbiguousContext);
    }
    if (F && F->Test && !How.RootContext.empty())
      return parameter(ContextAnswer::Source::Root);
    if (F && F->Test && !How.bridges())
      return refuse(RefusalCode::FrontierTest);
    return parameter(ContextAnswer::Source::Parameter);
  }

  ContextAnswer member(const std::string &Name) {
    return reach({"this", Name, false, {}}, ContextAnswer::Source::Member);
  }

  /// The thread's context: fetched where the function begins, or, where no
  /// local of it can be seen, at the place itself.
  ContextAnswer thread() {
    const auto *F = P.one<FunctionFact>(Function);
    if (F && F->Kind == FunctionKind::Main) {
      // A handler that main registers serves whoever its thread serves then.
      if (llvm::any_of(Lambdas, [](const LambdaFact *L) { return L->Escapes; }))
        return ambient();
      std::string Process = processVariable(P, Function, Place);
      return orInline(reach({Process, Process + ".context()", false, {}},
                            ContextAnswer::Source::Process));
    }
    bool Inside = llvm::any_of(P.of<BodyFact>(Function), [&](const auto &B) {
      return B.Body.contains(Place) && P.file(B.Body.File).Ours;
    });
    bool Spelled =
        llvm::all_of(P.of<FunctionSiteFact>(Function), [](const auto &Site) {
          return !Site.Definition || Site.State == Editability::Editable;
        });
    if (!Inside || !(Spelled || F->Test))
      return ambient();
    return orInline(parameter(ContextAnswer::Source::Ambient));
  }

private:
  ContextAnswer ambient() {
    // There is no context then, or that of whom a signal interrupted.
    if (llvm::any_of(Lambdas, [](const LambdaFact *L) { return L->AtExit; }))
      return refuse(RefusalCode::FrontierFunctionPointer);
    return askInline();
  }

  /// A lambda that cannot capture the context asks the thread that calls it.
  ContextAnswer orInline(ContextAnswer Answer) {
    bool Cannot = Answer.Why &&
                  (Answer.Why->Code == RefusalCode::FrontierFunctionPointer ||
                   Answer.Why->Code == RefusalCode::MacroCall);
    return Cannot ? ambient() : Answer;
  }

  ContextAnswer refuse(RefusalCode Code) {
    ContextAnswer Answer;
    Answer.Why = Refusal{Code, P.name(Function), "", Place};
    return Answer;
  }

  /// Of several variables of one name, the innermost is meant.
  static void hideShadowed(std::vector<Candidate> &Group) {
    llvm::sort(Group, [](const Candidate &A, const Candidate &B) {
      return std::tie(A.Variable, B.Visible) < std::tie(B.Variable, A.Visible);
    });
    Group.erase(std::unique(Group.begin(), Group.end(),
                            [](const Candidate &A, const Candidate &B) {
                              return A.Variable == B.Variable &&
                                     A.Variable != "this";
                            }),
                Group.end());
  }

  static bool captures(const LambdaFact &L, llvm::StringRef Variable) {
    if (Variable == "this")
      return L.CapturesThis;
    std::string Listed = "," + L.Captured;
    return llvm::StringRef(Listed).contains("," + Variable.str() + ",");
  }

  ContextAnswer reach(Candidate C, ContextAnswer::Source From) {
    ContextAnswer Answer;
    for (const LambdaFact *L : Lambdas) {
      bool Inside = C.Visible.valid() && L->Whole.contains(C.Visible);
      if (L->Kept && !Inside) // it would keep the first request's
        return refuse(RefusalCode::FrontierFunctionPointer);
      bool Borrowed = L->Default == CaptureDefault::Reference && !L->Escapes;
      bool Copied = L->Default == CaptureDefault::Copy && C.Direct;
      if (Inside || captures(*L, C.Variable) || Borrowed || Copied)
        continue;
      if (L->ToFunctionPointer)
        return refuse(RefusalCode::FrontierFunctionPointer);
      if (L->StoredIn != NoSymbol) { // it would keep the first user's context
        ContextAnswer Kept = refuse(RefusalCode::FrozenAlias);
        Kept.Why->Name = P.name(L->StoredIn);
        return Kept;
      }
      if (L->State != Editability::Editable)
        return refuse(RefusalCode::MacroCall);
      if (!C.Direct) {
        Answer.Captures.push_back({L, How.ContextName + " = " + C.Expression});
        C = {How.ContextName, How.ContextName, true, {}};
        continue;
      }
      Answer.Captures.push_back({L, C.Variable});
    }
    Answer.From = From;
    Answer.Expression = C.Expression;
    return Answer;
  }

  const Program &P;
  const Policy &How;
  SymbolIndex Function;
  Span Place;
  std::vector<const LambdaFact *> Lambdas; ///< outermost first
};
} // namespace

ContextAnswer unsingleton::askInline() {
  ContextAnswer Answer;
  Answer.From = ContextAnswer::Source::Inline;
  Answer.Expression = AmbientExpression.str();
  return Answer;
}

bool unsingleton::inKeptLambda(const Program &P, SymbolIndex Function,
                               Span Place) {
  return llvm::any_of(P.of<LambdaFact>(Function), [&](const LambdaFact &L) {
    return L.Kept && L.Whole.contains(Place);
  });
}

std::string unsingleton::processVariable(const Program &P, SymbolIndex Main,
                                         Span Place) {
  // Programs of one repository have a main each, and all are one function.
  for (const BodyFact &Body : P.of<BodyFact>(Main))
    if (Body.Body.contains(Place))
      for (const ProcessContextFact &Known : P.of<ProcessContextFact>(Main))
        if (Body.Body.contains(Known.Place))
          return Known.Variable;
  return "process_context";
}

ContextAnswer unsingleton::findContext(const Program &P, const Policy &How,
                                       SymbolIndex Function, Span Place,
                                       Otherwise Else) {
  Search S(P, How, Function, Place);
  switch (Else) {
  case Otherwise::Accessor:
    return S.parameter(ContextAnswer::Source::InScope);
  case Otherwise::Thread:
    return S.thread();
  case Otherwise::Parameter:
    break;
  }
  ContextAnswer Answer = S.run();
  // A callback without captures is a frontier of its own.
  bool Callback =
      Answer.Why && Answer.Why->Code == RefusalCode::FrontierFunctionPointer;
  return Callback && How.bridges() ? S.thread() : Answer;
}

ContextAnswer unsingleton::contextFromMember(const Program &P,
                                             const Policy &How,
                                             SymbolIndex Function, Span Place,
                                             const std::string &Member) {
  return Search(P, How, Function, Place).member(Member);
}
