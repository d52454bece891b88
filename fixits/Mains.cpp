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

std::vector<const BodyFact *> unsingleton::editableMains(const Program &P) {
  std::vector<const BodyFact *> Result;
  for (const FunctionFact &F : P.all<FunctionFact>()) {
    if (F.Kind != FunctionKind::Main)
      continue;
    // Its name may be a macro's, `_tmain`.
    for (const BodyFact &Body : P.of<BodyFact>(F.Function))
      if (Body.State == Editability::Editable && P.file(Body.Body.File).Ours &&
          !isInC(P, Body.Body.File))
        Result.push_back(&Body);
  }
  return Result;
}

std::vector<Span> unsingleton::madeMains(const Program &P) {
  std::vector<Span> Result;
  for (const FunctionFact &F : P.all<FunctionFact>()) {
    if (F.Kind != FunctionKind::Main)
      continue;
    for (const BodyFact &Body : P.of<BodyFact>(F.Function))
      if (Body.State == Editability::MacroBody && P.file(Body.Body.File).Ours &&
          !isInC(P, Body.Body.File))
        Result.push_back(Body.Body);
  }
  return Result;
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
  for (const Span &Main : madeMains(P))
    WithMain.insert(Main.File);
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
