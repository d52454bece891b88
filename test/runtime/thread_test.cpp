// Many threads in one request.

#include "fixture.h"

#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

using isolation::PerRequest;
using isolation::UserExecutionContext;
using isolation_test::context_of;
using isolation_test::Signal;

namespace {

constexpr int thread_count = 8;

template <class Body> void in_threads(Body body) {
  Signal start;
  std::vector<std::thread> threads;
  for (int i = 0; i != thread_count; ++i)
    threads.emplace_back([&, i] {
      start.wait();
      body(i);
    });
  start.raise();
  for (std::thread &thread : threads)
    thread.join();
}

TEST(Threads, AFactoryRunsOnce) {
  static constexpr PerRequest<std::string> slot;
  for (int round = 0; round != 200; ++round) {
    const auto context = context_of("a");
    std::atomic<int> calls{0};
    std::atomic<std::string *> seen{nullptr};
    in_threads([&](int) {
      std::string &object = slot.get_or_create(context, [&] {
        ++calls;
        std::this_thread::yield();
        return std::string("made");
      });
      EXPECT_EQ(object, "made");
      std::string *before = seen.exchange(&object);
      EXPECT_TRUE(!before || before == &object);
    });
    EXPECT_EQ(calls, 1);
  }
}

TEST(Threads, OneFailureAndTheNextThreadTries) {
  static constexpr PerRequest<int> slot;
  for (int round = 0; round != 100; ++round) {
    const auto context = context_of("a");
    std::atomic<int> calls{0};
    std::atomic<int> failures{0};
    in_threads([&](int) {
      try {
        EXPECT_EQ(slot.get_or_create(context,
                                     [&] {
                                       if (++calls <= 3)
                                         throw std::runtime_error("not yet");
                                       return 7;
                                     }),
                  7);
      } catch (const std::runtime_error &) {
        ++failures;
      }
    });
    EXPECT_EQ(calls, 4);
    EXPECT_EQ(failures, 3);
  }
}

TEST(Threads, OtherSlotsAreCreatedMeanwhile) {
  static constexpr PerRequest<int> slow;
  static constexpr PerRequest<int> quick;
  const auto context = context_of("a");
  Signal inside, done;
  std::thread other([&] {
    slow.get_or_create(context, [&] {
      inside.raise();
      done.wait(); // would hang if the request were locked
      return 1;
    });
  });
  inside.wait();
  EXPECT_EQ(quick.get_or_create(context, [] { return 2; }), 2);
  EXPECT_EQ(slow.peek(context), nullptr);
  done.raise();
  other.join();
  EXPECT_EQ(*slow.peek(context), 1);
}

TEST(Threads, SetAndResetWaitForACreation) {
  static constexpr PerRequest<int> slot;
  const auto context = context_of("a");
  Signal inside;
  std::thread other([&] {
    slot.get_or_create(context, [&] {
      inside.raise();
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
      return 1;
    });
  });
  inside.wait();
  EXPECT_EQ(slot.set(context, 2), 2);
  other.join();
  EXPECT_EQ(*slot.peek(context), 2);
}

TEST(Threads, EndWhileAFactoryRunsElsewhere) {
  static constexpr PerRequest<std::string> slot;
  const auto context = context_of("a");
  Signal inside, ended;
  std::thread creating([&] {
    EXPECT_THROW(slot.get_or_create(context,
                                    [&] {
                                      inside.raise();
                                      ended.wait();
                                      return std::string("late");
                                    }),
                 isolation::RequestEndedError);
  });
  inside.wait();
  std::thread waiting([&] {
    EXPECT_THROW(slot.get_or_create(context, [] { return std::string(); }),
                 isolation::RequestEndedError);
  });
  std::this_thread::sleep_for(std::chrono::milliseconds(10));
  context.end();
  ended.raise();
  creating.join();
  waiting.join();
}

TEST(Threads, TheLastHandleMayGoAnywhere) {
  struct Counted {
    explicit Counted(std::atomic<int> &n) : live(n) { ++live; }
    ~Counted() { --live; }
    std::atomic<int> &live;
    std::string written;
  };
  static constexpr PerRequest<Counted> slot;
  std::atomic<int> live{0};
  for (int round = 0; round != 200; ++round) {
    std::vector<std::thread> threads;
    {
      const auto context = context_of("a");
      for (int i = 0; i != thread_count; ++i)
        threads.emplace_back([&live, context = context.child("work")] {
          slot.get_or_create(context, [&] { return Counted(live); });
          const auto copy = context;
          const auto more = copy.child("more");
        });
    }
    for (std::thread &thread : threads)
      thread.join();
    EXPECT_EQ(live, 0);
  }
}

TEST(Threads, SlotsAreNumberedOnce) {
  // Fresh keys, so that their numbers are given out by racing threads.
  for (int round = 0; round != 100; ++round) {
    PerRequest<int> keys[4];
    in_threads([&](int i) {
      const auto context = context_of("u" + std::to_string(i));
      for (auto &key : keys)
        EXPECT_EQ(key.get_or_create(context, [&] { return i; }), i);
      for (auto &key : keys)
        EXPECT_EQ(*key.peek(context), i);
    });
  }
}

TEST(Threads, WhatAFactoryWroteIsSeenByOthers) {
  static constexpr PerRequest<std::vector<int>> slot;
  for (int round = 0; round != 100; ++round) {
    const auto context = context_of("a");
    in_threads([&](int) {
      const auto &numbers =
          slot.get_or_create(context, [] { return std::vector<int>(100, 3); });
      int sum = 0;
      for (int number : numbers)
        sum += number;
      EXPECT_EQ(sum, 300);
    });
  }
}

TEST(Threads, HandlesInChunksWhileOthersAllocate) {
  struct Large {
    explicit Large(const UserExecutionContext &c) : context(c) {}
    char bytes[9000] = {};
    UserExecutionContext context;
  };
  static constexpr PerRequest<Large> slots[thread_count];
  for (int round = 0; round != 50; ++round) {
    const auto context = context_of("a");
    in_threads([&](int i) {
      for (int again = 0; again != 5; ++again) {
        Large &made =
            slots[i].get_or_create(context, [&] { return Large(context); });
        const auto copy = made.context;
        EXPECT_TRUE(copy.same_request(context));
        slots[i].reset(context);
      }
    });
  }
}

} // namespace
