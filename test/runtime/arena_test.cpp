// The arena's chunks: which memory is the request's, after any number of
// allocations that come and go.

#include <isolation/detail/arena.h>

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <map>
#include <memory>
#include <random>
#include <vector>

using isolation::detail::Arena;

namespace {

struct Region {
  alignas(std::max_align_t) unsigned char bytes[256];
  Arena arena{bytes, bytes, bytes + sizeof bytes};
};

bool aligned_to(const void *memory, std::size_t alignment) {
  return reinterpret_cast<std::uintptr_t>(memory) % alignment == 0;
}

bool is_in_chunks(const Arena &arena, const void *memory) {
  const bool found = arena.in_chunks(memory);
  if (found) { // or nobody would ask
    EXPECT_TRUE(arena.may_be_in_chunks(memory));
  }
  return found;
}

TEST(Arena, KnowsItsChunksWhateverComesAndGoes) {
  std::mt19937 random(7); // NOLINT(cert-msc*): the same each time
  const auto below = [&](std::size_t bound) { return random() % bound; };
  Region region;
  Arena &arena = region.arena;
  std::map<unsigned char *, std::size_t> held;
  std::vector<std::unique_ptr<unsigned char[]>> others; // between the chunks
  const auto expect_held = [&](unsigned char *memory, std::size_t size) {
    EXPECT_TRUE(is_in_chunks(arena, memory));
    EXPECT_TRUE(is_in_chunks(arena, memory + size - 1));
  };
  for (int step = 0; step != 4000; ++step) {
    if (held.size() > 300 || (!held.empty() && below(3) == 0)) {
      auto victim = held.begin();
      std::advance(victim, static_cast<std::ptrdiff_t>(below(held.size())));
      arena.release(victim->first);
      EXPECT_FALSE(is_in_chunks(arena, victim->first));
      held.erase(victim);
    } else {
      const std::size_t size = 1 + below(200);
      auto *const memory = static_cast<unsigned char *>(
          arena.allocate_single(size, below(8) == 0 ? 64 : 8));
      held.emplace(memory, size);
      expect_held(memory, size);
      others.push_back(std::make_unique<unsigned char[]>(1 + below(100)));
    }
    if (!others.empty()) {
      EXPECT_FALSE(is_in_chunks(arena, others[below(others.size())].get()));
    }
  }
  for (const auto &[memory, size] : held)
    expect_held(memory, size);
  EXPECT_FALSE(is_in_chunks(arena, region.bytes));
  EXPECT_TRUE(arena.in_first_region(region.bytes));
}

TEST(Arena, AStackIsNotAskedFor) {
  Region region;
  static_cast<void>(region.arena.allocate_single(8, 8));
  const int local = 0;
  EXPECT_FALSE(region.arena.may_be_in_chunks(&local));
}

TEST(Arena, AlignsInTheRoomThatThereIs) {
  Region region;
  Arena &arena = region.arena;
  void *const first = arena.allocate(1, 1);
  void *const second = arena.allocate(8, 64);
  EXPECT_TRUE(aligned_to(second, 64));
  EXPECT_TRUE(arena.in_first_region(first));
  EXPECT_TRUE(arena.in_first_region(second));
  void *const elsewhere = arena.allocate(200, 64);
  EXPECT_TRUE(aligned_to(elsewhere, 64));
  EXPECT_TRUE(is_in_chunks(arena, elsewhere));
  void *const beside = arena.allocate(8, 256);
  EXPECT_TRUE(aligned_to(beside, 256));
  EXPECT_TRUE(is_in_chunks(arena, beside));
  EXPECT_LT(static_cast<unsigned char *>(beside) -
                static_cast<unsigned char *>(elsewhere),
            1024);
}

} // namespace
