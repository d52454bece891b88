//===- Mains.cpp - Where a program's process begins -------------*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "fixits/Mains.h"
#include "llvm/ADT/StringRef.h"
#include <optional>
#include <set>

using namespace unsingleton;

static bool isInC(const Program &P, FileIndex File) {
  return llvm::any_of(P.units(), [&](const LinkedUnit &Unit) {
    return Unit.Source == File && Unit.Standard == 0;
  });
}

bool unsingleton::staysBare(const Program &P, FileIndex File) {
  return (isInC(P, File) || !P.file(File).Ours) &&
         llvm::none_of(P.all<ProcessContextFact>(),
                       [&](const ProcessContextFact &Known) {
                         return Known.Place.File == File;
                       });
}

/// The bodies of C++ mains in files of ours that are spelled in \p State. The
/// name of such a `main` may be a macro's all the same, `_tmain`.
static std::vector<const BodyFact *> mainsOf(const Program &P,
                                             Editability State) {
  std::vector<const BodyFact *> Result;
  for (const FunctionFact &F : P.all<FunctionFact>()) {
    if (F.Kind != FunctionKind::Main)
      continue;
    for (const BodyFact &Body : P.of<BodyFact>(F.Function))
      if (Body.State == State && P.file(Body.Body.File).Ours &&
          !isInC(P, Body.Body.File))
        Result.push_back(&Body);
  }
  return Result;
}

std::vector<const BodyFact *> unsingleton::editableMains(const Program &P) {
  return mainsOf(P, Editability::Editable);
}

const BodyFact *unsingleton::mainThatNames(const Program &P,
                                           llvm::StringRef Type,
                                           const Span &Place) {
  for (const BodyFact *Main : editableMains(P)) {
    if (!Main->Body.contains(Place))
      continue;
    for (const ProcessContextFact &Known :
         P.of<ProcessContextFact>(Main->Function))
      if (Main->Body.contains(Known.Place))
        return Known.Place.Offset < Place.Offset ? Main : nullptr;
    // What is inserted at one place is ordered by its text.
    return Type > "isolation::ProcessContext" ? Main : nullptr;
  }
  return nullptr;
}

std::vector<const BodyFact *> unsingleton::madeMains(const Program &P) {
  return mainsOf(P, Editability::MacroBody);
}

/// The header of a framework that can bring a `main` of its own.
static bool isTestHeader(llvm::StringRef Path) {
  static constexpr llvm::StringLiteral Headers[] = {
      "gtest/gtest.h",
      "catch.hpp",
      "catch2/catch_test_macros.hpp",
      "doctest.h",
      "doctest/doctest.h",
      "boost/test/unit_test.hpp",
      "boost/test/included/unit_test.hpp",
  };
  return llvm::any_of(Headers, [&](llvm::StringRef Header) {
    return Path.consume_back(Header) && (Path.empty() || Path.ends_with("/"));
  });
}

std::vector<FileIndex> unsingleton::testsOfForeignMain(const Program &P) {
  std::set<FileIndex> WithMain;
  for (const BodyFact *Main : editableMains(P))
    WithMain.insert(Main->Body.File);
  for (const BodyFact *Main : madeMains(P))
    WithMain.insert(Main->Body.File);
  std::set<FileIndex> Result;
  for (const LinkedUnit &Unit : P.units()) {
    bool Tests = false;
    for (FileIndex Read : Unit.Reads)
      Tests |= isTestHeader(P.file(Read).Path);
    if (!Tests || Unit.Source == NoFile || !P.file(Unit.Source).Ours)
      continue;
    if (WithMain.count(Unit.Source))
      return {};
    Result.insert(Unit.Source);
  }
  return {Result.begin(), Result.end()};
}
