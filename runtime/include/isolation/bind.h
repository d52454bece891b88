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
// RequestEndedError.
//
// Ownership: holds f and a handle (given an rvalue, that very one, which costs
// no counting), so the request lives as long as the function; what f captured
// goes first. A function that destroys itself while it is called (a callback
// that unsubscribes) keeps its context to the end, unless bind()'s is called as
// an rvalue: then it must outlive the call, as in std::thread and std::async,
// and no other processor's counter is touched. Thread-safety: that of f.
// Errors: f's; RequestEndedError for a context that was moved from.

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

template <class Function> class ISOLATION_ABI BoundFunction {
public:
  template <class Context, class F>
  BoundFunction(Context &&context, F &&function)
      : context_(std::forward<Context>(context)),
        function_(std::forward<F>(function)) {}

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
    const detail::BorrowedGuard guard(context_);
    return std::invoke(std::move(function_),
                       std::forward<Arguments>(arguments)...);
  }

  [[nodiscard]] const Function &function() const noexcept { return function_; }
  [[nodiscard]] const UserExecutionContext &context() const & noexcept {
    return context_;
  }
  /// Takes the handle back, as it was given: not counted up or down.
  [[nodiscard]] UserExecutionContext context() && {
    return std::move(context_);
  }

private:
  UserExecutionContext context_; // outlives what the function captured
  Function function_;
};

template <class Function>
[[nodiscard]] BoundFunction<std::decay_t<Function>>
bind(const UserExecutionContext &context, Function &&function) {
  return {context, std::forward<Function>(function)};
}
template <class Function>
[[nodiscard]] BoundFunction<std::decay_t<Function>>
bind(UserExecutionContext &&context, Function &&function) {
  return {std::move(context), std::forward<Function>(function)};
}

template <class Function> class ISOLATION_ABI OnceFunction {
public:
  template <class Context, class F>
  OnceFunction(Context &&context, F &&function)
      : context_(std::forward<Context>(context)),
        function_(std::forward<F>(function)) {}

  template <class... Arguments>
  std::invoke_result_t<Function, Arguments...>
  operator()(Arguments &&...arguments) {
    static_assert(
        !std::is_reference_v<std::invoke_result_t<Function, Arguments...>>,
        "isolation: what the function captured is gone after the "
        "call; return a value, or use bind()");
    const ContextGuard guard(std::move(context_));
    Function function(std::move(function_)); // goes before its request
    return std::invoke(std::move(function),
                       std::forward<Arguments>(arguments)...);
  }

private:
  UserExecutionContext context_;
  Function function_;
};

template <class Function>
[[nodiscard]] OnceFunction<std::decay_t<Function>>
bind_once(const UserExecutionContext &context, Function &&function) {
  return {context, std::forward<Function>(function)};
}
template <class Function>
[[nodiscard]] OnceFunction<std::decay_t<Function>>
bind_once(UserExecutionContext &&context, Function &&function) {
  return {std::move(context), std::forward<Function>(function)};
}

} // namespace isolation

#endif // ISOLATION_BIND_H
