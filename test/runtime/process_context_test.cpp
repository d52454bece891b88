// The context of the process: installed by one thread, asked for by any, and
// gone with the scope that installed it.

#include "ambient.h"
#include "fixture.h"

#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <optional>
#include <string>
#include <thread>
#include <vector>

using isolation::current_context;
using isolation::NoContextError;
using isolation::UserExecutionContext;
using isolation_test::ambient_user;
using isolation_test::nothing_ambient;

namespace {

// NOLINTBEGIN(isolation-ambient-context): it is what is tested here
TEST(ProcessContext, EndsWithTheProgramsOwnScope) {
  std::optional<UserExecutionContext> kept;
  {
    const isolation::ProcessContext process;
    kept = current_context();
  }
  EXPECT_TRUE(kept->ended());
  EXPECT_TRUE(nothing_ambient());
  // And may be installed again, as tests do.
  const isolation::ProcessContext again;
  EXPECT_FALSE(current_context().same_request(*kept));
}

TEST(ProcessContext, OneOfManyThreadsInstallsIt) {
  for (int round = 0; round != 50; ++round) {
    std::atomic<int> installed{0};
    std::atomic<int> refused{0};
    std::atomic<bool> finish{false};
    std::vector<std::thread> threads;
    for (int i = 0; i != 4; ++i)
      threads.emplace_back([&] {
        try {
          const isolation::ProcessContext process;
          ++installed;
          EXPECT_EQ(ambient_user(), "process");
          while (!finish)
            std::this_thread::yield();
        } catch (const isolation::Error &) {
          ++refused;
        }
      });
    while (installed + refused != 4)
      std::this_thread::yield();
    EXPECT_EQ(installed, 1);
    finish = true;
    for (std::thread &thread : threads)
      thread.join();
  }
}

TEST(ProcessContext, MayGoWhileThreadsAskForIt) {
  std::atomic<bool> stop{false};
  std::atomic<int> answers{0};
  std::thread asking([&] {
    while (!stop) {
      try {
        answers += current_context().user_id() == "process";
      } catch (const NoContextError &) { // it is gone at the moment
      }
      std::this_thread::yield(); // or it keeps the lock from the other
    }
  });
  for (int round = 0; round < 100 || (answers == 0 && round < 100'000);
       ++round) {
    const isolation::ProcessContext process;
    std::this_thread::yield();
  }
  stop = true;
  asking.join();
  EXPECT_GT(answers, 0);
}

using ProcessContextDeathTest = testing::Test;
TEST(ProcessContextDeathTest, MayBeStatic) {
  testing::GTEST_FLAG(death_test_style) = "threadsafe";
  EXPECT_EXIT(
      {
        static const isolation::ProcessContext process;
        static constexpr isolation::PerRequest<std::string> slot;
        slot.get_or_create(current_context(), [] { return std::string("x"); });
        std::exit(ambient_user() == "process" ? 0 : 1);
      },
      testing::ExitedWithCode(0), "");
}

// NOLINTEND(isolation-ambient-context)

} // namespace
