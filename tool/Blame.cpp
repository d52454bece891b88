//===- Blame.cpp - Whose fault a diagnostic is ------------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "tool/Blame.h"
#include "llvm/Support/FileSystem.h"

using namespace llvm;

namespace unsingleton {

Blame::NearestEdit Blame::nearest(const UnitError &At) const {
  NearestEdit Found;
  SmallString<256> Real;
  if (sys::fs::real_path(At.File, Real))
    Real = At.File;
  auto File = find_if(
      Files, [&](const ChangedFile &Changed) { return Changed.Path == Real; });
  if (File == Files.end())
    return Found;
  // The diagnostic speaks of the new text, edits of the old one.
  int64_t Offset = File->offsetBefore(At.Line, At.Column);
  int64_t Least = 0;
  for (const Edit &E : Planned.Edits) {
    int64_t Away = std::abs(static_cast<int64_t>(E.Target.Offset) - Offset);
    if (P.file(E.Target.File).Path != Real || (Found.Of && Away >= Least))
      continue;
    Least = Away;
    Found.Of = &E;
    auto Begin =
        static_cast<size_t>(std::min<int64_t>(Offset, E.Target.Offset));
    Found.SameLine = !StringRef(File->Before)
                          .substr(Begin, static_cast<size_t>(Least))
                          .contains('\n');
  }
  return Found;
}

const UnitError &Blame::placeOf(const Complaint &What) const {
  auto Edited = [&](const UnitError &At) { return nearest(At).Of != nullptr; };
  if (!Edited(What.What))
    if (auto Note = find_if(What.Notes, Edited); Note != What.Notes.end())
      return *Note;
  return What.What;
}

bool Blame::isCertain(const Complaint &What) const {
  return nearest(placeOf(What)).SameLine;
}

std::set<unsigned> Blame::culprits(const Complaint &What) const {
  if (NearestEdit Found = nearest(placeOf(What)); Found.Of)
    return Found.Of->Groups;
  // In a file that was not edited, such as the runtime's.
  std::set<unsigned> Named, Last;
  for (unsigned I = 0; I < Planned.Migrations.size(); ++I) {
    const Migration &M = Planned.Migrations[I];
    if (M.refused())
      continue;
    Last = {I};
    if (StringRef(What.What.Message).contains("'" + M.Of->Type + "'"))
      Named.insert(I);
  }
  return Named.empty() ? Last : Named;
}

template <class Predicate>
std::vector<SymbolIndex> Blame::threaded(Predicate Wanted) const {
  std::vector<SymbolIndex> Result;
  for (const Migration &M : Planned.Migrations)
    copy_if(M.Threaded, std::back_inserter(Result), Wanted);
  return Result;
}

std::vector<SymbolIndex> Blame::constructors(const UnitError &Error) const {
  std::set<StringRef> Quoted;
  SmallVector<StringRef> Parts;
  StringRef(Error.Message).split(Parts, '\'');
  for (size_t I = 1; I < Parts.size(); I += 2)
    Quoted.insert(Parts[I]);
  std::set<SymbolIndex> Records;
  for (const RecordFact &R : P.all<RecordFact>()) {
    StringRef Last = StringRef(R.QualifiedName).rsplit("::").second;
    if (!Quoted.count(R.QualifiedName) && !Quoted.count(Last))
      continue;
    Records.insert(R.Record);
    for (const FieldFact &F : P.of<FieldFact>(R.Record))
      if (F.Owned != NoSymbol)
        Records.insert(F.Owned);
  }
  return threaded([&](SymbolIndex Function) {
    const auto *F = P.one<FunctionFact>(Function);
    return F && F->Kind == FunctionKind::Constructor &&
           Records.count(F->Record) != 0;
  });
}

std::vector<SymbolIndex> Blame::hooks(const Complaint &Error) const {
  std::vector<SymbolIndex> Result;
  if (nearest(Error.What).Of)
    return Result; // an error in code of ours
  for (const UnitError &Note : Error.Notes) {
    NearestEdit Named = nearest(Note);
    if (!Named.SameLine)
      continue;
    append_range(Result, threaded([&](SymbolIndex Function) {
                   return any_of(P.of<FunctionSiteFact>(Function),
                                 [&](const FunctionSiteFact &Site) {
                                   return Site.Parameters.File ==
                                              Named.Of->Target.File &&
                                          Site.Parameters.Offset <=
                                              Named.Of->Target.Offset &&
                                          Named.Of->Target.Offset <=
                                              Site.Parameters.end();
                                 });
                 }));
  }
  return Result;
}

} // namespace unsingleton
