// Coroutine types as libraries have them, made to carry their context, and a
// way for a coroutine to get to another thread.

#ifndef ISOLATION_TEST_RUNTIME_COROUTINE_TASK_H
#define ISOLATION_TEST_RUNTIME_COROUTINE_TASK_H

#include "pool.h"

#include <isolation/coroutine.h>

#include <coroutine>
#include <exception>
#include <optional>
#include <type_traits>
#include <utility>

namespace isolation_test {

/// A lazy task as libraries have them: starts when awaited, then continues
/// whoever awaits it, by symmetric transfer. Knows nothing of contexts.
template <class T> struct TaskPromiseBase {
  std::suspend_always initial_suspend() noexcept { return {}; }
  auto final_suspend() noexcept {
    struct Continue {
      bool await_ready() noexcept { return false; }
      std::coroutine_handle<> await_suspend(std::coroutine_handle<>) noexcept {
        return next;
      }
      void await_resume() noexcept {}
      std::coroutine_handle<> next;
    };
    return Continue{continuation};
  }
  void unhandled_exception() { failure = std::current_exception(); }
  std::coroutine_handle<> continuation = std::noop_coroutine();
  std::exception_ptr failure;
};
template <class T> struct TaskPromiseValue : TaskPromiseBase<T> {
  void return_value(T v) { value = std::move(v); }
  std::optional<T> value;
};
template <> struct TaskPromiseValue<void> : TaskPromiseBase<void> {
  void return_void() {}
};

template <class T> class [[nodiscard]] Task {
public:
  struct Promise : TaskPromiseValue<T> {
    Task get_return_object() {
      return Task(std::coroutine_handle<Promise>::from_promise(*this));
    }
  };
  using promise_type = isolation::ContextPromise<Promise>;

  explicit Task(std::coroutine_handle<Promise> handle) : handle_(handle) {}
  Task(Task &&other) noexcept : handle_(std::exchange(other.handle_, {})) {}
  ~Task() {
    if (handle_)
      handle_.destroy();
  }

  bool await_ready() const { return false; }
  std::coroutine_handle<> await_suspend(std::coroutine_handle<> awaiting) {
    handle_.promise().continuation = awaiting;
    return handle_;
  }
  T await_resume() {
    if (handle_.promise().failure)
      std::rethrow_exception(handle_.promise().failure);
    if constexpr (!std::is_void_v<T>)
      return std::move(*handle_.promise().value);
  }

  void resume() { handle_.resume(); }
  bool done() const { return handle_.done(); }

private:
  std::coroutine_handle<Promise> handle_;
};

/// Starts at once, and its frame goes by itself.
struct Detached {
  struct Promise {
    Detached get_return_object() { return {}; }
    std::suspend_never initial_suspend() { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() { std::terminate(); }
  };
  using promise_type = isolation::ContextPromise<Promise>;
};

/// Goes on on a thread of the pool.
struct Hop {
  Pool &pool;
  bool await_ready() const { return false; }
  void await_suspend(std::coroutine_handle<> coroutine) {
    pool.post(coroutine);
  }
  void await_resume() {}
};

} // namespace isolation_test

#endif // ISOLATION_TEST_RUNTIME_COROUTINE_TASK_H
