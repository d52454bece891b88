// Threads that meet in the first objects of one user and one conversation:
// several slots at once, so that a scope is new to all of them.

#include "fixture.h"

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <cstddef>
#include <thread>
#include <utility>
#include <vector>

using isolation::Domain;
using isolation::Identity;
using isolation::PerConversation;
using isolation::PerUser;
using isolation::UserExecutionContext;

namespace {

constexpr std::size_t slot_count = 6;
constexpr int rounds = 200;

/// How often each slot's object was made and destroyed.
struct Counts {
  std::array<std::atomic<int>, slot_count> made{};
  std::array<std::atomic<int>, slot_count> destroyed{};
};

template <std::size_t Slot> class Counted {
public:
  explicit Counted(Counts &counts) : counts_(counts) { ++counts_.made[Slot]; }
  Counted(const Counted &) = delete;
  Counted &operator=(const Counted &) = delete;
  ~Counted() { ++counts_.destroyed[Slot]; }

private:
  Counts &counts_;
};

template <std::size_t Slot> inline constexpr PerUser<Counted<Slot>> of_user;
template <std::size_t Slot>
inline constexpr PerConversation<Counted<Slot>> of_conversation;

using Make = void (*)(const UserExecutionContext &, Counts &, Counts &);
template <std::size_t... Slots>
std::array<Make, slot_count> makers(std::index_sequence<Slots...>) {
  return {[](const UserExecutionContext &context, Counts &users,
             Counts &conversations) {
    of_user<Slots>.get_or_create(context,
                                 [&] { return Counted<Slots>(users); });
    of_conversation<Slots>.get_or_create(
        context, [&] { return Counted<Slots>(conversations); });
  }...};
}

void expect_one_of_each(const Counts &counts, int round) {
  for (std::size_t slot = 0; slot != slot_count; ++slot) {
    ASSERT_EQ(counts.made[slot], 1) << "slot " << slot << ", round " << round;
    ASSERT_EQ(counts.destroyed[slot], 1)
        << "slot " << slot << ", round " << round;
  }
}

TEST(WideStress, FirstObjectsOfAScopeAreMadeAndDestroyedOnce) {
  const auto make = makers(std::make_index_sequence<slot_count>());
  for (int round = 0; round != rounds; ++round) {
    Counts users;
    Counts conversations;
    {
      Domain domain;
      std::atomic<std::size_t> ready{0};
      std::vector<std::thread> threads;
      for (std::size_t i = 0; i != slot_count; ++i)
        threads.emplace_back([&, i] {
          const auto context = domain.begin(Identity{"ann", "t-1", "r-1"});
          ++ready;
          while (ready != slot_count)
            std::this_thread::yield();
          make[i](context, users, conversations);
        });
      for (std::thread &thread : threads)
        thread.join();
    }
    expect_one_of_each(users, round);
    expect_one_of_each(conversations, round);
  }
}

} // namespace
