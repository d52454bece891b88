// The ambient context: guards, the process context, bound functions.

#include "ambient.h"
#include "fixture.h"

#include <gtest/gtest.h>

#include <functional>
#include <future>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>

using isolation::ContextGuard;
using isolation::current_context;
using isolation::NoContextError;
using isolation::PerRequest;
using isolation::ProcessContext;
using isolation::UserExecutionContext;
using isolation_test::ambient_user;
using isolation_test::context_of;
using isolation_test::Log;
using isolation_test::Noted;

namespace {

// NOLINTBEGIN(isolation-ambient-context): it is what is tested here
TEST(Ambient, NothingIsAnError) {
  EXPECT_THROW((void)current_context(), NoContextError);
}

TEST(Ambient, GuardsNestAndRestore) {
  {
    const ContextGuard outer(context_of("ann"));
    EXPECT_EQ(ambient_user(), "ann");
    {
      const ContextGuard inner(context_of("bob"));
      EXPECT_EQ(ambient_user(), "bob");
    }
    EXPECT_EQ(ambient_user(), "ann");
    try {
      const ContextGuard inner(context_of("eve"));
      throw std::runtime_error("leaving");
    } catch (const std::runtime_error &) {
    }
    EXPECT_EQ(ambient_user(), "ann");
  }
  EXPECT_THROW((void)current_context(), NoContextError);
}

TEST(Ambient, AGuardKeepsItsRequest) {
  Log log;
  static constexpr PerRequest<Noted> slot;
  {
    std::unique_ptr<UserExecutionContext> context =
        std::make_unique<UserExecutionContext>(context_of("ann"));
    slot.get_or_create(*context, [&] { return Noted(log, "1"); });
    const ContextGuard guard(*context);
    context.reset();
    EXPECT_EQ(log.text(), "+1");
    EXPECT_NE(slot.peek(current_context()), nullptr);
  }
  EXPECT_EQ(log.text(), "+1 -1");
}

TEST(Ambient, ThreadsInheritNothing) {
  const ContextGuard guard(context_of("ann"));
  std::thread([] {
    EXPECT_THROW((void)current_context(), NoContextError);
  }).join();
}

TEST(Ambient, ProcessContextIsTheFallback) {
  {
    const ProcessContext process;
    EXPECT_EQ(ambient_user(), "process");
    std::thread([] { EXPECT_EQ(ambient_user(), "process"); }).join();
    {
      const ContextGuard guard(context_of("ann"));
      EXPECT_EQ(ambient_user(), "ann");
    }
    EXPECT_EQ(ambient_user(), "process");
  }
  EXPECT_THROW((void)current_context(), NoContextError);
  EXPECT_FALSE(ProcessContext::current());
}

TEST(Ambient, OneProcessContextAtMost) {
  const ProcessContext process(
      isolation::Identity{"daemon", "main", "boot-1", {}, {}});
  EXPECT_THROW(const ProcessContext second, isolation::Error);
  EXPECT_EQ(ambient_user(), "daemon"); // the refused one took nothing away
}

TEST(Ambient, ProcessContextActsLikeTheSingletonsItReplaces) {
  struct Registry {
    explicit Registry(std::string &out) : seen(out) {}
    ~Registry() { seen = ambient_user(); }
    std::string &seen;
    int entries = 0;
  };
  static constexpr PerRequest<Registry> slot;
  std::string seen;
  {
    const ProcessContext process;
    const auto registry = [&]() -> Registry & {
      return slot.get_or_create(current_context(),
                                [&] { return Registry(seen); });
    };
    registry().entries = 3;
    std::thread([&] { EXPECT_EQ(registry().entries, 3); }).join();
  }
  EXPECT_EQ(seen, "process"); // destructors still find it
}

TEST(Ambient, BindCarriesTheContextToAThread) {
  Log log;
  static constexpr PerRequest<Noted> slot;
  std::thread thread;
  {
    const auto context = context_of("ann");
    slot.get_or_create(context, [&] { return Noted(log, "1"); });
    thread = std::thread(isolation::bind(context, [&] {
      EXPECT_EQ(ambient_user(), "ann");
      EXPECT_NE(slot.peek(current_context()), nullptr);
    }));
  }
  thread.join();
  EXPECT_EQ(log.text(), "+1 -1");
}

TEST(Ambient, BindPassesArgumentsAndResults) {
  const auto context = context_of("ann");
  const auto greet = isolation::bind(context, [](const std::string &greeting) {
    return greeting + ambient_user();
  });
  EXPECT_EQ(greet("hello "), "hello ann");
  std::function<std::string(std::string)> stored = greet;
  EXPECT_EQ(stored("still "), "still ann");
  EXPECT_EQ(std::async(std::launch::async, greet, "async ").get(), "async ann");
  int calls = 0;
  auto counting = isolation::bind(context, [&calls]() mutable -> int & {
    ++calls;
    return calls;
  });
  EXPECT_EQ(&counting(), &calls);
  auto owner = std::make_unique<int>(4);
  EXPECT_EQ(
      isolation::bind(context, [owner = std::move(owner)] { return *owner; })(),
      4);
  EXPECT_EQ(isolation::bind(context, &std::string::size)(std::string("xyz")),
            3u);
}

TEST(Ambient, BindRestoresWhenTheFunctionThrows) {
  const ContextGuard guard(context_of("ann"));
  const auto fail = isolation::bind(
      context_of("bob"), [] { throw std::runtime_error(ambient_user()); });
  try {
    fail();
    ADD_FAILURE();
  } catch (const std::runtime_error &error) {
    EXPECT_STREQ(error.what(), "bob");
  }
  EXPECT_EQ(ambient_user(), "ann");
}

using AmbientDeathTest = testing::Test;
TEST(AmbientDeathTest, AGuardThatLeavesItsThreadAborts) {
  testing::GTEST_FLAG(death_test_style) = "threadsafe";
  EXPECT_DEATH(
      {
        // As a coroutine frame would: made here, destroyed there.
        struct Frame {
          ContextGuard guard{context_of("ann")};
        };
        auto frame = std::make_unique<Frame>();
        std::thread([&] { frame.reset(); }).join();
      },
      "isolation: a ContextGuard was destroyed on another thread");
}

// NOLINTEND(isolation-ambient-context)

} // namespace
