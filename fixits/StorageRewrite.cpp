//===- StorageRewrite.cpp - Can a storage become a slot key? -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "fixits/StorageRewrite.h"
#include "fixits/Names.h"
#include "llvm/ADT/StringExtras.h"

using namespace unsingleton;

StorageRewrite::StorageRewrite(const Program &P, const Finding &F,
                               const Policy &How)
    : P(P), F(F), How(How), Storage(*P.one<StorageFact>(F.Storage)),
      Scope(scopeOf(P, F, How)) {
  if (!Storage.Library.empty() && !Storage.MakesItself) {
    refuse(RefusalCode::LibraryOwned, F.StoragePlace, Storage.Library);
    return;
  }
  if (F.Accessors.empty() || (Storage.Template && !ofTemplateItself())) {
    if (F.Accessors.empty())
      refuse(RefusalCode::NoAccessor, F.StoragePlace);
    else
      refuse(RefusalCode::SharedBase, F.StoragePlace, servedTypes());
    return;
  }
  findSites();
  findInstallation();
  for (SymbolIndex Function : F.Accessors)
    readAccessor(Function);
  keepHandles();
  if (keepsBodies())
    keepAllBodies();
  findCreation();
  if (!Refusals.empty())
    return;
  nameThings();
  if (!Asking.empty())
    askThread(std::move(Asking));
  findUses();
  findHelpers();
}

bool StorageRewrite::ofTemplateItself() const {
  bool Local = Storage.Kind == StorageKind::FunctionLocal;
  bool Member = Storage.Kind == StorageKind::ClassStatic;
  return (Local || Member) &&
         llvm::all_of(F.Accessors, [&](SymbolIndex Accessor) {
           const auto *Function = P.one<FunctionFact>(Accessor);
           return Function && Function->Template &&
                  (Local || Function->Record == Storage.Record);
         });
}

std::string StorageRewrite::servedTypes() const {
  std::set<std::string> Types;
  for (const StorageObjectFact &Object : P.of<StorageObjectFact>(F.Storage))
    Types.insert("'" + Object.Type + "'");
  constexpr size_t Most = 5;
  std::vector<std::string> Said(Types.begin(), Types.end());
  if (Said.size() > Most) {
    size_t More = Said.size() - Most;
    Said.resize(Most);
    Said.push_back("and " + std::to_string(More) + " more");
  }
  return Said.empty() ? "several types" : llvm::join(Said, ", ");
}

void StorageRewrite::refuse(RefusalCode Code, Span Where, std::string Detail) {
  for (const Refusal &Said : Refusals)
    if (Said.Code == Code && Said.Detail == Detail)
      return;
  Refusals.push_back({Code, Storage.QualifiedName, std::move(Detail), Where});
}

/// Whether units have \p File as their source, rather than include it.
static bool isSource(const Program &P, FileIndex File) {
  return llvm::any_of(
      P.units(), [&](const LinkedUnit &Unit) { return Unit.Source == File; });
}

bool StorageRewrite::isDeclaredInHeader() const {
  llvm::ArrayRef<StorageSiteFact> Sites = P.of<StorageSiteFact>(F.Storage);
  if (Storage.Kind != StorageKind::Namespace || Sites.size() != 2 ||
      Sites[0].Definition == Sites[1].Definition)
    return false;
  const StorageSiteFact &Declared = Sites[0].Definition ? Sites[1] : Sites[0];
  return !isSource(P, Declared.Name.File);
}

void StorageRewrite::findSites() {
  bool InHeader = isDeclaredInHeader();
  for (const StorageSiteFact &Site : P.of<StorageSiteFact>(F.Storage)) {
    if (Site.State == Editability::MacroBody)
      return refuse(RefusalCode::MacroDefinition, Site.Name, Site.Macro);
    if (Site.State != Editability::Editable || !P.file(Site.Name.File).Ours)
      return refuse(RefusalCode::NotOurs, Site.Name);
    if (!Site.Alone)
      return refuse(RefusalCode::DeclarationGroup, Site.Name);
    bool InClass = Storage.Kind == StorageKind::ClassStatic && !Site.Definition;
    bool IsHome = Storage.Kind == StorageKind::ClassStatic
                      ? InClass || P.of<StorageSiteFact>(F.Storage).size() == 1
                      : Site.Definition != InHeader;
    if (Site.Definition)
      Defined = &Site;
    if (IsHome && Home)
      return refuse(RefusalCode::StorageRedeclared, Site.Name);
    if (IsHome)
      Home = &Site;
    else if (Storage.Kind == StorageKind::ClassStatic || InHeader)
      Removed.push_back(&Site);
    else
      return refuse(RefusalCode::StorageRedeclared, Site.Name);
  }
  if (!Home)
    refuse(RefusalCode::StorageRedeclared, F.StoragePlace);
  if (!Defined)
    Defined = Home;
}

void StorageRewrite::findCreation() {
  if (Maker) { // its accessor calls that, and nobody has to before
    Installed = nullptr;
    Gone.clear();
  }
  std::vector<const CreationFact *> InAccessor, AtHome;
  for (const CreationFact &C : P.of<CreationFact>(F.Storage))
    if (!keepsBodies() || (isInitialiser(C) && !(Defined && Defined->Empty)))
      (llvm::is_contained(F.Accessors, C.Function) ? InAccessor : AtHome)
          .push_back(&C);
  if (Maker && !Refusals.size() && (!InAccessor.empty() || !AtHome.empty()))
    return refuse(RefusalCode::ComplexAccessor, F.StoragePlace);
  if (Maker)
    InAccessor.push_back(&MadeByMaker);
  if (isInstalled())
    AtHome.push_back(&MadeByInstalling);
  const auto &Chosen = InAccessor.empty() ? AtHome : InAccessor;
  if (Chosen.empty()) {
    if (keepsBodies() && Defined && Defined->Init.valid() && !Defined->Empty)
      return refuse(RefusalCode::OpaqueCreation, Defined->Name);
    if (Storage.How == Holder::Value || Storage.How == Holder::Optional ||
        Storage.MakesItself || keepsBodies())
      return; // default-initialised: no expression needed
    for (const Accessor &A : Accessors)
      for (const StatementFact *S : A.Statements)
        if (S->Kind == StatementKind::Other && !calledIn(*S).empty())
          return refuse(RefusalCode::ComplexAccessor, S->Whole);
    // A macro that makes the accessor makes the object too.
    if (llvm::none_of(Refusals, [](const Refusal &Said) {
          return Said.Code == RefusalCode::MacroDefinition;
        }))
      refuseCreation();
    return;
  }
  if (Chosen.size() > 1 || (!InAccessor.empty() && !AtHome.empty()))
    return refuse(RefusalCode::ComplexAccessor, Chosen.front()->Whole);
  Creation = Chosen.front();
  if (Storage.MakesItself && Defined && isInitialiser(*Creation) &&
      (Defined->Style == InitStyle::Parentheses ||
       Defined->Style == InitStyle::Braces)) {
    // The holder gives its own arguments to the object's constructor.
    MadeByHolder = *Creation;
    MadeByHolder.Form = CreationForm::Value;
    MadeByHolder.Arguments = Defined->Init;
    Creation = &MadeByHolder;
  }
  // A container that makes objects by itself knows no arguments.
  bool MadeByContainer = !llvm::StringRef(How.FactoryBody).contains("{create}");
  bool Bare = !Creation->Arguments.valid() || Creation->Arguments.Length <= 2;
  if (Creation->Form == CreationForm::Opaque || (MadeByContainer && !Bare))
    refuse(RefusalCode::OpaqueCreation, Creation->Whole);
}

void StorageRewrite::refuseCreation() {
  llvm::ArrayRef<InstallationFact> Elsewhere =
      P.of<InstallationFact>(F.Storage);
  if (Elsewhere.empty())
    return refuse(RefusalCode::NoCreation, F.StoragePlace);
  refuse(RefusalCode::MadeElsewhere, Elsewhere.front().Whole,
         P.name(Elsewhere.front().Function));
}

void StorageRewrite::readAccessor(SymbolIndex Function) {
  Accessor A;
  A.Function = Function;
  const auto *Fact = P.one<FunctionFact>(Function);
  Span Place = F.place();
  for (const FunctionSiteFact &Site : P.of<FunctionSiteFact>(Function)) {
    Place = Site.Name;
    if (Site.State == Editability::MacroBody)
      return refuse(RefusalCode::MacroDefinition, Site.Name, Site.Macro);
    if (Site.State != Editability::Editable || !P.file(Site.Name.File).Ours)
      return refuse(RefusalCode::NotOurs, Site.Name);
  }
  bool Plain = Fact && (Fact->Kind == FunctionKind::Free ||
                        Fact->Kind == FunctionKind::Method ||
                        Fact->Kind == FunctionKind::StaticMethod);
  bool Operator = Fact && (Fact->Kind == FunctionKind::Operator ||
                           Fact->Kind == FunctionKind::Conversion);
  if (!Plain && !(Operator && How.bridges()))
    return refuse(RefusalCode::FrontierOperator, Place);
  bool Specialises = !Fact->Virtual && !P.of<OverrideFact>(Function).empty();
  if ((Fact->Template && !Storage.Template) || Specialises)
    return refuse(RefusalCode::SharedBase, Place, servedTypes());
  if (Fact->ExternC || Fact->Virtual || Operator) {
    auto Code = Operator        ? RefusalCode::FrontierOperator
                : Fact->ExternC ? RefusalCode::FrontierCLinkage
                                : RefusalCode::ComplexAccessor;
    if (!How.bridges())
      return refuse(Code, Place);
    Asking.push_back({Code, Fact->QualifiedName, "", Place});
  }
  for (const AccessFact &Access : P.of<AccessFact>(Function))
    A.Access = Access.Storage == F.Storage ? &Access : A.Access;
  for (const StatementFact &S : P.of<StatementFact>(Function)) {
    if (S.Storage != F.Storage)
      continue;
    if (S.Kind == StatementKind::Return)
      A.Return = A.Statements.size();
    A.Statements.push_back(&S);
    if (S.Kind == StatementKind::CheckedCall) {
      Decided.push_back(S);
      Decided.back().Kind =
          takeMakers(S) ? StatementKind::Once : StatementKind::Other;
      A.Statements.back() = &Decided.back();
    }
  }
  if (!A.Access)
    return refuse(RefusalCode::ComplexAccessor, Place);
  if (A.Access->Interior || isArray())
    return keepBody(std::move(A), Place);
  if (!isProtocol(A)) {
    A.InPlace = canStayInPlace(A);
    if (!A.InPlace)
      return keepBody(std::move(A), Place);
    if (!Accessors.empty() && Handle)
      return refuse(RefusalCode::ComplexAccessor, Place);
    Accessors.push_back(std::move(A));
    return;
  }
  bool Locked = false;
  for (const StatementFact *S : A.Statements) {
    A.KeepsLock |= Locked && S->Kind == StatementKind::Other;
    Locked |= S->Kind == StatementKind::Lock;
  }
  while (!A.protocol(A.First))
    ++A.First;
  for (size_t I = A.First; I < A.Return; ++I)
    A.Pure &= A.protocol(I);
  // Where nothing in it makes the object, there is one all along.
  for (size_t I = A.First < A.Return ? A.First : 0; I < A.Return; ++I)
    if (!A.protocol(I) && comesBack(*A.Statements[I]))
      return refuse(RefusalCode::ComplexAccessor, A.Statements[I]->Whole);
  bool IsHandle = A.Access->What == Yield::Handle;
  if (!Accessors.empty() && IsHandle != Handle)
    return refuse(RefusalCode::ComplexAccessor, Place);
  Handle = IsHandle;
  Accessors.push_back(std::move(A));
}

bool StorageRewrite::isProtocol(const Accessor &A) const {
  size_t Returns = 0;
  bool Found = false;
  for (const StatementFact *S : A.Statements) {
    Found |= S->Kind == StatementKind::Return;
    Returns += S->Kind == StatementKind::Return ||
               S->Kind == StatementKind::EarlyReturn;
    if (S->Kind != StatementKind::Other)
      continue;
    for (const StorageUseFact &Use : P.of<StorageUseFact>(F.Storage))
      if (S->Whole.contains(Use.Place))
        return false;
  }
  return Found && A.Return + 1 == A.Statements.size() &&
         P.of<AccessFact>(A.Function).size() == Returns;
}

bool StorageRewrite::peeks(const Accessor &A) const {
  bool Pointer =
      Storage.How != Holder::Value && Storage.How != Holder::Reference;
  return Pointer && !Handle && Creation && Creation->Function != NoSymbol &&
         Creation->Function != A.Function;
}

void StorageRewrite::nameThings() {
  for (const Accessor &A : Accessors) {
    const auto &Fact = *P.one<FunctionFact>(A.Function);
    // It creates nothing, or its work has a name already.
    if (peeks(A) ||
        (A.KeepsBody && (A.Access->Interior || !isGetter(Fact.Name)))) {
      Renames[A.Function] = Fact.Name;
      continue;
    }
    bool Member = Fact.Record != NoSymbol;
    std::string Name = factoryName(Fact.Name, Member);
    llvm::StringRef Scope = Fact.QualifiedName;
    Scope = Scope.drop_back(Fact.Name.size());
    // getSingleton and getSingletonPtr: both say nothing but that there is one.
    for (const auto &[Other, Taken] : Renames)
      if (Taken == Name && P.one<FunctionFact>(Other)->Name != Fact.Name)
        Name += llvm::StringRef(Fact.Name).ends_with("_ptr") ? "_ptr" : "Ptr";
    auto Taken = [&] {
      return llvm::any_of(P.all<FunctionFact>(), [&](const FunctionFact &Any) {
        return Any.QualifiedName == Scope.str() + Name;
      });
    };
    std::string First = Name;
    if (Member && Taken())
      Name = longerFactoryName(Fact.Name);
    if (Taken())
      refuse(RefusalCode::NameTaken, F.place(), Scope.str() + First);
    Renames[A.Function] = Name;
  }
  if (Renames.empty())
    return;
  bool Local = Storage.Kind == StorageKind::FunctionLocal;
  bool Member = Storage.Kind == StorageKind::ClassStatic;
  // What keeps its name is called by its work, or by a part.
  bool Kept = Renames[F.Accessor] == P.one<FunctionFact>(F.Accessor)->Name &&
              keepsBodies();
  Slot = slotName(Kept ? factoryName(bareName(Storage.Name), false)
                       : Renames[F.Accessor],
                  Storage.Name, Local, Member);
}
