// The scope's lock: free for the thread that began the request, and right when
// others come, however they come.

#include "fixture.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <thread>
#include <tuple>
#include <vector>

using isolation::PerRequest;
using isolation::detail::ScopeLock;
using isolation_test::context_of;

namespace {

/// Enough for a whole test, and the program's own back afterwards.
class BiasBudget {
public:
  explicit BiasBudget(int budget)
      : before_(isolation::detail::bias_budget.exchange(budget)) {}
  BiasBudget(const BiasBudget &) = delete;
  BiasBudget &operator=(const BiasBudget &) = delete;
  ~BiasBudget() { isolation::detail::bias_budget = before_; }

private:
  const int before_;
};

bool kernel_has_it() { return isolation::detail::register_heavy_fence(); }

TEST(Lock, BelongsToWhoBeganIt) {
  if (!kernel_has_it())
    GTEST_SKIP() << "no membarrier here";
  const BiasBudget budget(10);
  ScopeLock lock(ScopeLock::Start::Owned);
  ASSERT_TRUE(lock.enter_as_owner());
  lock.leave_as_owner();
  std::thread([&] { EXPECT_FALSE(lock.enter_as_owner()); }).join();
  EXPECT_TRUE(lock.enter_as_owner()); // nobody took it away
  lock.leave_as_owner();
  std::thread([&] { const ScopeLock::Guard guard(lock); }).join();
  EXPECT_FALSE(lock.enter_as_owner());
  EXPECT_EQ(isolation::detail::bias_budget, 9);
}

TEST(Lock, ACopyOfTheContextGivesItUp) {
  if (!kernel_has_it())
    GTEST_SKIP() << "no membarrier here";
  const BiasBudget budget(10);
  static constexpr PerRequest<int> slot;
  const auto context = context_of("a");
  slot.get_or_create(context, [] { return 1; });
  std::thread([context] { slot.reset(context); }).join();
  slot.get_or_create(context, [] { return 2; });
  EXPECT_EQ(isolation::detail::bias_budget, 10) << "was taken by force";
}

TEST(Lock, StopsHavingOwnersWhereTheyDoNotPay) {
  const BiasBudget budget(1);
  for (int i = 0; i != 3; ++i) {
    ScopeLock lock(ScopeLock::Start::Owned);
    std::thread([&] { const ScopeLock::Guard guard(lock); }).join();
  }
  EXPECT_LE(isolation::detail::bias_budget, 1);
  EXPECT_GE(isolation::detail::bias_budget, 0);
}

// The owner goes in and out without a locked instruction; another thread takes
// the lock from it at some moment. Without the fence both would be inside now
// and then.
TEST(Lock, ExcludesWhileItIsTakenAway) {
  const BiasBudget budget(1000000);
  // A machine with nothing else to do makes them all; a busy one as many as it
  // can, since each wants both threads to run at the same time.
  constexpr int rounds = 100000;
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(2);
  std::atomic<bool> over{false};
  std::atomic<ScopeLock *> offered{nullptr};
  std::atomic<int> inside{0}, met{0}, taken{0};
  const auto enter_and_look = [&](ScopeLock &lock) {
    const ScopeLock::Guard guard(lock);
    met += inside.fetch_add(1) != 0;
    inside.fetch_sub(1);
  };
  std::thread other([&] {
    for (int round = 0;; ++round) {
      ScopeLock *lock;
      while (!(lock = offered.exchange(nullptr))) {
        if (over)
          return;
        std::this_thread::yield();
      }
      for (volatile int delay = round % 64; delay > 0; delay = delay - 1) {
      }
      enter_and_look(*lock);
      ++taken;
    }
  });
  for (int round = 0;
       round != rounds && std::chrono::steady_clock::now() < until; ++round) {
    ScopeLock lock(ScopeLock::Start::Owned);
    offered = &lock;
    while (taken != round + 1)
      enter_and_look(lock);
  }
  over = true;
  other.join();
  EXPECT_EQ(met, 0);
}

TEST(Lock, RequestsFannedOutByReference) {
  const BiasBudget budget(1000000);
  static constexpr PerRequest<int> slots[40];
  for (int round = 0; round != 500; ++round) {
    const auto context = context_of("a");
    std::atomic<int> made{0};
    const auto work = [&] {
      for (const auto &slot : slots)
        slot.get_or_create(context, [&] { return ++made; });
    };
    std::thread other(work);
    work();
    other.join();
    ASSERT_EQ(made, 40);
  }
}

TEST(Lock, OwnerFindsWhatOthersPutIntoFarMemory) {
  struct alignas(64) Line {
    char bytes[9000] = {};
  };
  static constexpr PerRequest<Line> line;
  static constexpr PerRequest<int> slots[100];
  const auto context = context_of("a");
  // The node lies near, its storage far; what follows is allocated there.
  line.get_or_create(context, [] { return Line(); });
  for (int i = 0; i != 100; ++i)
    slots[i].get_or_create(context, [&] { return i; });
  for (int i = 0; i != 100; ++i)
    ASSERT_EQ(*slots[i].peek(context), i);
}

// How the owner comes to have lost its lock between claiming and publishing.
TEST(Lock, OwnerLooksWhetherItStillIsOne) {
  isolation::detail::ScopeLock lock(isolation::detail::ScopeLock::Start::Owned);
  if (!lock.enter_as_owner())
    GTEST_SKIP() << "no lock has an owner here";
  lock.leave_as_owner();
  EXPECT_TRUE(lock.enter_as_owner_again());
  lock.leave_as_owner();
  lock.share();
  EXPECT_FALSE(lock.enter_as_owner_again());
}

TEST(Lock, NothingIsNearOnceMemoryComesFromAChunk) {
  // On the stack, which lies above the heap that chunks come from.
  alignas(std::max_align_t) char region[512];
  isolation::detail::Arena arena(region, region, region + sizeof region);
  EXPECT_TRUE(arena.has_room_near(64));
  std::ignore = arena.allocate(2 * sizeof region, 8);
  EXPECT_FALSE(arena.has_room_near(64));
}

TEST(Lock, ThreadsThatMeetAtASlotAgreeOnItsNumber) {
  constexpr std::size_t count = 5000;
  static constexpr PerRequest<int> slots[count];
  std::vector<std::uint32_t> numbers[2] = {std::vector<std::uint32_t>(count),
                                           std::vector<std::uint32_t>(count)};
  std::atomic<std::size_t> arrived{0};
  const auto number_all = [&](std::size_t who) {
    for (std::size_t i = 0; i != count; ++i) {
      arrived.fetch_add(1);
      while (arrived.load() < 2 * i + 2)
        isolation::detail::yield_processor();
      numbers[who][i] = slots[i].ensure_number();
    }
  };
  std::thread other(number_all, 1);
  number_all(0);
  other.join();
  for (std::size_t i = 0; i != count; ++i)
    ASSERT_EQ(numbers[0][i], numbers[1][i]) << "slot " << i;
}

} // namespace
