//===- RenderTest.cpp - Edits over text -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "fixits/Render.h"
#include "test/unit/FactsFixture.h"
#include "gtest/gtest.h"

using namespace unsingleton;

namespace {
std::string rendered(llvm::StringRef Text, std::vector<Edit> Edits,
                     size_t Conflicts = 0,
                     std::map<FileIndex, std::set<std::string>> Includes = {}) {
  UnitUnderTest U("/nowhere/a.cpp");
  Program P = linked(U);
  Plan Planned;
  Planned.Edits = std::move(Edits);
  Planned.Includes = std::move(Includes);
  llvm::Expected<Rendering> New =
      render(P, Planned, [&](FileIndex) -> llvm::Expected<std::string> {
        return Text.str();
      });
  if (!New) {
    ADD_FAILURE() << llvm::toString(New.takeError());
    return {};
  }
  EXPECT_EQ(New->Conflicts.size(), Conflicts);
  return New->Files.empty() ? Text.str() : New->Files[0].After;
}

Span at(uint32_t Offset, uint32_t Length) { return {0, Offset, Length, 1, 1}; }

TEST(Render, InsertionsAtOnePlaceKeepTheirOrder) {
  EXPECT_EQ(rendered("f()", {{at(2, 0), {Piece::text("a, ")}, false, {}},
                             {at(2, 0), {Piece::text("b")}, false, {}}}),
            "f(a, b)");
}

TEST(Render, ACopyTravelsWithTheEditsInside) {
  // `x = make(1);` becomes `return make(c, 1);`
  EXPECT_EQ(
      rendered("x = make(1);", {{at(0, 12),
                                 {Piece::text("return "), Piece::copy(at(4, 7)),
                                  Piece::text(";")},
                                 false,
                                 {}},
                                {at(9, 0), {Piece::text("c, ")}, false, {}}}),
      "return make(c, 1);");
}

TEST(Render, ARemovalTakesItsLineAlong) {
  EXPECT_EQ(rendered("a;\n  b;\nc;\n", {{at(5, 2), {}, true, {}}}), "a;\nc;\n");
  EXPECT_EQ(rendered("a; b;\nc;\n", {{at(3, 2), {}, true, {}}}), "a; \nc;\n");
}

TEST(Render, NoBlankIsLeftAtTheEndOfALine) {
  EXPECT_EQ(
      rendered("f(\n  a);\n", {{at(2, 0), {Piece::text("c, ")}, false, {}}}),
      "f(c,\n  a);\n");
  EXPECT_EQ(rendered("f(a);\n", {{at(2, 0), {Piece::text("c, ")}, false, {}}}),
            "f(c, a);\n");
}

TEST(Render, LineEndsAreKept) {
  EXPECT_EQ(
      rendered("int a;\r\n  x;\r\n",
               {{at(10, 2),
                 {Piece::text("y;"), Piece::lineBreak(), Piece::text("z;")},
                 false,
                 {}}}),
      "int a;\r\n  y;\r\n  z;\r\n");
}

TEST(Render, OverlappingEditsConflict) {
  rendered("abcdef",
           {{at(0, 4), {Piece::text("x")}, false, {0}},
            {at(2, 4), {Piece::text("y")}, false, {1}}},
           /*Conflicts=*/1);
}

TEST(Render, AnIncludeIsAddedOnce) {
  std::string Text = "#include <vector>\nint x;\n";
  std::string Once = "#include <isolation/per_request.h>\n" + Text;
  EXPECT_EQ(rendered(Text, {}, 0, {{0, {"isolation/per_request.h"}}}), Once);
  EXPECT_EQ(rendered(Once, {}, 0, {{0, {"isolation/per_request.h"}}}), Once);
}
} // namespace
