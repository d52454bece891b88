// Coroutines: the context is there at each resumption, on whichever thread, and
// off the thread that was left.

#include "coroutine_task.h"
#include "fixture.h"
#include "pool.h"

#include <isolation/coroutine.h>

#include <gtest/gtest.h>

#include <atomic>
#include <coroutine>
#include <exception>
#include <future>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

using isolation::ContextGuard;
using isolation::current_context;
using isolation::NoContextError;
using isolation::PerRequest;
using isolation::UserExecutionContext;
using isolation_test::context_of;
using isolation_test::Detached;
using isolation_test::Hop;
using isolation_test::Log;
using isolation_test::Noted;
using isolation_test::Pool;
using isolation_test::Task;

namespace {

// NOLINTBEGIN(isolation-ambient-context,isolation-unforwarded-context): it is
// what is tested here
/// The ambient user, or "" where there is none.
std::string seen() {
  try {
    return std::string(current_context().user_id());
  } catch (const NoContextError &) {
    return "";
  }
}

Detached run(Task<void> task, std::promise<void> &done) {
  try {
    co_await task;
    done.set_value();
  } catch (...) {
    done.set_exception(std::current_exception());
  }
}
void wait_for(Task<void> task) {
  std::promise<void> done;
  run(std::move(task), done);
  done.get_future().get();
}

Task<void> hop_about(UserExecutionContext context, Pool &a, Pool &b,
                     std::atomic<int> &wrong) {
  const std::string user(context.user_id());
  for (int i = 0; i != 20; ++i) {
    wrong += seen() != user;
    co_await Hop{i % 2 ? a : b};
  }
  wrong += seen() != user;
}

TEST(Coroutines, KeepTheirContextAcrossThreadHops) {
  std::atomic<int> wrong{0};
  Pool a(1), b(1);
  const ContextGuard mine(context_of("starter"));
  wait_for(hop_about(context_of("ann"), a, b, wrong));
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(seen(), "starter");
  a.run([] { EXPECT_EQ(seen(), ""); });
  b.run([] { EXPECT_EQ(seen(), ""); });
}

Detached many(Task<void> task, std::atomic<int> &left,
              std::promise<void> &done) {
  co_await task;
  if (--left == 0)
    done.set_value();
}

TEST(Coroutines, ManyUsersShareTwoPools) {
  constexpr int users = 40;
  std::atomic<int> wrong{0};
  std::atomic<int> left{users};
  std::promise<void> done;
  {
    Pool a(3), b(2);
    for (int u = 0; u != users; ++u)
      many(hop_about(context_of("user-" + std::to_string(u)), a, b, wrong),
           left, done);
    EXPECT_EQ(seen(), "");
    done.get_future().get();
    for (int i = 0; i != 20; ++i) {
      a.run([] { EXPECT_EQ(seen(), ""); });
      b.run([] { EXPECT_EQ(seen(), ""); });
    }
  }
  EXPECT_EQ(wrong, 0);
}

/// Suspends until the test resumes it.
struct Gate {
  bool await_ready() const { return false; }
  void await_suspend(std::coroutine_handle<> handle) { waiting = handle; }
  void await_resume() {}
  void open() { std::exchange(waiting, {}).resume(); }
  std::coroutine_handle<> waiting;
};

Task<void> note(UserExecutionContext, Gate &gate, Log &log) {
  log.add(seen());
  co_await gate;
  log.add(seen());
}

TEST(Coroutines, TheThreadGetsBackWhatItHad) {
  Gate gate;
  Log log;
  auto task = note(context_of("ann"), gate, log);
  {
    const ContextGuard bobs(context_of("bob"));
    task.resume();
    EXPECT_EQ(seen(), "bob"); // suspended: not ann
  }
  EXPECT_EQ(seen(), "");
  {
    const ContextGuard carols(context_of("carol"));
    gate.open();
    EXPECT_EQ(seen(), "carol"); // finished
  }
  EXPECT_TRUE(task.done());
  EXPECT_EQ(log.text(), "ann ann");
}

Task<void> without_parameter(Gate &gate, Log &log) {
  log.add("[" + seen() + "]");
  co_await gate;
  log.add("[" + seen() + "]");
}

TEST(Coroutines, WithoutAParameterTheCreatorsContextCounts) {
  Gate gate;
  Log log;
  std::optional<Task<void>> task;
  {
    const ContextGuard anns(context_of("ann"));
    task.emplace(without_parameter(gate, log));
  }
  const ContextGuard bobs(context_of("bob"));
  task->resume();
  gate.open();
  EXPECT_EQ(log.text(), "[ann] [ann]");
}

TEST(Coroutines, WithoutAnyContextThoseOfOthersStayUnseen) {
  Gate gate;
  Log log;
  auto task = without_parameter(gate, log);
  const ContextGuard bobs(context_of("bob"));
  task.resume();
  gate.open();
  EXPECT_EQ(log.text(), "[] []");
  EXPECT_EQ(seen(), "bob");
}

Task<void> guard_inside(UserExecutionContext, Gate &gate, Pool &pool,
                        Log &log) {
  const ContextGuard inner(context_of("inner"));
  {
    const ContextGuard innermost(context_of("innermost"));
    co_await gate;
    log.add(seen());
    co_await Hop{pool};
    log.add(seen());
  }
  log.add(seen());
  co_await Hop{pool};
  log.add(seen());
}

TEST(Coroutines, GuardsThatAreLocalsComeAlong) {
  Gate gate;
  Log log;
  {
    Pool pool(2);
    const ContextGuard mine(context_of("mine"));
    std::promise<void> done;
    run(guard_inside(context_of("ann"), gate, pool, log), done);
    EXPECT_EQ(seen(), "mine");
    gate.open();
    done.get_future().get();
    EXPECT_EQ(seen(), "mine");
    pool.run([] { EXPECT_EQ(seen(), ""); });
  }
  EXPECT_EQ(log.text(), "innermost innermost inner inner");
}

TEST(Coroutines, ASuspendedFrameWithGuardsCanBeDestroyed) {
  Gate gate;
  Log log;
  Log lives;
  static constexpr PerRequest<Noted> slot;
  Pool pool(1);
  {
    const auto context = context_of("ann");
    slot.get_or_create(context, [&] { return Noted(lives, "1"); });
    std::optional<Task<void>> task(guard_inside(context, gate, pool, log));
    task->resume();
    // On another thread than it ran on, under another guard.
    pool.run([&] {
      const ContextGuard others(context_of("other"));
      task.reset();
      EXPECT_EQ(seen(), "other");
    });
  }
  EXPECT_EQ(lives.text(), "+1 -1");
  EXPECT_EQ(log.text(), "");
}

Task<int> inner_value(UserExecutionContext, Pool &pool, int n) {
  co_await Hop{pool};
  if (n < 0)
    throw std::runtime_error(seen());
  co_return n + static_cast<int>(seen().size());
}
Task<void> outer(UserExecutionContext, Pool &pool, Log &log) {
  const int value = co_await inner_value(context_of("longer"), pool, 10);
  log.add(std::to_string(value));
  log.add(seen());
  try {
    (void)co_await inner_value(context_of("bob"), pool, -1);
  } catch (const std::runtime_error &error) {
    log.add(error.what());
  }
  log.add(seen());
}

TEST(Coroutines, NestedTasksOfTwoRequestsDoNotMix) {
  Log log;
  Pool pool(2);
  wait_for(outer(context_of("ann"), pool, log));
  EXPECT_EQ(log.text(), "16 ann bob ann");
  EXPECT_EQ(seen(), "");
  pool.run([] { EXPECT_EQ(seen(), ""); });
}

/// Refuses to suspend, in each of the three ways there are.
struct Ready {
  bool await_ready() const { return true; }
  void await_suspend(std::coroutine_handle<>) {}
  void await_resume() {}
};
struct NotAfterAll {
  bool await_ready() const { return false; }
  bool await_suspend(std::coroutine_handle<>) { return false; }
  void await_resume() {}
};
struct Throwing {
  bool await_ready() const { return false; }
  void await_suspend(std::coroutine_handle<>) {
    throw std::runtime_error("cannot suspend");
  }
  void await_resume() {}
};
/// Has an operator co_await, as a member; the other is free.
struct Indirect {
  NotAfterAll operator co_await() const { return {}; }
};
struct IndirectFree {};
NotAfterAll operator co_await(IndirectFree) { return {}; }

Task<void> awkward(UserExecutionContext, Log &log) {
  co_await Ready();
  log.add(seen());
  co_await NotAfterAll();
  log.add(seen());
  try {
    co_await Throwing();
  } catch (const std::runtime_error &) {
    log.add(seen());
  }
  co_await Indirect();
  co_await IndirectFree();
  NotAfterAll lvalue;
  co_await lvalue;
  log.add(seen());
}

TEST(Coroutines, SuspensionsThatAreNoneChangeNothing) {
  Log log;
  const ContextGuard bobs(context_of("bob"));
  wait_for(awkward(context_of("ann"), log));
  EXPECT_EQ(log.text(), "ann ann ann ann");
  EXPECT_EQ(seen(), "bob");
}

/// A promise with its own await_transform and yield_value, that is built from
/// the parameters, and lets exceptions through to whoever resumes.
struct Generator {
  struct Promise {
    explicit Promise(const UserExecutionContext &context, Log &)
        : user(context.user_id()) {}
    Generator get_return_object() {
      return {std::coroutine_handle<Promise>::from_promise(*this)};
    }
    std::suspend_always initial_suspend() { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    std::suspend_always yield_value(int v) {
      value = v;
      return {};
    }
    std::suspend_never await_transform(int v) {
      value += v;
      return {};
    }
    void await_transform(std::suspend_always) = delete;
    void return_void() {}
    void unhandled_exception() { throw; }
    std::string user;
    int value = 0;
  };
  using promise_type = isolation::ContextPromise<Promise>;
  std::coroutine_handle<Promise> handle;
};

Generator numbers(UserExecutionContext, Log &log) {
  log.add(seen());
  co_yield 1;
  log.add(seen());
  co_await 5;
  co_yield 2;
  throw std::runtime_error("enough");
}

TEST(Coroutines, APromisesOwnCustomisationsKeepWorking) {
  Log log;
  const ContextGuard bobs(context_of("bob"));
  Generator generator = numbers(context_of("ann"), log);
  EXPECT_EQ(generator.handle.promise().user, "ann");
  generator.handle.resume();
  EXPECT_EQ(generator.handle.promise().value, 1);
  EXPECT_EQ(seen(), "bob");
  generator.handle.resume();
  EXPECT_EQ(generator.handle.promise().value, 2);
  EXPECT_EQ(seen(), "bob");
  EXPECT_THROW(generator.handle.resume(), std::runtime_error);
  EXPECT_EQ(seen(), "bob"); // although it never reached its final suspension
  EXPECT_TRUE(generator.handle.done());
  generator.handle.destroy();
  EXPECT_EQ(seen(), "bob");
  EXPECT_EQ(log.text(), "ann ann");
}

TEST(Coroutines, TheFrameKeepsTheRequest) {
  Log lives;
  Log log;
  Gate gate;
  static constexpr PerRequest<Noted> slot;
  std::optional<Task<void>> task;
  {
    const auto context = context_of("ann");
    slot.get_or_create(context, [&] { return Noted(lives, "1"); });
    task.emplace(note(context, gate, log));
  }
  task->resume();
  gate.open();
  EXPECT_EQ(lives.text(), "+1");
  task.reset();
  EXPECT_EQ(lives.text(), "+1 -1");
}

// NOLINTEND(isolation-ambient-context,isolation-unforwarded-context)

} // namespace
