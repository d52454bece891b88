// Replacing a slot's object for a test.

#include "fixture.h"

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>

using isolation::PerRequest;
using isolation_test::context_of;
using isolation_test::Log;
using isolation_test::Noted;

namespace {

struct Clock {
  virtual ~Clock() = default;
  virtual int now() const { return 1; }
};
struct Fake : Clock {
  explicit Fake(int t) : time(t) {}
  int now() const override { return time; }
  int time;
};
inline constexpr PerRequest<Clock> clock_slot;

int now(const isolation::UserExecutionContext &context) {
  return clock_slot.get_or_create(context, [] { return Clock(); }).now();
}

TEST(Override, ShowsTheReplacementToItsRequestOnly) {
  const auto context = context_of("a");
  const auto other = context_of("b");
  Fake fake(42);
  {
    const auto guard = clock_slot.override_for_test(context, fake);
    EXPECT_EQ(now(context), 42);
    EXPECT_EQ(now(other), 1);
  }
  EXPECT_EQ(clock_slot.peek(context), nullptr);
  EXPECT_EQ(now(context), 1);
}

TEST(Override, BringsTheOwnObjectBack) {
  const auto context = context_of("a");
  EXPECT_EQ(now(context), 1);
  Clock *const own = clock_slot.peek(context);
  {
    Fake fake(42);
    const auto guard = clock_slot.override_for_test(context, fake);
    EXPECT_EQ(now(context), 42);
  }
  EXPECT_EQ(clock_slot.peek(context), own);
}

TEST(Override, Nests) {
  const auto context = context_of("a");
  Fake outer(2), inner(3);
  const auto outer_guard = clock_slot.override_for_test(context, outer);
  {
    const auto inner_guard = clock_slot.override_for_test(context, inner);
    EXPECT_EQ(now(context), 3);
  }
  EXPECT_EQ(now(context), 2);
}

TEST(Override, MayOwnTheReplacement) {
  const auto context = context_of("a");
  const auto guard =
      clock_slot.override_for_test(context, std::make_unique<Fake>(7));
  EXPECT_EQ(now(context), 7);
}

TEST(Override, SetAndResetWorkUnderneath) {
  Log log;
  static constexpr PerRequest<Noted> slot;
  const auto context = context_of("a");
  Noted fake(log, "fake");
  {
    const auto guard = slot.override_for_test(context, fake);
    slot.set(context, std::make_unique<Noted>(log, "set"));
    EXPECT_EQ(slot.peek(context), &fake);
    slot.reset(context);
    EXPECT_EQ(slot.peek(context), &fake);
    slot.set(context, std::make_unique<Noted>(log, "again"));
  }
  EXPECT_NE(slot.peek(context), nullptr);
  EXPECT_NE(slot.peek(context), &fake);
  EXPECT_EQ(log.text(), "+fake +set -set +again");
}

TEST(Override, EndsWithTheRequest) {
  const auto context = context_of("a");
  Fake fake(42);
  const auto guard = clock_slot.override_for_test(context, fake);
  context.end();
  EXPECT_THROW((void)clock_slot.peek(context), isolation::RequestEndedError);
}

void destroy_out_of_order() {
  const auto context = context_of("a");
  Fake one(1), two(2);
  std::unique_ptr<isolation::TestOverride> first(
      new isolation::TestOverride(clock_slot.override_for_test(context, one)));
  const std::unique_ptr<isolation::TestOverride> second(
      new isolation::TestOverride(clock_slot.override_for_test(context, two)));
  first.reset();
}

using OverrideDeathTest = testing::Test;
TEST(OverrideDeathTest, OutOfOrderAborts) {
  testing::GTEST_FLAG(death_test_style) = "threadsafe";
  EXPECT_DEATH(destroy_out_of_order(),
               "isolation: a TestOverride was destroyed before a later one");
}

TEST(FactoryOverride, ReplacesTheAccessorsFactoryForARequest) {
  const auto context = context_of("a");
  const auto other = context_of("b");
  {
    const auto guard =
        clock_slot.override_factory(context, [] { return Fake(42); });
    EXPECT_EQ(now(other), 1);
    EXPECT_EQ(now(context.child("c")), 42);
  }
  EXPECT_EQ(now(context), 42); // what was made stays
  clock_slot.reset(context);
  EXPECT_EQ(now(context), 1);
}

TEST(FactoryOverride, LeavesWhatIsThere) {
  const auto context = context_of("a");
  EXPECT_EQ(now(context), 1);
  const auto guard =
      clock_slot.override_factory(context, [] { return Fake(42); });
  EXPECT_EQ(now(context), 1);
}

TEST(FactoryOverride, TheLastMadeCounts) {
  const auto context = context_of("a");
  auto first = std::make_optional(
      clock_slot.override_factory(context, [] { return Fake(2); }));
  const auto second = clock_slot.override_factory(
      context, [](const isolation::UserExecutionContext &given) {
        return std::make_unique<Fake>(given.user_id() == "a" ? 3 : 0);
      });
  EXPECT_EQ(now(context), 3);
  first.reset(); // in any order
  clock_slot.reset(context);
  EXPECT_EQ(now(context), 3);
}

TEST(FactoryOverride, OfADomainReachesAllItsRequests) {
  isolation::Domain domain, other;
  const auto begin = [](isolation::Domain &in) {
    return in.begin(isolation::Identity{"u-1", "t-1", "r-1"});
  };
  const auto before = begin(domain);
  auto guard = clock_slot.override_factory(domain, [] { return Fake(7); });
  EXPECT_EQ(now(before), 7);
  EXPECT_EQ(now(begin(domain)), 7);
  EXPECT_EQ(now(begin(other)), 1);
  EXPECT_EQ(now(context_of("a")), 1);
  const auto special = begin(domain);
  const auto closer =
      clock_slot.override_factory(special, [] { return Fake(8); });
  EXPECT_EQ(now(special), 8); // the request's own goes first
  auto moved = std::move(guard);
  EXPECT_EQ(now(begin(domain)), 7);
  moved = clock_slot.override_factory(domain, [] { return Fake(9); });
  EXPECT_EQ(now(begin(domain)), 9);
}

TEST(FactoryOverride, IsNotAskedOnAHit) {
  const auto context = context_of("a");
  int calls = 0;
  const auto guard = clock_slot.override_factory(context, [&] {
    ++calls;
    return Fake(5);
  });
  for (int i = 0; i != 3; ++i)
    EXPECT_EQ(now(context), 5);
  EXPECT_EQ(calls, 1);
}

} // namespace
