//===- RequestPathTest.cpp - The way of a request, from facts -*- C++ -*-===//
//
// Part of unsingleton, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/rules/RequestPath.h"
#include "checks/facts/Words.h"
#include "checks/rules/Rules.h"
#include "checks/rules/UserData.h"
#include "test/unit/FactsFixture.h"
#include "gtest/gtest.h"

using namespace unsingleton;

namespace {
/// A unit with one singleton, `get` of class X, that X::set writes.
struct Scene : UnitUnderTest {
  Scene() : UnitUnderTest("a.cpp") {
    Get = meyers("get", "X", 100);
    Set = function("X::set", 200);
    record("X", Set);
  }

  void entry(SymbolIndex Function) {
    ContextSourceFact Source;
    Source.Function = Function;
    Source.Direct = true;
    Source.Visible = span(0, 10'000);
    Builder.add(Source);
  }
  void stored(SymbolIndex Slot, SymbolIndex Callable, uint32_t At,
              Span Lambda = {}, SymbolIndex By = NoSymbol) {
    Builder.add(StoredCallableFact{Slot, Callable, By, Lambda, span(At, 1)});
  }

  SymbolIndex Get, Set;
};

/// "high: entry f, call g, …"
std::string ranked(const Program &P, const RuleOptions &Options = {}) {
  std::vector<Finding> Found =
      decide(P, Options, [](llvm::StringRef) { return true; });
  std::string Text = toString(Found.at(0).Level).str() + ":";
  for (const PathStep &Step : Found.at(0).Path)
    Text += " " + Step.What + " " + Step.Name;
  return Text;
}

TEST(RequestPath, TheShortestOfTwoEntries) {
  Scene S;
  SymbolIndex Near = S.function("near", 700), Far = S.function("far", 300);
  SymbolIndex Helper = S.function("helper", 500);
  S.entry(Near);
  S.entry(Far);
  S.call(Far, Helper, 310);
  for (SymbolIndex Taker : {Helper, Near}) {
    S.call(Taker, S.Get, Taker == Near ? 710 : 510);
    S.call(Taker, S.Set, Taker == Near ? 720 : 520);
  }
  EXPECT_EQ(ranked(linked(S)),
            "high: entry 'near' accessor 'get' write 'X::set'");
}

TEST(RequestPath, OfTwoAsShortTheFirstInTheSource) {
  Scene S;
  for (uint32_t At : {900u, 300u, 600u}) {
    SymbolIndex Entry = S.function("at" + std::to_string(At), At);
    S.entry(Entry);
    S.call(Entry, S.Get, At + 10);
    S.call(Entry, S.Set, At + 20);
  }
  EXPECT_EQ(ranked(linked(S)),
            "high: entry 'at300' accessor 'get' write 'X::set'");
}

TEST(RequestPath, NoEntryIsMedium) {
  Scene S;
  SymbolIndex Main = S.function("main", 300);
  S.call(Main, S.Get, 310);
  S.call(Main, S.Set, 320);
  EXPECT_EQ(ranked(linked(S)), "medium:");
}

TEST(RequestPath, AReadByARequestIsMedium) {
  Scene S;
  SymbolIndex Entry = S.function("entry", 300), Main = S.function("main", 500);
  S.entry(Entry);
  S.call(Entry, S.Get, 310);
  S.call(Main, S.Get, 510);
  S.call(Main, S.Set, 520);
  EXPECT_EQ(ranked(linked(S)), "medium:");
}

TEST(RequestPath, ACallThatMakesTheContextMustComeFirst) {
  Scene S;
  SymbolIndex Main = S.function("main", 300);
  ContextSourceFact Source;
  Source.Function = Main;
  Source.Visible = S.span(350, 100);
  S.Builder.add(Source);
  S.call(Main, S.Get, 310);
  S.call(Main, S.Set, 320);
  EXPECT_EQ(ranked(linked(S)), "medium:");
}

TEST(RequestPath, OptionNamesEntriesAndTheirOverrides) {
  Scene S;
  SymbolIndex Base = S.function("Handler::handle", 300);
  SymbolIndex Derived = S.function("Chat::handle", 400);
  S.Builder.add(OverrideFact{Derived, Base});
  S.call(Derived, S.Get, 410);
  S.call(Derived, S.Set, 420);
  Program P = linked(S);
  EXPECT_EQ(ranked(P), "medium:");
  RuleOptions Options;
  Options.RequestEntry = {"Handler::*"};
  EXPECT_EQ(ranked(P, Options),
            "high: entry 'Chat::handle' accessor 'get' write 'X::set'");
  EXPECT_EQ(requestEntries(P, Options).size(), 2u);
  Options.RequestEntry = {"Handlr::*", "Handler::handle"};
  EXPECT_EQ(unmatchedEntries(P, Options),
            std::vector<std::string>{"Handlr::*"});
}

TEST(RequestPath, ThroughSlotsAndLambdas) {
  Scene S;
  SymbolIndex Serve = S.function("serve", 300),
              Start = S.function("start", 500);
  SymbolIndex Table = S.symbol("table"), Parameter = S.symbol("parameter");
  S.Builder.add(SlotFact{Table, "Server::table_", 0});
  S.Builder.add(SlotFact{Parameter, "Server::on", 1});
  S.entry(Serve);
  S.Builder.add(SlotCallFact{Serve, Table, S.span(310, 1)});
  S.stored(Table, Parameter, 420);
  Span Lambda = S.span(530, 40);
  S.stored(Parameter, NoSymbol, 530, Lambda, Start);
  S.call(Start, S.Get, 540);
  S.call(Start, S.Set, 550);
  // Beside the lambda: no request comes here.
  SymbolIndex Other = S.meyers("other", "X", 1000);
  S.call(Start, Other, 600);
  Program P = linked(S);
  EXPECT_EQ(ranked(P),
            "high: entry 'serve' callback 'Server::table_' stored parameter 1 "
            "of 'Server::on' stored a lambda in 'start' accessor 'get' write "
            "'X::set'");
  std::vector<Finding> Found =
      decide(P, {}, [](llvm::StringRef) { return true; });
  ASSERT_EQ(Found.size(), 2u);
  EXPECT_EQ(Found[1].Level, Severity::Medium);
}

TEST(RequestPath, ACycleEnds) {
  Scene S;
  SymbolIndex A = S.function("a", 300), B = S.function("b", 400);
  S.entry(A);
  S.call(A, B, 310);
  S.call(B, A, 410);
  S.call(B, S.Get, 420);
  S.call(B, S.Set, 430);
  EXPECT_EQ(ranked(linked(S)),
            "high: entry 'a' call 'b' accessor 'get' write 'X::set'");
}

TEST(RequestPath, AResourceIsLowUnlessUserDataIsWritten) {
  for (const char *Member : {"queue_", "sessions_"}) {
    Scene S;
    SymbolIndex Entry = S.function("entry", 300);
    S.entry(Entry);
    S.call(Entry, S.Get, 310);
    S.call(Entry, S.Set, 320);
    FieldFact Pool;
    Pool.Record = S.symbol("X");
    Pool.Field = S.symbol("X::pool");
    Pool.Name = "pool";
    Pool.Resource = "thread";
    S.Builder.add(Pool);
    FieldFact Data = Pool;
    Data.Field = S.symbol("X::data");
    Data.Name = Member;
    Data.Resource = "";
    S.Builder.add(Data);
    WriteFact Write;
    Write.Target = Data.Field;
    Write.Function = S.Set;
    Write.Place = S.span(210, 5);
    S.Builder.add(Write);
    EXPECT_EQ(ranked(linked(S)).substr(0, 5),
              Member[0] == 's' ? "high:" : "low:");
  }
}

TEST(UserData, Words) {
  auto Joined = [](llvm::StringRef Name) {
    std::string Text;
    for (const std::string &Word : wordsOf(Name))
      Text += Word + " ";
    return Text;
  };
  EXPECT_EQ(Joined("user_id"), "user id ");
  EXPECT_EQ(Joined("UserSession"), "user session ");
  EXPECT_EQ(Joined("HTTPSession2Map_"), "http session map ");
  EXPECT_EQ(Joined("m_userIDs"), "m user ids ");
  EXPECT_EQ(Joined("USER_TOKENS"), "user tokens ");
  EXPECT_EQ(Joined("_"), "");
}

TEST(UserData, WholeWordsCount) {
  std::vector<std::string> Names = {"user", "identity", "access_key"};
  EXPECT_EQ(userDataWord("user_id", Names), "user");
  EXPECT_EQ(userDataWord("users_", Names), "user");
  EXPECT_EQ(userDataWord("Identities", Names), "identity");
  EXPECT_EQ(userDataWord("theAccessKeys", Names), "access_key");
  EXPECT_EQ(userDataWord("key_access", Names), "");
  EXPECT_EQ(userDataWord("Parser", Names), "");
  EXPECT_EQ(userDataWord("abuser", Names), "");
  EXPECT_EQ(userDataWord("userspace", Names), "");
  std::string Name;
  EXPECT_EQ(
      userDataWordOfType("std::map<int, app::UserSession *>", Names, Name),
      "user");
  EXPECT_EQ(Name, "UserSession");
  EXPECT_EQ(userDataWordOfType("user::Parser", Names, Name), "");
}
} // namespace
