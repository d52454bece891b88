// Asio's pools, strands, timers and coroutines, for the library that the
// including file names: `net`, `Error`, ASIO_SUITE, WITH_CONTEXT.

#include "fixture.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <exception>
#include <future>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <type_traits>
#include <utility>

using isolation::ContextGuard;
using isolation::current_context;
using isolation::NoContextError;
using isolation::PerRequest;
using isolation::UserExecutionContext;
using isolation_test::context_of;
using isolation_test::Log;
using isolation_test::Noted;

namespace {

// NOLINTBEGIN(isolation-ambient-context): it is what is tested here
std::string seen() {
  try {
    return std::string(current_context().user_id());
  } catch (const NoContextError &) {
    return "";
  }
}

TEST(ASIO_SUITE, PostedTasksRunUnderTheirContextAndLeaveNothing) {
  std::atomic<int> wrong{0};
  net::thread_pool pool(3);
  for (int u = 0; u != 20; ++u) {
    const std::string user = "user-" + std::to_string(u);
    const auto executor = WITH_CONTEXT(pool.get_executor(), context_of(user));
    for (int i = 0; i != 50; ++i) {
      net::post(executor, [&wrong, user] { wrong += seen() != user; });
      net::post(pool, [&wrong] { wrong += !seen().empty(); });
    }
  }
  pool.join();
  EXPECT_EQ(wrong, 0);
}

TEST(ASIO_SUITE, DispatchInsideAnotherRequestGivesItBackAfterwards) {
  net::io_context loop;
  const auto anns = WITH_CONTEXT(loop.get_executor(), context_of("ann"));
  const auto bobs = WITH_CONTEXT(loop.get_executor(), context_of("bob"));
  Log log;
  net::post(anns, [&] {
    log.add(seen());
    net::dispatch(bobs, [&] { log.add(seen()); }); // at once, inside
    log.add(seen());
  });
  loop.run();
  EXPECT_EQ(log.text(), "ann bob ann");
  EXPECT_EQ(seen(), "");
}

TEST(ASIO_SUITE, AThrowingHandlerLeavesNothingOnTheLoopsThread) {
  net::io_context loop;
  net::post(WITH_CONTEXT(loop.get_executor(), context_of("ann")),
            [] { throw std::runtime_error("handler"); });
  EXPECT_THROW(loop.run(), std::runtime_error);
  EXPECT_EQ(seen(), "");
}

TEST(ASIO_SUITE, StrandsAndErasedExecutorsKeepIt) {
  net::thread_pool pool(2);
  std::atomic<int> wrong{0};
  int unsynchronised = 0; // what the strand is for; ThreadSanitizer looks
  const auto executor = WITH_CONTEXT(pool.get_executor(), context_of("ann"));
  auto strand = net::make_strand(executor);
  for (int i = 0; i != 100; ++i)
    net::post(strand, [&] {
      ++unsynchronised;
      wrong += seen() != "ann";
    });
  net::any_io_executor erased = executor;
  net::post(erased, [&] { wrong += seen() != "ann"; });
  pool.join();
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(unsynchronised, 100);
}

TEST(ASIO_SUITE, BoundHandlersKeepTheirAssociations) {
  net::io_context loop;
  const auto handler = net::bind_executor(loop.get_executor(), [](Error) {});
  using Handler = std::decay_t<decltype(handler)>;
  using Bound = isolation::ContextHandler<Handler>;
  static_assert(std::is_same_v<net::associated_executor_t<Bound>,
                               net::io_context::executor_type>);
  const Bound bound = isolation::bind_handler(context_of("ann"), handler);
  EXPECT_EQ(net::get_associated_executor(bound), loop.get_executor());
  // One without an executor has none to Asio either.
  const auto plain = isolation::bind_handler(context_of("ann"), [](Error) {});
  static_assert(
      std::is_same_v<net::associated_executor_t<std::decay_t<decltype(plain)>>,
                     net::system_executor>);
}

TEST(ASIO_SUITE, TimersCallBoundHandlersUnderTheirContext) {
  net::io_context loop;
  Log log;
  Log lives;
  static constexpr PerRequest<Noted> slot;
  net::steady_timer timer(loop, std::chrono::milliseconds(1));
  {
    const auto context = context_of("ann");
    slot.get_or_create(context, [&] { return Noted(lives, "1"); });
    timer.async_wait(isolation::bind_handler(
        context, [&](Error error) { log.add(error ? "failed" : seen()); }));
  }
  EXPECT_EQ(lives.text(), "+1"); // the handler keeps it
  loop.run();
  EXPECT_EQ(log.text(), "ann");
  EXPECT_EQ(lives.text(), "+1 -1");
  EXPECT_EQ(seen(), "");
}

TEST(ASIO_SUITE, ObjectsOnAnExecutorCallEverythingUnderIt) {
  net::io_context loop;
  std::string user;
  net::steady_timer timer(WITH_CONTEXT(loop.get_executor(), context_of("ann")),
                          std::chrono::milliseconds(1));
  timer.async_wait([&](Error) { user = seen(); });
  loop.run();
  EXPECT_EQ(user, "ann");
}

net::awaitable<void> sleep_once() {
  net::steady_timer timer(co_await net::this_coro::executor);
  timer.expires_after(std::chrono::microseconds(100));
  co_await timer.async_wait(net::use_awaitable);
}

net::awaitable<void> session(UserExecutionContext context, int rounds,
                             std::atomic<int> &wrong) {
  const std::string user(context.user_id());
  for (int i = 0; i != rounds; ++i) {
    wrong += seen() != user;
    co_await sleep_once();
    wrong += seen() != user;
    co_await net::post(co_await net::this_coro::executor, net::use_awaitable);
  }
  wrong += seen() != user;
}

TEST(ASIO_SUITE, CoroutinesOfManyUsersHopBetweenThreads) {
  constexpr int users = 24;
  std::atomic<int> wrong{0};
  std::atomic<int> ended{0};
  net::thread_pool pool(4);
  for (int u = 0; u != users; ++u) {
    const auto context = context_of("user-" + std::to_string(u));
    net::co_spawn(WITH_CONTEXT(pool.get_executor(), context),
                  session(context, 20, wrong), [&](std::exception_ptr failure) {
                    wrong += failure != nullptr;
                    ++ended;
                  });
  }
  for (int i = 0; i != 200; ++i)
    net::post(pool, [&wrong] { wrong += !seen().empty(); });
  pool.join();
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(ended, users);
}

net::awaitable<void> failing() {
  co_await sleep_once();
  throw std::runtime_error(seen());
}

TEST(ASIO_SUITE, AFailedCoroutineLeavesNothing) {
  net::io_context loop;
  std::string message;
  net::co_spawn(WITH_CONTEXT(loop.get_executor(), context_of("ann")), failing(),
                [&](std::exception_ptr failure) {
                  try {
                    std::rethrow_exception(failure);
                  } catch (const std::runtime_error &error) {
                    message = error.what();
                  }
                });
  loop.run();
  EXPECT_EQ(message, "ann");
  EXPECT_EQ(seen(), "");
}

// NOLINTEND(isolation-ambient-context)

} // namespace
