// What it costs to take a context along: to another thread and back, through a
// queue, and across the suspensions of a coroutine, each next to the same
// without a context.

#include <isolation/coroutine.h>
#include <isolation/isolation.h>

#include <benchmark/benchmark.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <coroutine>
#include <exception>
#include <functional>
#include <optional>
#include <thread>
#include <utility>

namespace isolation_bench {
namespace {

using isolation::Identity;
using isolation::UserExecutionContext;

UserExecutionContext begin() {
  return UserExecutionContext::create(Identity{.user_id = "user-000042",
                                               .thread_id = "thread-8c21",
                                               .run_id = "run-2026-000123"});
}

/// The task that is handed over; as big in both cases as a task usually is.
struct Work {
  void operator()() { benchmark::DoNotOptimize(++*count); }
  int *count;
};

template <class Task> class Mailbox {
public:
  Mailbox() : worker_([this] { work(); }) {}
  Mailbox(const Mailbox &) = delete;
  Mailbox &operator=(const Mailbox &) = delete;
  ~Mailbox() {
    state_.store(State::Stop, std::memory_order_release);
    worker_.join();
  }

  /// There and back.
  Task run(Task task) {
    task_.emplace(std::move(task));
    state_.store(State::Full, std::memory_order_release);
    while (state_.load(std::memory_order_acquire) != State::Empty) {
    }
    Task back = std::move(*task_);
    task_.reset();
    return back;
  }

private:
  enum class State { Empty, Full, Stop };

  void work() {
    for (;;) {
      const State state = state_.load(std::memory_order_acquire);
      if (state == State::Stop)
        return;
      if (state == State::Full) {
        std::move (*task_)();
        state_.store(State::Empty, std::memory_order_release);
      }
    }
  }

  // What the other thread looks at again and again lies apart, as in any queue
  // that was written with care.
  alignas(64) std::optional<Task> task_;
  alignas(64) std::atomic<State> state_{State::Empty};
  alignas(64) std::thread worker_;
};

/// Nanoseconds of one hand-off, over a batch.
template <class HandOff> double time_of(HandOff hand_off) {
  constexpr int batch = 200;
  const auto began = std::chrono::steady_clock::now();
  for (int i = 0; i != batch; ++i)
    hand_off();
  const std::chrono::duration<double, std::nano> took =
      std::chrono::steady_clock::now() - began;
  return took.count() / batch;
}

// Two threads need two processors at once, which a machine that does other work
// gives them now and then: so short batches of each kind take turns, and the
// best of each counts. A context may be copied for the other thread, or given
// to it and taken back. A copy counts up and down by locked instructions, and
// these wait until what was written before has reached the other processor.
void thread(benchmark::State &state) {
  alignas(64) int count = 0; // the other thread's; what follows is this one's
  alignas(64) std::optional<UserExecutionContext> context = begin();
  double plain = 1e9;
  double copied = 1e9;
  double moved = 1e9;
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(3);
  for (auto _ : state) {
    if (moved < 1e9 && std::chrono::steady_clock::now() > until)
      continue; // where processors are scarce each batch takes long
    {
      Mailbox<Work> mailbox;
      for (int i = 0; i != 10; ++i)
        plain = std::min(plain, time_of([&] { mailbox.run({&count}); }));
    }
    using Task = isolation::BoundFunction<Work>;
    Mailbox<Task> mailbox;
    for (int i = 0; i != 10; ++i) {
      copied = std::min(copied, time_of([&] {
                          (void)mailbox.run({*context, Work{&count}});
                        }));
      moved = std::min(moved, time_of([&] {
                         Task back =
                             mailbox.run({*std::move(context), Work{&count}});
                         context.emplace(std::move(back).context());
                       }));
    }
  }
  state.counters["plain_ns"] = plain;
  state.counters["copied_over_ns"] = copied - plain;
  state.counters["moved_over_ns"] = moved - plain;
}
BENCHMARK(thread)->Name("handoff/thread")->Iterations(20);

// The same without another processor's cache in it: what remains when a queue
// is emptied by the thread that filled it.
void call_plain(benchmark::State &state) {
  int count = 0;
  for (auto _ : state) {
    std::optional<Work> task(Work{&count});
    benchmark::DoNotOptimize(&task);
    std::move (*task)();
  }
}
BENCHMARK(call_plain)->Name("handoff/call/plain");

void call_context(benchmark::State &state) {
  int count = 0;
  const UserExecutionContext context = begin();
  for (auto _ : state) {
    std::optional<isolation::BoundFunction<Work>> task;
    task.emplace(context, Work{&count});
    benchmark::DoNotOptimize(&task);
    std::move (*task)();
  }
}
BENCHMARK(call_context)->Name("handoff/call/context");

// As pools keep tasks. A context makes the task too big for std::function's
// own room, so the plain one is given the same size.
struct BigWork {
  void operator()() { benchmark::DoNotOptimize(++*count); }
  int *count;
  void *more[2];
};
void function_plain(benchmark::State &state) {
  int count = 0;
  for (auto _ : state) {
    std::function<void()> task = BigWork{&count, {}};
    benchmark::DoNotOptimize(&task);
    task();
  }
}
BENCHMARK(function_plain)->Name("handoff/function/plain");

void function_context(benchmark::State &state) {
  int count = 0;
  const UserExecutionContext context = begin();
  for (auto _ : state) {
    std::function<void()> task = isolation::bind_once(context, Work{&count});
    benchmark::DoNotOptimize(&task);
    task();
  }
}
BENCHMARK(function_context)->Name("handoff/function/context");

struct PlainPromise;
using Handle = std::coroutine_handle<PlainPromise>;
struct PlainPromise {
  Handle get_return_object() { return Handle::from_promise(*this); }
  std::suspend_always initial_suspend() { return {}; }
  std::suspend_always final_suspend() noexcept { return {}; }
  void return_void() {}
  void unhandled_exception() { std::terminate(); }
};

struct PlainSteps {
  struct promise_type : PlainPromise {
    PlainSteps get_return_object() {
      return {PlainPromise::get_return_object()};
    }
  };
  Handle handle;
};

struct ContextSteps {
  struct Promise : PlainPromise {
    ContextSteps get_return_object() {
      return {PlainPromise::get_return_object()};
    }
  };
  using promise_type = isolation::ContextPromise<Promise>;
  Handle handle;
};

// Not inlined, or the plain one is reduced to nothing.
[[gnu::noinline]] PlainSteps step_plain(UserExecutionContext) {
  for (;;)
    co_await std::suspend_always();
}
[[gnu::noinline]] ContextSteps step_context(UserExecutionContext) {
  for (;;)
    co_await std::suspend_always();
}

template <class Made>
void resume(benchmark::State &state, Made (*make)(UserExecutionContext)) {
  Handle handle = make(begin()).handle;
  for (auto _ : state) {
    benchmark::DoNotOptimize(handle);
    handle.resume();
  }
  handle.destroy();
}
BENCHMARK_CAPTURE(resume, plain, step_plain)->Name("handoff/coroutine/plain");
BENCHMARK_CAPTURE(resume, context, step_context)
    ->Name("handoff/coroutine/context");

void ambient(benchmark::State &state) {
  const UserExecutionContext context = begin();
  const isolation::ContextGuard guard(context);
  for (auto _ : state) {
    // NOLINTNEXTLINE(isolation-ambient-context): it is what is measured
    const UserExecutionContext found = isolation::current_context();
    benchmark::DoNotOptimize(&found);
  }
}
BENCHMARK(ambient)->Name("ambient/current_context");

void guard(benchmark::State &state) {
  const UserExecutionContext context = begin();
  for (auto _ : state) {
    const isolation::ContextGuard guard(context);
    benchmark::DoNotOptimize(&guard);
  }
}
BENCHMARK(guard)->Name("ambient/guard");

} // namespace
} // namespace isolation_bench
