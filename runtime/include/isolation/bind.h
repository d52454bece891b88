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
// Shape: a function object; calling it installs a ContextGuard around f and
// passes arguments and result through. Copyable and movable as f is.
// Ownership: holds f and a handle, so the request lives as long as the
// function. Thread-safety: that of f. Errors: f's.

#ifndef ISOLATION_BIND_H
#define ISOLATION_BIND_H

#include <isolation/context_guard.h>
#include <isolation/user_execution_context.h>

#include <functional>
#include <type_traits>
#include <utility>

namespace isolation {

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
    const ContextGuard guard(context_);
    return std::invoke(std::move(function_),
                       std::forward<Arguments>(arguments)...);
  }

private:
  UserExecutionContext context_;
  Function function_;
};

template <class Function>
[[nodiscard]] BoundFunction<std::decay_t<Function>>
bind(const UserExecutionContext &context, Function &&function) {
  return {context, std::forward<Function>(function)};
}

} // namespace isolation

#endif // ISOLATION_BIND_H
