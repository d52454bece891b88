// When a request's objects go, in which order, and what happens afterwards.

#include "fixture.h"

#include <gtest/gtest.h>

#include <memory>
#include <stdexcept>
#include <string>

using isolation::PerRequest;
using isolation::RequestEndedError;
using isolation::UserExecutionContext;
using isolation_test::context_of;
using isolation_test::Log;
using isolation_test::Noted;

namespace {

inline constexpr PerRequest<Noted> one;
inline constexpr PerRequest<Noted> two;
inline constexpr PerRequest<Noted> three;

TEST(Lifetime, ReverseOrderOfCreationAtTheLastHandle) {
  Log log;
  {
    const auto context = context_of("a");
    one.get_or_create(context, [&] { return Noted(log, "1"); });
    two.get_or_create(context,
                      [&] { return std::make_unique<Noted>(log, "2"); });
    three.get_or_create(context,
                        [&] { return std::make_shared<Noted>(log, "3"); });
  }
  EXPECT_EQ(log.text(), "+1 +2 +3 -3 -2 -1");
}

TEST(Lifetime, WhatAFactoryUsesOutlivesWhatItMakes) {
  Log log;
  {
    const auto context = context_of("a");
    one.get_or_create(context, [&] {
      two.get_or_create(context, [&] { return Noted(log, "2"); });
      return Noted(log, "1");
    });
  }
  EXPECT_EQ(log.text(), "+2 +1 -1 -2");
}

TEST(Lifetime, SetMovesAnObjectToTheEndOfTheOrder) {
  Log log;
  {
    const auto context = context_of("a");
    one.set(context, std::make_unique<Noted>(log, "1"));
    two.set(context, std::make_unique<Noted>(log, "2"));
    three.set(context, std::make_unique<Noted>(log, "3"));
    one.set(context, std::make_unique<Noted>(log, "1b"));
    two.reset(context);
  }
  EXPECT_EQ(log.text(), "+1 +2 +3 +1b -1 -2 -1b -3");
}

TEST(Lifetime, EndDestroysAtOnceAndOnce) {
  Log log;
  const auto context = context_of("a");
  const auto copy = context.child("copy");
  one.get_or_create(context, [&] { return Noted(log, "1"); });
  EXPECT_FALSE(copy.ended());
  context.end();
  EXPECT_TRUE(copy.ended());
  EXPECT_EQ(log.text(), "+1 -1");
  copy.end();
  EXPECT_EQ(log.text(), "+1 -1");
}

TEST(Lifetime, UseAfterTheEndIsAnError) {
  Log log;
  const auto context = context_of("a");
  one.get_or_create(context, [&] { return Noted(log, "1"); });
  context.end();
  const auto make = [&] { return Noted(log, "again"); };
  EXPECT_THROW(one.get_or_create(context, make), RequestEndedError);
  EXPECT_THROW(two.get_or_create(context, make), RequestEndedError);
  EXPECT_THROW((void)one.peek(context), RequestEndedError);
  EXPECT_THROW((void)two.peek(context), RequestEndedError);
  EXPECT_THROW(one.reset(context), RequestEndedError);
  EXPECT_THROW(two.reset(context), RequestEndedError);
  EXPECT_THROW(one.set(context, std::make_unique<Noted>(log, "set")),
               RequestEndedError);
  Noted fake(log, "fake");
  EXPECT_THROW((void)one.override_for_test(context, fake), RequestEndedError);
  EXPECT_EQ(log.text(), "+1 -1 +set -set +fake");
  EXPECT_EQ(context.user_id(), "a");
  EXPECT_EQ(context.child("later").user_id(), "a");
}

TEST(Lifetime, EndInsideAFactoryRefusesItsObject) {
  Log log;
  const auto context = context_of("a");
  EXPECT_THROW(one.get_or_create(context,
                                 [&] {
                                   context.end();
                                   return Noted(log, "1");
                                 }),
               RequestEndedError);
  EXPECT_EQ(log.text(), "+1 -1");
}

/// Asks for other objects while it is destroyed.
struct Asking {
  Asking(const UserExecutionContext &c, std::string &out)
      : context(c), answers(out) {}
  ~Asking() {
    answers += one.peek(context) ? "older is there, " : "older is gone, ";
    try {
      answers += three.peek(context) ? "newer is there, " : "newer is null, ";
    } catch (const RequestEndedError &) {
      answers += "newer is gone, ";
    }
    try {
      Log log;
      two.get_or_create(context, [&] { return Noted(log, "too late"); });
      answers += "made anew";
    } catch (const RequestEndedError &) {
      answers += "no new ones";
    }
  }
  UserExecutionContext context;
  std::string &answers;
};

TEST(Lifetime, DestructorsMayUseOlderObjectsOnly) {
  Log log;
  static constexpr PerRequest<Asking> asking;
  for (const bool explicitly : {false, true}) {
    std::string answers;
    {
      const auto context = context_of("a");
      one.get_or_create(context, [&] { return Noted(log, "1"); });
      asking.get_or_create(context, [&] { return Asking(context, answers); });
      three.get_or_create(context, [&] { return Noted(log, "3"); });
      if (explicitly)
        context.end();
    }
    EXPECT_EQ(answers, "older is there, newer is gone, no new ones");
  }
}

struct Throwing {
  Throwing(Log &log, std::string text) : noted(log, text), message(text) {}
  ~Throwing() noexcept(false) { throw std::runtime_error(message); }
  Noted noted;
  std::string message;
};

TEST(Lifetime, AThrowingDestructorDoesNotStopTheOthers) {
  Log log;
  static constexpr PerRequest<Throwing> throwing;
  static constexpr PerRequest<Throwing> throwing_too;
  const auto context = context_of("a");
  one.get_or_create(context, [&] { return Noted(log, "1"); });
  throwing.get_or_create(context, [&] { return Throwing(log, "t"); });
  throwing_too.get_or_create(context, [&] { return Throwing(log, "u"); });
  two.get_or_create(context, [&] { return Noted(log, "2"); });
  try {
    context.end();
    ADD_FAILURE() << "nothing was thrown";
  } catch (const std::runtime_error &error) {
    EXPECT_STREQ(error.what(), "u"); // the first of the two
  }
  EXPECT_EQ(log.text(), "+1 +t +u +2 -2 -u -t -1");
}

// A fault handler is a plain function: nothing else leads it to the test.
// NOLINTNEXTLINE(isolation-mutable-global): one test at a time uses it
std::string *reported_fault = nullptr;
void keep_fault(const char *message) noexcept { *reported_fault = message; }

TEST(Lifetime, AThrowingDestructorAtTheLastHandleIsReported) {
  Log log;
  std::string fault;
  reported_fault = &fault;
  isolation::set_fault_handler(&keep_fault);
  static constexpr PerRequest<Throwing> throwing;
  {
    const auto context = context_of("a");
    one.get_or_create(context, [&] { return Noted(log, "1"); });
    throwing.get_or_create(context, [&] { return Throwing(log, "t"); });
  }
  isolation::set_fault_handler(nullptr);
  EXPECT_EQ(log.text(), "+1 +t -t -1");
  EXPECT_NE(fault.find("a destructor threw"), std::string::npos) << fault;
}

TEST(Lifetime, AThrowingDestructorInResetLeavesTheSlotUsable) {
  Log log;
  static constexpr PerRequest<Throwing> throwing;
  const auto context = context_of("a");
  throwing.get_or_create(context, [&] { return Throwing(log, "t"); });
  EXPECT_THROW(throwing.reset(context), std::runtime_error);
  EXPECT_EQ(throwing.peek(context), nullptr);
  EXPECT_EQ(log.text(), "+t -t");
}

} // namespace
