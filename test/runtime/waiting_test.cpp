// Sleeping and waking at the worst moments.

#include "fixture.h"

#include <isolation/detail/shared.h>
#include <isolation/detail/waiting_room.h>

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <future>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

using isolation::PerRequest;
using isolation::PerUser;
using isolation::UserExecutionContext;
using isolation_test::context_of;
using isolation_test::Signal;

namespace {

/// Runs `body` on two threads, which start as much at once as can be.
template <class Body> void at_once(Body body) {
  std::atomic<int> ready{0};
  const auto run = [&](int t) {
    ++ready;
    for (int spins = 0; ready != 2; ++spins)
      if (spins > 10000) // the other one has no processor yet
        std::this_thread::yield();
    body(t);
  };
  std::thread other(run, 1);
  run(0);
  other.join();
}

// The state changes, and the waker comes, after a waiter saw the old state and
// before it sleeps.
TEST(Waiting, NobodyFallsAsleepAfterTheCall) {
  isolation::detail::WaitingRoom room;
  std::atomic<bool> ready{false};
  Signal looked;
  auto waiter = std::async(std::launch::async, [&] {
    bool first = true;
    room.wait([&] {
      const bool seen = ready;
      if (std::exchange(first, false)) {
        looked.raise();
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
      }
      return seen;
    });
  });
  looked.wait();
  ready = true;
  room.wake_all();
  EXPECT_EQ(waiter.wait_for(std::chrono::seconds(10)),
            std::future_status::ready);
  room.wake_all(); // so that the test ends either way
}

// The owner of a scope's lock gives it up by copying its context; who comes
// then by reference, with nothing else between the two, sees what it did.
TEST(Waiting, WhatAnOwnerDidIsSeenAfterItGaveUp) {
  static constexpr PerRequest<std::vector<int>> slot;
  static constexpr PerRequest<int> others[8];
  for (int round = 0; round != 200; ++round) {
    const auto context = context_of("ann");
    std::atomic<bool> given_up{false};
    std::thread other([&] {
      while (!given_up.load(std::memory_order_relaxed))
        std::this_thread::yield();
      for (const auto &key : others)
        key.get_or_create(context, [] { return 1; });
      EXPECT_TRUE(slot.reset(context));
    });
    slot.get_or_create(context, [] { return std::vector<int>(3, 1); });
    const UserExecutionContext copy = context;
    given_up.store(true, std::memory_order_relaxed);
    other.join();
  }
}

// Threads of one request that ask for its user's scope for the first time, all
// at once, hold it once: nobody holds it when the request is over.
TEST(Waiting, ARequestsThreadsHoldItsUserOnce) {
  static constexpr PerUser<int> slot;
  isolation::DomainLimits limits;
  limits.idle = std::chrono::seconds(0);
  isolation::Domain domain(limits);
  for (int round = 0; round != 2000; ++round) {
    {
      const auto context =
          domain.begin(isolation::Identity{"ann", "thread-1", "run-1", {}, {}});
      at_once([&](int) { slot.get_or_create(context, [] { return 1; }); });
      EXPECT_EQ(domain.users(), 1u);
    }
    domain.collect();
    ASSERT_EQ(domain.users(), 0u);
  }
}

// A slot gets its number when it is first used anywhere in the process.
TEST(Waiting, ASlotIsNumberedOnce) {
  static constexpr PerRequest<int> fresh[4000];
  const auto context = context_of("ann");
  std::atomic<int> made{0};
  at_once([&](int) {
    for (const auto &slot : fresh)
      slot.get_or_create(context, [&] { return ++made; });
  });
  EXPECT_EQ(made, 4000);
}

TEST(Waiting, RequestsThatStoreHandlesDoNotMeet) {
  static constexpr PerRequest<int> slot;
  at_once([](int t) {
    for (int round = 0; round != 300; ++round) {
      const auto context = context_of("user-" + std::to_string(t));
      slot.get_or_create(context, [&] { return t; });
      EXPECT_EQ(*slot.scoped(context), t);
    }
  });
}

TEST(Waiting, FactoriesAreReplacedWhileRequestsUseThem) {
  static constexpr PerRequest<int> slot;
  isolation::Domain domain;
  std::atomic<bool> over{false};
  std::thread replacing([&] {
    while (!over) {
      const auto guard = slot.override_factory(domain, [] { return 2; });
      std::this_thread::yield();
    }
  });
  for (int round = 0; round != 500; ++round) {
    const auto context =
        domain.begin(isolation::Identity{"ann", "thread-1", "run-1", {}, {}});
    const int got = slot.get_or_create(context, [] { return 1; });
    EXPECT_TRUE(got == 1 || got == 2);
  }
  over = true;
  replacing.join();
}

// Whoever is the last to let go destroys what the other one has just read.
TEST(Waiting, WhatSeveralOwnOutlivesTheLastLook) {
  struct Read : isolation::detail::Counted {
    ~Read() { value = 0; }
    int value = 1;
  };
  for (int round = 0; round != 100; ++round) {
    isolation::detail::Shared<Read> owners[2];
    owners[0] = isolation::detail::Shared<Read>(new Read);
    owners[1] = owners[0];
    std::atomic<int> sum{0};
    at_once([&](int t) {
      const auto mine = std::move(owners[t]);
      sum.fetch_add(mine->value, std::memory_order_relaxed);
    });
    EXPECT_EQ(sum, 2);
  }
}

// Only looking takes no lock, so what the owner of the lock shows must be
// complete by itself.
TEST(Waiting, WhoOnlyLooksSeesACompleteObject) {
  static constexpr PerRequest<std::vector<int>> slot;
  for (int round = 0; round != 200; ++round) {
    const auto context = context_of("ann");
    const bool set = round % 2 == 0;
    if (set) { // the slot is known already when the object comes
      slot.set(context, std::vector<int>());
      slot.reset(context);
    }
    std::thread looking([&] {
      const std::vector<int> *found;
      while (!(found = slot.peek(context)))
        std::this_thread::yield();
      EXPECT_EQ(found->at(2), 7);
    });
    if (set)
      slot.set(context, std::vector<int>(3, 7));
    else
      slot.get_or_create(context, [] { return std::vector<int>(3, 7); });
    looking.join();
  }
}

// A thread sleeps until a factory is done that throws, and nobody else comes.
TEST(Waiting, AFailedFactoryWakesWhoWaits) {
  static constexpr PerRequest<int> slot;
  const auto context = context_of("ann");
  Signal creating;
  std::future<int> waiter;
  EXPECT_THROW(slot.get_or_create(
                   context,
                   [&]() -> int {
                     waiter = std::async(std::launch::async, [&] {
                       creating.raise();
                       return slot.get_or_create(context, [] { return 2; });
                     });
                     creating.wait();
                     std::this_thread::sleep_for(std::chrono::milliseconds(50));
                     throw std::runtime_error("x");
                   }),
               std::runtime_error);
  ASSERT_EQ(waiter.wait_for(std::chrono::seconds(10)),
            std::future_status::ready);
  EXPECT_EQ(waiter.get(), 2);
}

// A thread that has got what it waited for waits no longer, although its own
// creation still goes on: another may wait for that one.
TEST(Waiting, WhoHasGotItWaitsNoLonger) {
  static constexpr PerRequest<int> first, second, third;
  const auto context = context_of("ann");
  Signal creating_second, has_second;
  std::thread other([&] {
    second.get_or_create(context, [&] {
      creating_second.raise();
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
      return 2;
    });
    third.get_or_create(context, [&] {
      has_second.wait();
      return 1 + first.get_or_create(context, [] { return -1; });
    });
  });
  creating_second.wait();
  first.get_or_create(context, [&] {
    const int got = second.get_or_create(context, [] { return -1; });
    has_second.raise();
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    return got;
  });
  other.join();
  EXPECT_EQ(*third.peek(context), 3);
}

} // namespace
