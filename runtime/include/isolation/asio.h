// Asio: executors, strands and coroutines that keep their context.
//
// Example:
//
//   #include <asio.hpp>
//   #include <isolation/ambient_context.h>
//   #include <isolation/asio.h>
//
//   void serve(asio::thread_pool &pool,
//              const isolation::UserExecutionContext &user_context) {
//     const auto executor =
//         isolation::with_asio_context(pool.get_executor(), user_context);
//     asio::post(executor, [] {
//       const auto context = isolation::current_context();
//       (void)context;
//     });
//   }
//
// It returns an executor for Asio: for post, strand, any_io_executor,
// bind_executor, I/O objects, and co_spawn(executor, …). What a coroutine
// awaits is resumed through the executor, so the context is there after each
// co_await and off the thread before the next; nothing stays on a pool's
// thread. A ContextGuard that is a local of an awaitable<> and alive at a
// co_await aborts: the executor is its guard.
//
// For Boost's see <isolation/boost_asio.h>. Tried with Asio 1.22. Ownership:
// holds a copy of the executor and a handle; so does each task. Thread-safety,
// errors: those of the inner executor.

#ifndef ISOLATION_ASIO_H
#define ISOLATION_ASIO_H

#include <isolation/bind_handler.h>
#include <isolation/detail/asio_executor.h>
#include <isolation/user_execution_context.h>

#include <asio/execution/execute.hpp>
#include <asio/prefer.hpp>
#include <asio/query.hpp>
#include <asio/require.hpp>

#include <type_traits>
#include <utility>

namespace isolation {

namespace detail {
/// The customisation points of this namespace's Asio.
struct StandaloneAsio {
  template <class E, class P>
  static auto query(const E &executor, const P &property)
      -> decltype(::asio::query(executor, property)) {
    return ::asio::query(executor, property);
  }
  template <class E, class P>
  static auto require(const E &executor, const P &property)
      -> decltype(::asio::require(executor, property)) {
    return ::asio::require(executor, property);
  }
  template <class E, class P>
  static auto prefer(const E &executor, const P &property)
      -> decltype(::asio::prefer(executor, property)) {
    return ::asio::prefer(executor, property);
  }
  template <class E, class F> static void execute(const E &executor, F &&task) {
    ::asio::execution::execute(executor, std::forward<F>(task));
  }
};
} // namespace detail

/// `executor`, with each of its tasks run under `context`.
template <class Executor>
[[nodiscard]] detail::AsioExecutor<std::decay_t<Executor>,
                                   detail::StandaloneAsio>
with_asio_context(Executor &&executor, const UserExecutionContext &context) {
  return {std::forward<Executor>(executor), context};
}

} // namespace isolation

#endif // ISOLATION_ASIO_H
