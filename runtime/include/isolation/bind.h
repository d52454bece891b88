// bind(context, f): f, to be called under that context wherever it runs.
//
// Example:
//
//   #include <isolation/bind.h>
//   #include <thread>
//
//   void index_documents(); // asks for current_context()
//   void start(const isolation::UserExecutionContext &user_context) {
//     std::thread(isolation::bind(user_context, [] { /* … */ })).join();
//   }
//
// Shape: a function object; calling it shows the context to current_context()
// while f runs and passes arguments and result through. Copyable and movable as
// f is: for std::thread, std::async, std::function, and pools.
//
// bind_once(context, f) is for tasks that are called once, whoever calls them:
// a call takes context and captures out, which saves counting the request up
// and down, and lets it end with the call. A second call raises
// RequestEndedError. Calling bind()'s function as an rvalue, as std::thread
// does, is the same.
//
// Ownership: holds f and a handle, so the request lives as long as the
// function; what f captured goes first. A function that destroys itself while
// it is called (a callback that unsubscribes) keeps its context to the end.
// Thread-safety: that of f. Errors: f's; RequestEndedError for a context that
// was moved from.

#ifndef ISOLATION_BIND_H
#define ISOLATION_BIND_H

#include <isolation/context_guard.h>
#include <isolation/detail/ambient_entry.h>
#include <isolation/user_execution_context.h>

#include <functional>
#include <type_traits>
#include <utility>

namespace isolation {

namespace detail {
/// A ContextGuard for a context that somebody else keeps meanwhile: no
/// counting.
class BorrowedGuard {
public:
  explicit BorrowedGuard(const UserExecutionContext &context)
      : entry_(&context) {
    ContextAccess::scope(context); // refuses one that was moved from
    entry_.push();
  }
  BorrowedGuard(const BorrowedGuard &) = delete;
  BorrowedGuard &operator=(const BorrowedGuard &) = delete;
  ~BorrowedGuard() { entry_.pop(); }

private:
  AmbientEntry entry_;
};
} // namespace detail

template <class Function> class BoundFunction {
public:
  template <class F>
  BoundFunction(const UserExecutionContext &context, F &&function)
      : context_(context), function_(std::forward<F>(function)) {}

  template <class... Arguments>
  std::invoke_result_t<Function &, Arguments...>
  operator()(Arguments &&...arguments) & {
    const ContextGuard guard(context_);
    return std::invoke(function_, std::forward<Arguments>(arguments)...);
  }
  template <class... Arguments>
  std::invoke_result_t<const Function &, Arguments...>
  operator()(Arguments &&...arguments) const & {
    const ContextGuard guard(context_);
    return std::invoke(function_, std::forward<Arguments>(arguments)...);
  }
  template <class... Arguments>
  std::invoke_result_t<Function, Arguments...>
  operator()(Arguments &&...arguments) && {
    if constexpr (std::is_reference_v<
                      std::invoke_result_t<Function, Arguments...>>) {
      // It may refer to a capture, which must stay where it is.
      const detail::BorrowedGuard guard(context_);
      return std::invoke(std::move(function_),
                         std::forward<Arguments>(arguments)...);
    } else {
      const ContextGuard guard(std::move(context_));
      Function function(std::move(function_)); // goes before its request
      return std::invoke(std::move(function),
                         std::forward<Arguments>(arguments)...);
    }
  }

  [[nodiscard]] const Function &function() const noexcept { return function_; }

private:
  UserExecutionContext context_; // outlives what the function captured
  Function function_;
};

template <class Function>
[[nodiscard]] BoundFunction<std::decay_t<Function>>
bind(const UserExecutionContext &context, Function &&function) {
  return {context, std::forward<Function>(function)};
}

template <class Function> class OnceFunction {
public:
  template <class F>
  OnceFunction(const UserExecutionContext &context, F &&function)
      : bound_(context, std::forward<F>(function)) {}

  template <class... Arguments>
  std::invoke_result_t<Function, Arguments...>
  operator()(Arguments &&...arguments) {
    return std::move(bound_)(std::forward<Arguments>(arguments)...);
  }

private:
  BoundFunction<Function> bound_;
};

template <class Function>
[[nodiscard]] OnceFunction<std::decay_t<Function>>
bind_once(const UserExecutionContext &context, Function &&function) {
  return {context, std::forward<Function>(function)};
}

} // namespace isolation

#endif // ISOLATION_BIND_H
