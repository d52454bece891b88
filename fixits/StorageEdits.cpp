//===- StorageEdits.cpp - The text of slots and factories -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "fixits/ContextScope.h"
#include "fixits/StorageRewrite.h"

using namespace unsingleton;

void StorageRewrite::askThread(std::vector<Refusal> Why) {
  Asking = std::move(Why);
  for (auto &[Accessor, Name] : Renames)
    Name = P.one<FunctionFact>(Accessor)->Name;
}

std::string StorageRewrite::ownContext() const {
  return !Asking.empty() ? AmbientExpression.str() : How.ContextName;
}

static void append(Pieces &To, Pieces From) {
  To.insert(To.end(), From.begin(), From.end());
}

Pieces StorageRewrite::slotType() const {
  // What has no initialiser is not declared `auto`.
  if (Handle && (Home->Object.valid() || !Defined->Init.valid()))
    return {Piece::copy(Home->Type)};
  if (Handle && Storage.How == Holder::SharedPtr) // `auto`
    return {Piece::text("std::shared_ptr<" + Home->ObjectText + ">")};
  if (Handle && Storage.How == Holder::UniquePtr)
    return {Piece::text("std::unique_ptr<" + Home->ObjectText + ">")};
  if (Handle)
    return {Piece::copy(Home->Type)};
  if (Home->Object.valid())
    return {Piece::copy(Home->Object)};
  return {Piece::text(Home->ObjectText)};
}

Pieces StorageRewrite::slotDeclaration() const {
  bool Member = Storage.Kind == StorageKind::ClassStatic;
  bool Local = Storage.Kind == StorageKind::FunctionLocal;
  // At namespace scope constexpr implies internal linkage, which is right in a
  // source file; what a header defines stays one object by being inline.
  bool InSource = llvm::any_of(P.units(), [&](const LinkedUnit &Unit) {
    return Unit.MainFile == P.file(Home->Name.File).Path;
  });
  bool Unnamed =
      llvm::StringRef(Storage.QualifiedName).contains("(anonymous namespace)");
  std::string Specifiers = Member || Local ? "static constexpr "
                           : !InSource     ? "inline constexpr "
                           : Unnamed       ? "constexpr "
                                           : "static constexpr ";
  Pieces Result{Piece::text(Specifiers + Scope.Class + "<")};
  append(Result, slotType());
  Result.push_back(Piece::text("> " + Slot + (Member ? "{};" : ";")));
  return Result;
}

/// A holder has no constructor of its object's that takes a list: in braces as
/// well, what it is given are arguments.
static Pieces betweenParentheses(Span List) {
  ++List.Offset;
  List.Length -= 2;
  return {Piece::text("("), Piece::copy(List), Piece::text(")")};
}

/// The object's initialiser as the body of a factory.
Pieces StorageRewrite::creationPieces(bool TakesContext) const {
  std::string Context = TakesContext ? How.ContextName : "";
  if (!Creation) {
    Pieces Result = slotType();
    Result.push_back(Piece::text("(" + Context + ")"));
    return Result;
  }
  if (Creation->Form == CreationForm::Make ||
      Creation->Form == CreationForm::Holder)
    return {Piece::copy(Creation->Whole)};
  Pieces Result;
  if (Creation->Form == CreationForm::New) {
    if (Handle) { // the smart pointer itself is handed out
      Result = slotType();
      Result.push_back(Piece::text("("));
      Result.push_back(Piece::copy(Creation->Whole));
      Result.push_back(Piece::text(")"));
      return Result;
    }
    Result.push_back(Piece::copy(Creation->Type));
  } else if (Defined->Style != InitStyle::Equals || !Creation->Function) {
    Result = slotType();
  }
  bool FromDeclaration = Creation->Form == CreationForm::Value &&
                         Defined->Init == Creation->Arguments;
  if (!Creation->Arguments.valid() || Creation->Arguments.Length == 0)
    Result.push_back(Piece::text("(" + Context + ")"));
  else if (FromDeclaration && Defined->Style == InitStyle::Equals)
    Result = {Piece::copy(Creation->Arguments)};
  else if (FromDeclaration && Storage.MakesItself)
    llvm::append_range(Result, betweenParentheses(Creation->Arguments));
  else
    Result.push_back(Piece::copy(Creation->Arguments));
  return Result;
}

Pieces StorageRewrite::factoryCall(const Accessor &A,
                                   CreationContext Context) const {
  bool Pointer = A.Access->What == Yield::Pointer;
  bool Peeks = peeks(A);
  Pieces Result{Piece::text(Pointer == Peeks ? "" : Pointer ? "&" : "*")};
  Pieces Key = keyIn(A.Function);
  if (Peeks)
    Key.push_back(Piece::text(".peek(" + ownContext() + ")"));
  append(Result, Peeks ? std::move(Key) : keyCall(Context, std::move(Key)));
  return Result;
}

Pieces StorageRewrite::keyCall(CreationContext Context, Pieces Key,
                               llvm::StringRef At) const {
  Pieces Result;
  // The option's text, with its placeholders replaced.
  llvm::StringRef Rest = How.FactoryBody;
  // The runtime makes an object of nothing by itself.
  bool Ours = llvm::StringRef(Scope.Class).starts_with("isolation::") &&
              Rest == Policy().FactoryBody;
  if (Ours && (keepsBodies() || !At.empty()) && !Creation && !Context.Used &&
      !Context.ByConstructor)
    Rest = "{slot}.get_or_create({context})";
  while (!Rest.empty()) {
    size_t Brace = std::min(Rest.find('{'), Rest.size());
    Result.push_back(Piece::text(Rest.take_front(Brace).str()));
    Rest = Rest.drop_front(Brace);
    if (Rest.consume_front("{slot}"))
      append(Result, Key);
    else if (Rest.consume_front("{context}"))
      Result.push_back(Piece::text(At.empty() ? ownContext() : At.str()));
    else if (Rest.consume_front("{type}"))
      append(Result, slotType());
    else if (Rest.consume_front("{create}"))
      append(Result, creationLambda(Context));
    else if (!Rest.empty()) { // a brace of the expression's own
      Result.push_back(Piece::text(Rest.take_front().str()));
      Rest = Rest.drop_front();
    }
  }
  return Result;
}

Pieces StorageRewrite::creationLambda(CreationContext Context) const {
  bool Captures = Context.Used || (Creation && Creation->UsesLocals);
  bool Converts = (Creation && Creation->Form == CreationForm::Value &&
                   Defined->Style == InitStyle::Equals &&
                   Defined->Init == Creation->Arguments) ||
                  (Creation && Handle && Creation->Derived);
  Pieces Result{Piece::text(std::string("[") + (Captures ? "&" : "") + "]")};
  if (Converts) {
    Result.push_back(Piece::text("() -> "));
    append(Result, slotType());
  }
  Result.push_back(Piece::text(" { return "));
  append(Result, creationPieces(Context.ByConstructor));
  Result.push_back(Piece::text("; }"));
  return Result;
}

Pieces StorageRewrite::commentsIn(const StatementFact &Statement) const {
  Span Before = Statement.Whole, After = Statement.Whole;
  if (Statement.Kind == StatementKind::StorageDeclaration)
    return {}; // all of it is the initialiser
  if (!Creation || !Statement.Whole.contains(Creation->Whole))
    return {Piece::comments(Statement.Whole)};
  Before.Length = Creation->Whole.Offset - Before.Offset;
  After.Offset = Creation->Whole.end();
  After.Length = Statement.Whole.end() - After.Offset;
  return {Piece::comments(Before), Piece::comments(After)};
}

void StorageRewrite::editAccessor(const Accessor &A, CreationContext Context,
                                  Output &Out) const {
  if (A.KeepsBody)
    return editKeptBody(A, Context, Out);
  if (A.InPlace)
    return editInPlace(A, Context, Out);
  const StatementFact &First = *A.Statements[A.First];
  const StatementFact &Return = *A.Statements[A.Return];
  bool Local = Storage.Kind == StorageKind::FunctionLocal;
  if (Local && How.hasSlot())
    Out.Includes[First.Whole.File].insert(Scope.Header);
  // Statement by statement, so that comments between them stay. Where others
  // stand between, the object is made where the protocol began.
  bool Pointer = A.Access->What == Yield::Pointer;
  Pieces Made{Piece::text(A.Pure    ? "return "
                          : Pointer ? "auto *instance = "
                                    : "auto &instance = ")};
  append(Made, factoryCall(A, Context));
  Made.push_back(Piece::text(";"));
  bool Declared = false;
  bool MadeAlready = false;
  for (size_t I = A.First; I < A.Return; ++I) {
    const StatementFact &S = *A.Statements[I];
    if (!A.protocol(I))
      continue;
    Pieces Text;
    if (Local && !Declared && How.hasSlot()) {
      Text = slotDeclaration();
      Declared = true;
    }
    if (!A.Pure && !MadeAlready) {
      if (!Text.empty())
        Text.push_back(Piece::lineBreak());
      append(Text, Made);
      MadeAlready = true;
    }
    bool Removed = Text.empty();
    Pieces With = commentsIn(S);
    append(With, std::move(Text));
    Out.Edits.push_back({S.Whole, std::move(With), Removed, {}});
  }
  if (A.Pure || !MadeAlready)
    Made.front() = Piece::text("return ");
  else
    Made = {Piece::text("return instance;")};
  Out.Edits.push_back({Return.Whole, std::move(Made), false, {}});
}

void StorageRewrite::befriend(Output &Out) const {
  if (!llvm::StringRef(Scope.Class).starts_with("isolation::"))
    return; // how another container ends its objects is not known
  for (const StorageObjectFact &Object : P.of<StorageObjectFact>(F.Storage))
    // Programs of one repository may have classes of one name.
    for (const RecordSiteFact &Site : P.of<RecordSiteFact>(Object.Record)) {
      if (Object.Record == NoSymbol || !Site.PrivateDestructor ||
          Site.State != Editability::Editable || !P.file(Site.Body.File).Ours)
        continue;
      std::string Name = P.one<RecordFact>(Object.Record)->QualifiedName;
      Name = Name.substr(Name.rfind(':') + 1); // npos + 1 is 0
      Span Begin = Site.Body;
      ++Begin.Offset;
      Begin.Length = 0;
      Out.Edits.push_back(
          {Begin,
           {Piece::lineBreak(),
            Piece::text("  friend class " + Scope.Class + "<" + Name + ">;")},
           false,
           {}});
      Out.Includes[Begin.File].insert(Scope.Header);
    }
}

StorageRewrite::Output StorageRewrite::edits(
    llvm::function_ref<std::string(const StorageUseFact &)> ContextAt,
    CreationContext Context) const {
  Output Out;
  for (const Accessor &A : Accessors) {
    editAccessor(A, Context, Out);
    if (!Asking.empty())
      for (const BodyFact &Body : P.of<BodyFact>(A.Function))
        Out.Includes[Body.Body.File].insert(AmbientHeader.str());
  }
  if (Storage.Kind != StorageKind::FunctionLocal && !How.hasSlot()) {
    Out.Edits.push_back({Home->Whole, {}, true, {}});
  } else if (Storage.Kind != StorageKind::FunctionLocal) {
    Out.Edits.push_back({Home->Whole, slotDeclaration(), false, {}});
    Out.Includes[Home->Name.File].insert(Scope.Header);
  }
  for (const StorageSiteFact *Site : Removed)
    Out.Edits.push_back({Site->Whole, {}, true, {}});
  for (SymbolIndex Helper : Helpers)
    for (const StorageSiteFact &Site : P.of<StorageSiteFact>(Helper))
      Out.Edits.push_back({Site.Whole, {}, true, {}});
  if (Maker)
    for (const FunctionSiteFact &Site : P.of<FunctionSiteFact>(*Maker)) {
      Edit Removal{Site.Whole, {}, /*WholeLines=*/true, {}};
      Removal.Behind = !Site.Definition;
      Out.Edits.push_back(std::move(Removal));
    }
  for (const Span &Statement : Gone)
    Out.Edits.push_back({Statement, {}, /*WholeLines=*/true, {}});
  for (const StorageUseFact *Use : Outside)
    editUse(*Use, ContextAt(*Use), Context, Out);
  befriend(Out);
  return Out;
}
