// Handles that go on several threads at once: whoever drops the last one
// destroys what the others have used, with nothing but the counts between them.
// For ThreadSanitizer above all.

#include "fixture.h"

#include <gtest/gtest.h>

#include <atomic>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

using isolation::PerRequest;
using isolation::UserExecutionContext;
using isolation_test::context_of;

namespace {

constexpr int thread_count = 3;
constexpr int rounds = 300;

/// Plain members, each written by one thread and read by the destructor.
struct Written {
  explicit Written(int &out) : sum(out) {}
  Written(const Written &) = delete;
  Written &operator=(const Written &) = delete;
  ~Written() {
    for (const int value : values)
      sum += value;
  }
  int values[thread_count] = {};
  int &sum;
};
inline constexpr PerRequest<Written> written_slot;

/// Runs `body` with a handle of its own on each thread, which it must drop.
/// They start together, by a relaxed flag: it orders nothing.
template <class Body>
void on_threads(const UserExecutionContext &context, Body body,
                std::vector<std::thread> &threads, std::atomic<int> &ready) {
  for (int i = 0; i != thread_count; ++i)
    threads.emplace_back(
        [&ready, body, i,
         handle = std::optional<UserExecutionContext>(context)]() mutable {
          ready.fetch_add(1, std::memory_order_relaxed);
          while (ready.load(std::memory_order_relaxed) != thread_count)
            std::this_thread::yield();
          body(i, handle);
        });
}

TEST(Release, TheLastHandleSeesWhatTheOthersWrote) {
  for (int round = 0; round != rounds; ++round) {
    int sum = 0;
    std::vector<std::thread> threads;
    std::atomic<int> ready{0};
    {
      const auto context = context_of("ann");
      Written &written =
          written_slot.get_or_create(context, [&] { return Written(sum); });
      on_threads(
          context,
          [&written, round](int i,
                            std::optional<UserExecutionContext> &handle) {
            written.values[i] = 1;
            if (i == round % thread_count)
              std::this_thread::yield();
            handle.reset();
          },
          threads, ready);
    }
    for (std::thread &thread : threads)
      thread.join();
    EXPECT_EQ(sum, thread_count);
  }
}

TEST(Release, AChildGoesAfterAllHaveReadIt) {
  for (int round = 0; round != rounds; ++round) {
    std::atomic<std::size_t> length{0};
    std::vector<std::thread> threads;
    std::atomic<int> ready{0};
    const auto context = context_of("ann");
    {
      const auto child = context.child("operation");
      on_threads(
          child,
          [&length, round](int i, std::optional<UserExecutionContext> &handle) {
            std::size_t read = 0;
            for (const char c : handle->operation())
              read += c != ' ';
            if (i == round % thread_count)
              std::this_thread::yield();
            handle.reset();
            length.fetch_add(read, std::memory_order_relaxed);
          },
          threads, ready);
    }
    for (std::thread &thread : threads)
      thread.join();
    EXPECT_EQ(length, thread_count * std::string("operation").size());
  }
}

} // namespace
