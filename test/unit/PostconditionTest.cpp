//===- PostconditionTest.cpp - Each promise of a fix can be broken --------===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// No program is known whose fix breaks these promises, so the changed program
// is made up here. What Fixer does with an answer, test/fixits/postcondition
// shows.
//
//===----------------------------------------------------------------------===//
#include "test/unit/FactsFixture.h"
#include "tool/Postconditions.h"
#include "gtest/gtest.h"

using namespace unsingleton;

namespace {
constexpr const char *Source = "/src/a.cpp";

std::vector<Finding> found(const Program &P) {
  return decide(P, {}, [](llvm::StringRef) { return true; });
}

/// get_x of a mutable X, which becomes create_x.
struct PostconditionTest : ::testing::Test {
  Session S;
  Plan Planned;
  UnitUnderTest After{Source};

  PostconditionTest() {
    UnitUnderTest Before{Source};
    SymbolIndex Get = Before.meyers("get_x", "X", 100);
    Before.record("X", Before.function("X::set", 500));
    Before.call(Before.function("caller", 300), Get, 320);
    S.Linked = std::make_unique<Program>(linked(Before));
    S.Findings = found(*S.Linked);
    Planned = plan(*S.Linked, S.Findings, {});
  }

  /// What is left of the storage, in \p Path.
  void storage(bool Const, const std::string &Path = Source) {
    StorageFact V;
    V.Storage = After.symbol("the key");
    V.Name = "x";
    V.QualifiedName = "get_x::x";
    V.ObjectConst = Const;
    After.Builder.add(V);
    StorageSiteFact Site;
    Site.Storage = V.Storage;
    Site.Name = After.span(139, 1, Path);
    Site.Definition = true;
    After.Builder.add(Site);
  }

  void call(bool WithContext) {
    CallFact C;
    C.Caller = After.function("caller", 300);
    C.Callee = After.function("create_x", 100);
    C.Name = After.span(320, 8);
    C.Whole = After.span(320, 20);
    C.Arguments = After.span(329, WithContext ? 12 : 0);
    C.HasArguments = WithContext;
    After.Builder.add(C);
  }

  /// The messages, each led by `0: ` where a migration is to blame.
  std::string unproved() { return unproved(After); }
  std::string unproved(UnitUnderTest &Unit) {
    Program P = linked(Unit);
    std::string Text;
    for (const Unproved &U : checkPostconditions(S, Planned, P, {Source}))
      Text += (U.Migration ? std::to_string(*U.Migration) + ": " : "") +
              U.What.Message + "\n";
    return Text;
  }
};

TEST_F(PostconditionTest, TheFixtureMigrates) {
  ASSERT_EQ(Planned.Migrations.size(), 1u);
  EXPECT_FALSE(Planned.Migrations[0].refused());
}

TEST_F(PostconditionTest, AKeyAndCallsWithAContextKeepThem) {
  storage(/*Const=*/true);
  call(/*WithContext=*/true);
  EXPECT_EQ(unproved(), "");
}

TEST_F(PostconditionTest, StorageThatIsGoneKeepsThem) {
  call(/*WithContext=*/true);
  EXPECT_EQ(unproved(), "");
}

TEST_F(PostconditionTest, MutableStorageOfThatNameIsARemainder) {
  storage(/*Const=*/false);
  call(/*WithContext=*/true);
  EXPECT_EQ(unproved(), "0: 'get_x::x' is still mutable storage\n");
}

TEST_F(PostconditionTest, AnotherFilesVariableOfThatNameIsNone) {
  storage(/*Const=*/false, "/src/b.cpp");
  call(/*WithContext=*/true);
  EXPECT_EQ(unproved(), "");
}

TEST_F(PostconditionTest, ACallWithoutAContextIsTold) {
  storage(/*Const=*/true);
  call(/*WithContext=*/false);
  EXPECT_EQ(unproved(),
            "0: 'create_x' is called without a context in 'caller'\n");
}

TEST_F(PostconditionTest, AFindingThatWasThereBeforeMustBeGone) {
  After.meyers("get_x", "X", 100);
  After.record("X", After.function("X::set", 500));
  EXPECT_EQ(unproved(), "0: 'get_x::x' is still mutable storage\n");
}

TEST_F(PostconditionTest, AFindingThatWasNotThereIsBlamedOnTheNearestEdit) {
  call(/*WithContext=*/true);
  After.meyers("get_y", "Y", 600);
  After.record("Y", After.function("Y::set", 800));
  std::string Text = unproved();
  EXPECT_NE(Text.find("[isolation-function-local-singleton]"), Text.npos)
      << Text;
  EXPECT_EQ(Text.find("0: "), Text.npos) << Text;
}

TEST_F(PostconditionTest, AFindingInAFileThatDoesNotChangeIsNotOurs) {
  UnitUnderTest Other{"/src/b.cpp"};
  Other.meyers("get_y", "Y", 600);
  Other.record("Y", Other.function("Y::set", 800));
  EXPECT_EQ(unproved(Other), "");
}
} // namespace
