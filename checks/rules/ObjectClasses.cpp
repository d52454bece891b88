//===- ObjectClasses.cpp - The classes that make up an object -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/rules/ObjectClasses.h"

namespace unsingleton {

std::set<SymbolIndex> ownClasses(const Program &P, const Singleton &S) {
  std::set<SymbolIndex> Own;
  for (const StorageObjectFact *Object : S.Objects)
    if (Object->Record != NoSymbol)
      Own.insert(Object->Record);
  for (const CreationFact &Creation : P.of<CreationFact>(S.Storage->Storage))
    for (const CallFact &Call : P.of<CallFact>(Creation.Function))
      if ((Call.Kind == CallKind::Construct ||
           Call.Kind == CallKind::Forwarded) &&
          Creation.Whole.contains(Call.Name))
        if (const auto *F = P.one<FunctionFact>(Call.Callee))
          Own.insert(F->Record);
  return Own;
}

/// A variable of a class is that, and never of a class derived from it.
static bool isExact(const Program &P, const Singleton &S) {
  return S.Storage->How == Holder::Value &&
         llvm::all_of(S.Objects, [&](const StorageObjectFact *Object) {
           const auto *R = Object->Record == NoSymbol
                               ? nullptr
                               : P.one<RecordFact>(Object->Record);
           return R && !Object->Carried &&
                  llvm::StringRef(Object->Type).starts_with(R->QualifiedName);
         });
}

std::set<SymbolIndex> classesOf(const Program &P, const Singleton &S,
                                const std::set<SymbolIndex> &Own) {
  // Nothing says what is made: any subclass.
  bool Abstract = Own.size() == 1 && !isExact(P, S);
  std::vector<SymbolIndex> Work(Own.begin(), Own.end());
  std::set<SymbolIndex> Classes = Own;
  for (size_t I = 0; Abstract && I < Work.size(); ++I)
    for (SymbolIndex Derived : P.derived(Work[I]))
      if (Classes.insert(Derived).second)
        Work.push_back(Derived);
  while (!Work.empty()) {
    SymbolIndex Class = Work.back();
    Work.pop_back();
    for (const FieldFact &Field : P.of<FieldFact>(Class))
      if (Field.Owned != NoSymbol && Classes.insert(Field.Owned).second)
        Work.push_back(Field.Owned);
  }
  return Classes;
}

/// Whether a function of \p Class makes objects of class \p Made.
static bool makes(const Program &P, SymbolIndex Class, SymbolIndex Made) {
  return llvm::any_of(P.of<InstanceFact>(Made), [&](const InstanceFact &Here) {
    const auto *By = P.one<FunctionFact>(Here.Function);
    return By && By->Record == Class;
  });
}

const FieldFact *resourceIn(const Program &P,
                            const std::set<SymbolIndex> &Classes) {
  struct Reached {
    SymbolIndex Class;
    bool Many;
  };
  std::vector<Reached> Work;
  for (SymbolIndex Class : Classes)
    Work.push_back({Class, false});
  std::set<SymbolIndex> Seen = Classes;
  for (size_t I = 0; I < Work.size(); ++I) {
    auto [Class, Many] = Work[I];
    for (const FieldFact &Field : P.of<FieldFact>(Class)) {
      bool Thread = llvm::StringRef(Field.Resource).contains("thread");
      if (!Field.Resource.empty() && (!Many || Thread))
        return &Field;
      if (Field.Owned != NoSymbol && Seen.insert(Field.Owned).second)
        Work.push_back({Field.Owned, Many});
      bool Own = Field.Leads == Lead::Element ||
                 (Field.Leads != Lead::None && makes(P, Class, Field.Led));
      if (Own && Seen.insert(Field.Led).second)
        Work.push_back({Field.Led, Many || Field.Leads != Lead::Pointer});
    }
  }
  return nullptr;
}

/// `Hidden` of `std::unique_ptr<Hidden, Deleter>`.
static std::string heldBy(llvm::StringRef Type) {
  size_t Open = Type.find('<');
  if (Open == llvm::StringRef::npos)
    return Type.str();
  unsigned Depth = 0;
  llvm::StringRef Inside = Type.drop_front(Open + 1);
  return Inside
      .take_while([&](char C) {
        Depth += C == '<' ? 1 : C == '>' && Depth ? -1 : 0;
        return Depth || (C != ',' && C != '>');
      })
      .str();
}

std::string nameOf(const Program &P, const Singleton &S,
                   const std::set<SymbolIndex> &Classes, SymbolIndex Class) {
  for (const StorageObjectFact *Object : S.Objects)
    if (Object->Record == Class)
      return Object->Type;
  for (SymbolIndex Owner : Classes)
    for (const FieldFact &Field : P.of<FieldFact>(Owner))
      if (Field.Owned == Class)
        return heldBy(Field.Type);
  return S.Type;
}

} // namespace unsingleton
