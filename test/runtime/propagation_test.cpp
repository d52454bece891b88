// Contexts on their way through threads, futures, pools and executors: there
// while the task runs, gone after it, whatever way it ends.

#include "ambient.h"
#include "fixture.h"
#include "pool.h"

#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

using isolation::bind;
using isolation::ContextGuard;
using isolation::current_context;
using isolation::NoContextError;
using isolation::PerRequest;
using isolation::TaskBoundary;
using isolation::UserExecutionContext;
using isolation_test::ambient_user;
using isolation_test::context_of;
using isolation_test::Log;
using isolation_test::Noted;
using isolation_test::nothing_ambient;
using isolation_test::Pool;

namespace {

// NOLINTBEGIN(isolation-ambient-context): it is what is tested here
TEST(Propagation, ThreadsTakeArgumentsBesides) {
  std::string seen;
  std::thread(bind(context_of("ann"),
                   [](std::string &out, int n) {
                     out = ambient_user() + "0" + char('0' + n);
                   }),
              std::ref(seen), 7)
      .join();
  EXPECT_EQ(seen, "ann07");
}

TEST(Propagation, AsyncRunsUnderItsContextWhereverItRuns) {
  const ContextGuard bobs(context_of("bob"));
  const auto task = bind(context_of("ann"), [] { return ambient_user(); });
  EXPECT_EQ(std::async(std::launch::async, task).get(), "ann");
  // Deferred: on this thread, inside bob's guard, at get().
  std::future<std::string> deferred = std::async(std::launch::deferred, task);
  EXPECT_EQ(ambient_user(), "bob");
  EXPECT_EQ(deferred.get(), "ann");
  EXPECT_EQ(ambient_user(), "bob");
}

TEST(Propagation, AsyncHandsOnExceptions) {
  auto failing =
      std::async(std::launch::async, bind(context_of("ann"), []() -> int {
                   throw std::runtime_error(ambient_user());
                 }));
  try {
    failing.get();
    ADD_FAILURE();
  } catch (const std::runtime_error &error) {
    EXPECT_STREQ(error.what(), "ann");
  }
}

TEST(Propagation, PackagedTasksAndMoveOnlyCaptures) {
  auto owner = std::make_unique<int>(3);
  std::packaged_task<std::string(int)> task(
      bind(context_of("ann"), [owner = std::move(owner)](int n) {
        return ambient_user() + std::to_string(*owner + n);
      }));
  std::future<std::string> result = task.get_future();
  std::thread(std::move(task), 4).join();
  EXPECT_EQ(result.get(), "ann7");
}

TEST(Propagation, CapturesGoBeforeTheirRequest) {
  Log log;
  static constexpr PerRequest<Noted> slot;
  std::thread thread;
  {
    const auto context = context_of("ann");
    slot.get_or_create(context, [&] { return Noted(log, "object"); });
    auto capture = std::make_unique<Noted>(log, "capture");
    thread = std::thread(bind(context, [capture = std::move(capture)] {}));
  }
  thread.join();
  EXPECT_EQ(log.text(), "+object +capture -capture -object");
}

TEST(Propagation, AFunctionThatDestroysItselfKeepsItsContextToTheEnd) {
  std::function<void()> callback;
  std::string seen;
  callback = bind(context_of("ann"), [&callback, &seen] {
    std::string &out = seen; // captures are gone after the next line
    callback = nullptr;
    out = ambient_user();
  });
  callback();
  EXPECT_EQ(seen, "ann");
  EXPECT_TRUE(nothing_ambient());
}

TEST(Propagation, SoDoesOneThatIsCalledOnce) {
  std::function<void()> callback;
  std::string seen;
  callback = isolation::bind_once(
      context_of("ann"), [&callback, &seen, kept = std::string("kept")] {
        callback = nullptr;
        seen = ambient_user() + kept; // the captures are still there
      });
  callback();
  EXPECT_EQ(seen, "annkept");
  EXPECT_TRUE(nothing_ambient());
}

TEST(Propagation, BoundOnceIsCalledOnce) {
  Log log;
  static constexpr PerRequest<Noted> slot;
  std::optional<UserExecutionContext> context = context_of("ann");
  slot.get_or_create(*context, [&] { return Noted(log, "object"); });
  auto capture = std::make_unique<Noted>(log, "capture");
  auto once =
      isolation::bind_once(*context, [capture = std::move(capture)](int n) {
        return ambient_user() + std::to_string(n);
      });
  context.reset();
  EXPECT_EQ(once(3), "ann3");
  // Request and captures went with the call, in this order.
  EXPECT_EQ(log.text(), "+object +capture -capture -object");
  EXPECT_THROW(once(4), isolation::RequestEndedError);
  EXPECT_TRUE(nothing_ambient());
}

TEST(Propagation, AReferenceToACaptureOutlivesTheCall) {
  std::string seen;
  auto bound = bind(context_of("ann"),
                    [text = std::string("long enough to be on the heap"),
                     &seen]() -> const std::string & {
                      seen = ambient_user();
                      return text;
                    });
  EXPECT_EQ(std::move(bound)(), "long enough to be on the heap");
  EXPECT_EQ(seen, "ann");
}

TEST(Propagation, AHandleMayBeGivenAndTakenBack) {
  std::optional<UserExecutionContext> context = context_of("ann");
  auto bound = bind(*std::move(context), [] { return ambient_user(); });
  EXPECT_THROW((void)context->user_id(), isolation::RequestEndedError);
  EXPECT_EQ(std::move(bound)(), "ann");
  EXPECT_EQ(bound.context().user_id(), "ann");
  context.emplace(std::move(bound).context());
  EXPECT_EQ(context->user_id(), "ann");
}

TEST(Propagation, AnEmptiedContextIsRefused) {
  auto context = context_of("ann");
  const UserExecutionContext taken = std::move(context);
  auto bound = bind(taken, [] {});
  auto emptied = std::move(bound);
  emptied();
  EXPECT_THROW(bound(), isolation::RequestEndedError);
  EXPECT_THROW(std::move(bound)(), isolation::RequestEndedError);
  std::string text;
  auto referring = bind(taken, [&text]() -> std::string & { return text; });
  auto other = std::move(referring);
  EXPECT_THROW(std::move(referring)(), isolation::RequestEndedError);
  EXPECT_TRUE(nothing_ambient());
}

TEST(Propagation, AGuardMayTakeTheHandleOver) {
  std::optional<UserExecutionContext> context = context_of("ann");
  Log log;
  static constexpr PerRequest<Noted> slot;
  slot.get_or_create(*context, [&] { return Noted(log, "1"); });
  {
    const ContextGuard guard(std::move(*context));
    context.reset();
    EXPECT_EQ(ambient_user(), "ann");
    EXPECT_EQ(log.text(), "+1");
  }
  EXPECT_EQ(log.text(), "+1 -1");
}

TEST(Propagation, NothingStaysOnAPooledThread) {
  Pool pool(1);
  for (int round = 0; round != 100; ++round) {
    const std::string user = "user-" + std::to_string(round);
    pool.run(bind(context_of(user), [&] { EXPECT_EQ(ambient_user(), user); }));
    pool.run([] { EXPECT_TRUE(nothing_ambient()); });
    EXPECT_THROW(pool.run(bind(context_of(user),
                               [] { throw std::runtime_error("fails"); })),
                 std::runtime_error);
    pool.run([] { EXPECT_TRUE(nothing_ambient()); });
  }
}

TEST(Propagation, ManyUsersShareAPool) {
  constexpr int users = 16;
  constexpr int tasks = 200;
  std::atomic<int> wrong{0};
  std::atomic<int> done{0};
  {
    Pool pool(4);
    for (int u = 0; u != users; ++u) {
      const std::string user = "user-" + std::to_string(u);
      const auto context = context_of(user);
      for (int t = 0; t != tasks; ++t) {
        pool.post(bind(context, [&, user] {
          wrong += ambient_user() != user;
          // Fans out from inside.
          pool.post(bind(current_context().child("inner"), [&, user] {
            wrong += ambient_user() != user;
            ++done;
          }));
          ++done;
        }));
        pool.post([&] { wrong += !nothing_ambient(); });
      }
    }
  }
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(done, 2 * users * tasks);
}

TEST(Propagation, ATaskRunOnItsSubmittersThreadDoesNotSeeThatUser) {
  const ContextGuard anns(context_of("ann"));
  {
    const TaskBoundary boundary; // as a pool does whose queue is full
    EXPECT_TRUE(nothing_ambient());
    const ContextGuard bobs(context_of("bob"));
    EXPECT_EQ(ambient_user(), "bob");
  }
  EXPECT_EQ(ambient_user(), "ann");
}

TEST(Propagation, BehindABoundaryTheProcessContextIsSeen) {
  const isolation::ProcessContext process;
  const ContextGuard anns(context_of("ann"));
  const TaskBoundary boundary;
  EXPECT_EQ(ambient_user(), "process");
}

/// The reports of the fault handler, which is a plain function.
// NOLINTNEXTLINE(isolation-mutable-global): one test at a time uses it
std::atomic<int> reports{0};
void count_report(const char *) noexcept { ++reports; }

TEST(Propagation, AGuardLeftBehindIsReportedAndTakenOff) {
  testing::GTEST_FLAG(death_test_style) = "threadsafe";
  reports = 0;
  const isolation::FaultHandler before =
      isolation::set_fault_handler(&count_report);
  // The guard's memory is kept and its destructor not run, which would abort.
  alignas(ContextGuard) unsigned char kept[sizeof(ContextGuard)];
  {
    const TaskBoundary boundary;
    ::new (static_cast<void *>(kept)) ContextGuard(context_of("ann"));
    EXPECT_EQ(ambient_user(), "ann");
  }
  EXPECT_EQ(reports, 1);
  EXPECT_TRUE(nothing_ambient());
  isolation::set_fault_handler(before);
  // Under a guard of its own, on the thread, it can go in order.
  auto *left = std::launder(reinterpret_cast<ContextGuard *>(kept));
  const UserExecutionContext context = left->context();
  context.end();
  EXPECT_DEATH(left->~ContextGuard(), "destroyed on another thread, or before");
  // Its handle is all that is left; give the request back.
  left->context().~UserExecutionContext();
}

struct InlineExecutor {
  template <class Task> void execute(Task &&task) const {
    std::forward<Task>(task)();
  }
  friend bool operator==(const InlineExecutor &,
                         const InlineExecutor &) noexcept {
    return true;
  }
};

struct PoolExecutor {
  template <class Task> void execute(Task &&task) const {
    pool->execute(std::forward<Task>(task));
  }
  Pool *pool;
};

TEST(Propagation, AnExecutorRunsItsTasksUnderItsContext) {
  const ContextGuard bobs(context_of("bob"));
  const auto anns =
      isolation::with_context(InlineExecutor(), context_of("ann"));
  std::string seen;
  anns.execute([&] { seen = ambient_user(); });
  EXPECT_EQ(seen, "ann");
  EXPECT_THROW(anns.execute([] { throw std::logic_error("x"); }),
               std::logic_error);
  EXPECT_EQ(ambient_user(), "bob");
  EXPECT_EQ(anns, anns);
  EXPECT_NE(anns, isolation::with_context(InlineExecutor(), context_of("ann")));
}

TEST(Propagation, AnExecutorKeepsItsRequest) {
  Log log;
  static constexpr PerRequest<Noted> slot;
  {
    Pool pool(2);
    {
      const auto context = context_of("ann");
      slot.get_or_create(context, [&] { return Noted(log, "1"); });
      const auto executor =
          isolation::with_context(PoolExecutor{&pool}, context);
      for (int i = 0; i != 50; ++i)
        executor.execute([] {
          EXPECT_EQ(ambient_user(), "ann");
          EXPECT_NE(slot.peek(current_context()), nullptr);
        });
    }
  }
  EXPECT_EQ(log.text(), "+1 -1");
}

// NOLINTEND(isolation-ambient-context)

} // namespace
