//===- Forwarders.cpp - Old accessors for callers elsewhere -----*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "fixits/Forwarders.h"
#include "fixits/FunctionText.h"

using namespace unsingleton;

/// The declaration that other files see: the first one in a file that is not a
/// unit's own. Of a member, the one in its class.
static const FunctionSiteFact *publicSite(const Program &P,
                                          const FunctionFact &F) {
  const auto *Class =
      F.Record == NoSymbol ? nullptr : P.one<RecordSiteFact>(F.Record);
  const FunctionSiteFact *Best = nullptr;
  for (const FunctionSiteFact &Site : P.of<FunctionSiteFact>(F.Function)) {
    bool Main = llvm::any_of(P.units(), [&](const LinkedUnit &Unit) {
      return Unit.MainFile == P.file(Site.Name.File).Path;
    });
    bool Member =
        F.Record == NoSymbol || (Class && Class->Body.contains(Site.Name));
    if (!Main && Member && !Site.Friend &&
        Site.State == Editability::Editable && (!Best || Site < *Best))
      Best = &Site;
  }
  return Best;
}

void unsingleton::addForwarder(const Program &P, SymbolIndex Accessor,
                               const std::string &NewName, unsigned Group,
                               EditSet &Out) {
  const auto *F = P.one<FunctionFact>(Accessor);
  bool Reachable =
      F && !F->InternalLinkage && !F->Private && !F->Template && !F->ExternC &&
      (F->Kind == FunctionKind::Free || F->Kind == FunctionKind::StaticMethod);
  const FunctionSiteFact *Site = Reachable ? publicSite(P, *F) : nullptr;
  if (!Site || Site->HasParameters)
    return;
  Span Type = Site->Whole;
  Type.Length = Site->Name.Offset - Type.Offset;
  bool Inline = F->Record != NoSymbol || Site->Definition;
  Pieces Text{Piece::lineBreak(),
              Piece::text("[[deprecated(\"pass a context to '" + NewName +
                          "'\")]] " + (Inline ? "" : "inline "))};
  // `auto f() -> T &`, `T &f() noexcept`: a body's blank is no such thing.
  if (tailOf(P, *Site) > 1) {
    bool Static = F->Kind == FunctionKind::StaticMethod;
    Text.push_back(Piece::text(Static             ? "static decltype(auto) "
                               : Site->Definition ? "inline decltype(auto) "
                                                  : "decltype(auto) "));
  } else {
    Text.push_back(Piece::copy(Type));
  }
  Text.push_back(Piece::text(F->Name + "(ISOLATION_FORWARDER_PLACE) {"));
  for (const std::string &Line :
       {"  ISOLATION_FORWARDER_USED(\"" + F->QualifiedName + "\");",
        "  return " + NewName + "(isolation::current_context());",
        std::string("}")}) {
    Text.push_back(Piece::lineBreak());
    Text.push_back(Piece::text(Line));
  }
  Edit E;
  const Span *Body = bodyOf(P, *Site);
  E.Target = Site->Whole;
  E.Target.Offset = Body ? Body->end() : Site->Whole.end();
  E.Target.Length = 0;
  E.With = std::move(Text);
  E.Behind = !Site->Definition;
  Out.add(std::move(E), Group);
  Out.include(Site->Name.File, "isolation/forwarder.h");
}
