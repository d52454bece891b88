//===- Postconditions.cpp - What a fix promises -----------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "tool/Postconditions.h"

using namespace llvm;

namespace unsingleton {

namespace {
class Checker {
public:
  Checker(const Session &S, const Plan &Planned, const Program &After,
          const std::set<std::string> &Changed)
      : S(S), Planned(Planned), After(After), Changed(Changed),
        Findings(decide(After, S.Of.Judging, [](StringRef) { return true; })) {}

  std::vector<Unproved> run() {
    for (unsigned I = 0; I < Planned.Migrations.size(); ++I)
      if (!Planned.Migrations[I].refused()) {
        storage(I);
        callers(I);
      }
    newFindings();
    return std::move(Result);
  }

private:
  UnitError error(const Span &Where, std::string Message) const {
    return {After.file(Where.File).Path, Where.Line, Where.Column,
            std::move(Message)};
  }

  void fails(unsigned Migration, const Twine &What) {
    Result.push_back({Migration, {"", 0, 0, What.str()}});
  }

  bool sameFile(FileIndex Now, FileIndex Then) const {
    return After.file(Now).Path == S.Linked->file(Then).Path;
  }

  void storage(unsigned I) {
    const Finding &F = *Planned.Migrations[I].Of;
    const std::string &Name =
        S.Linked->one<StorageFact>(F.Storage)->QualifiedName;
    // Static variables of several files may share a name.
    auto Here = [&](const StorageSiteFact &Site) {
      return sameFile(Site.Name.File, F.StoragePlace.File);
    };
    for (const StorageFact &Now : After.all<StorageFact>())
      if (!Now.ObjectConst && Now.QualifiedName == Name &&
          any_of(After.of<StorageSiteFact>(Now.Storage), Here))
        return fails(I, "'" + Name + "' is still mutable storage");
    for (const Finding &Left : Findings) {
      const auto *Fact = After.one<StorageFact>(Left.Storage);
      if (isReported(Left.What) && Fact && Fact->QualifiedName == Name &&
          any_of(After.of<StorageSiteFact>(Left.Storage), Here))
        return fails(I, "'" + Name + "' is still shared");
    }
  }

  /// The name that the factory goes by.
  std::string factoryOf(const Migration &M) const {
    const auto *F = S.Linked->one<FunctionFact>(M.Of->Accessor);
    if (!F || M.NewName.empty() || M.Asks)
      return {};
    StringRef Scope = F->QualifiedName;
    return (Scope.drop_back(F->Name.size()) + M.NewName).str();
  }

  void callers(unsigned I) {
    const Migration &M = Planned.Migrations[I];
    std::string Factory = factoryOf(M);
    if (Factory.empty())
      return;
    for (const FunctionFact &F : After.all<FunctionFact>()) {
      if (F.QualifiedName != Factory)
        continue;
      for (const CallFact *Call : After.callsTo(F.Function))
        if (Call->Kind == CallKind::Call && !Call->HasArguments &&
            !Call->Unevaluated && Call->State == Editability::Editable &&
            declaredIn(F.Function, M.Of->AccessorPlace.File))
          return fails(I, "'" + Factory + "' is called without a context in '" +
                              After.name(Call->Caller) + "'");
    }
  }

  bool declaredIn(SymbolIndex Function, FileIndex Then) const {
    return any_of(After.of<FunctionSiteFact>(Function),
                  [&](const FunctionSiteFact &Site) {
                    return sameFile(Site.Name.File, Then);
                  });
  }

  static bool isShown(const Finding &F) {
    return F.What == Verdict::None || isReported(F.What);
  }

  /// Of a rule that the project has switched off nothing was found before. What
  /// was harmless, since only a process-wide object's constructor wrote to it,
  /// is found now if a request's does.
  void newFindings() {
    std::set<StringRef> Before;
    for (const Finding &F : S.Findings)
      if (isShown(F))
        Before.insert(F.Fingerprint);
    for (const Finding &F : Findings) {
      bool Announced = F.Rule == "isolation-ambient-context" &&
                       (S.Of.Fixing.bridges() || S.Of.Fixing.Forwarders);
      if (!isShown(F) || Announced || !S.Of.enabled(F.Rule) ||
          Before.count(F.Fingerprint) ||
          !Changed.count(After.file(F.place().File).Path))
        continue;
      Result.push_back(
          {std::nullopt, error(F.place(), F.Message + " [" + F.Rule + "]")});
    }
  }

  const Session &S;
  const Plan &Planned;
  const Program &After;
  const std::set<std::string> &Changed;
  std::vector<Finding> Findings; ///< of every rule
  std::vector<Unproved> Result;
};
} // namespace

std::vector<Unproved>
checkPostconditions(const Session &S, const Plan &Planned, const Program &After,
                    const std::set<std::string> &Changed) {
  return Checker(S, Planned, After, Changed).run();
}

} // namespace unsingleton
