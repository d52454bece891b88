// How often a request goes to the heap, counted. A program of its own, because
// it replaces operator new.

#include <isolation/isolation.h>

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <new>
#include <string>
#include <thread>
#include <utility>

namespace {
// NOLINTNEXTLINE(isolation-mutable-global): what operator new can write to
std::atomic<long> blocks_taken{0};
// NOLINTNEXTLINE(isolation-mutable-global): what operator delete can write to
std::atomic<long> blocks_returned{0};
} // namespace

void *operator new(std::size_t size) {
  ++blocks_taken;
  if (void *memory = std::malloc(size ? size : 1))
    return memory;
  throw std::bad_alloc();
}
void operator delete(void *memory) noexcept {
  if (memory)
    ++blocks_returned;
  std::free(memory);
}
void operator delete(void *memory, std::size_t) noexcept {
  operator delete(memory);
}

using isolation::Identity;
using isolation::PerRequest;
using isolation::UserExecutionContext;

namespace {

template <class Body> long blocks_in(Body body) {
  const long before = blocks_taken;
  body();
  return blocks_taken - before;
}

template <std::size_t Size> struct Bytes {
  char bytes[Size] = {};
};
template <std::size_t Size, int I>
inline constexpr PerRequest<Bytes<Size>> slot;

template <std::size_t Size, int... I>
void serve(std::integer_sequence<int, I...>) {
  const auto context = UserExecutionContext::create(
      Identity{"user-000042", "thread-8c21", "run-2026-000123",
               "6f1e8b1c-9d5f-4b8e-8a54-0d6e6a0a3b1f", "ws-77"});
  (slot<Size, I>.get_or_create(context, [] { return Bytes<Size>(); }), ...);
}

TEST(Memory, AtMostOneBlockForFourKilobytesOfObjects) {
  for (int again = 0; again != 3; ++again) {
    EXPECT_LE(
        blocks_in([] { serve<64>(std::make_integer_sequence<int, 64>()); }), 1);
    EXPECT_LE(
        blocks_in([] { serve<4096>(std::make_integer_sequence<int, 1>()); }),
        1);
    EXPECT_LE(
        blocks_in([] { serve<1000>(std::make_integer_sequence<int, 4>()); }),
        1);
  }
}

struct alignas(64) Line {
  char bytes[64];
};

template <int I> inline constexpr PerRequest<Line> line;

template <int... I> long blocks_for_lines(std::integer_sequence<int, I...>) {
  return blocks_in([] {
    const auto context =
        UserExecutionContext::create(Identity{"user-1", "thread-1", "run-1"});
    (line<I>.get_or_create(context, [] { return Line(); }), ...);
  });
}

TEST(Memory, OverAlignedObjectsTakeWhatRoomThereIs) {
  serve<64>(std::make_integer_sequence<int, 1>()); // leaves its block
  EXPECT_EQ(blocks_for_lines(std::make_integer_sequence<int, 1>()), 0);
  EXPECT_EQ(blocks_for_lines(std::make_integer_sequence<int, 30>()), 0);
  EXPECT_LE(blocks_for_lines(std::make_integer_sequence<int, 150>()), 2);
}

TEST(Memory, LongIdsCostNoFurtherBlock) {
  const std::string longest(256, 'x');
  EXPECT_LE(blocks_in([&] {
              const auto context = UserExecutionContext::create(
                  Identity{longest, longest, longest, longest, longest});
              slot<4096, 0>.get_or_create(context,
                                          [] { return Bytes<4096>(); });
            }),
            1);
}

TEST(Memory, LookingUpAndCopyingCostNone) {
  const auto context =
      UserExecutionContext::create(Identity{"user-1", "thread-1", "run-1"});
  const auto *const made =
      &slot<64, 0>.get_or_create(context, [] { return Bytes<64>(); });
  EXPECT_EQ(blocks_in([&] {
              const UserExecutionContext copy = context;
              slot<64, 0>.get_or_create(copy, [] { return Bytes<64>(); });
              const isolation::ContextGuard guard(copy);
              // NOLINTNEXTLINE(isolation-ambient-context): it is what is tested
              const auto ambient = isolation::current_context();
              EXPECT_EQ((slot<64, 0>.peek(ambient)), made);
            }),
            0);
}

TEST(Memory, SettingASlotAgainAndAgainKeepsOneObject) {
  const auto context =
      UserExecutionContext::create(Identity{"user-1", "thread-1", "run-1"});
  slot<1000, 0>.set(context, Bytes<1000>());
  const long before = blocks_taken - blocks_returned;
  for (int again = 0; again != 1000; ++again)
    slot<1000, 0>.set(context, Bytes<1000>());
  EXPECT_LE(blocks_taken - blocks_returned, before + 1);
}

TEST(Memory, AnEmptyRequestIsSmall) {
  const auto context = UserExecutionContext::create(
      Identity{"user-000042", "thread-8c21", "run-2026-000123",
               "6f1e8b1c-9d5f-4b8e-8a54-0d6e6a0a3b1f", "ws-77"});
  EXPECT_LE(isolation::detail::ContextAccess::scope(context).bytes_when_empty(),
            512u);
}

TEST(Memory, AThreadReturnsWhatItKept) {
  std::thread([] { // what a thread's first request sets up, once
    serve<64>(std::make_integer_sequence<int, 1>());
  })
      .join();
  const long before = blocks_taken - blocks_returned;
  for (int i = 0; i != 20; ++i)
    std::thread([] {
      for (int again = 0; again != 3; ++again)
        serve<64>(std::make_integer_sequence<int, 1>());
    }).join();
  EXPECT_EQ(blocks_taken - blocks_returned, before);
}

TEST(Memory, RequestsEndedElsewhereDoNotPileUp) {
  long most = 0;
  const long before = blocks_taken - blocks_returned;
  for (int i = 0; i != 200; ++i) {
    auto context =
        UserExecutionContext::create(Identity{"user-1", "thread-1", "run-1"});
    std::thread([context = std::move(context)] {}).join();
    most = std::max(most, blocks_taken - blocks_returned - before);
  }
  EXPECT_LE(most, 8);
}

} // namespace
