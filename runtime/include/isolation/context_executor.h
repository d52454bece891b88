// ContextExecutor: an executor whose tasks all run under one context.
//
// Example:
//
//   #include <isolation/ambient_context.h>
//   #include <isolation/context_executor.h>
//   #include <string>
//
//   struct InlineExecutor { // stands for a pool's, a strand, an event loop
//     template <class F> void execute(F &&task) const { task(); }
//   };
//   std::string serve(const isolation::UserExecutionContext &user_context) {
//     std::string user;
//     isolation::with_context(InlineExecutor(), user_context).execute([&] {
//       user = isolation::current_context().user_id();
//     });
//     return user;
//   }
//
// Shape: wraps any copyable type with `execute(f)`; for Asio's, which want
// more, see <isolation/asio.h>. A task that is run at once, inside somebody
// else's guard, sees its own context, and the other one is back afterwards. A
// pool that is not an executor needs none of this: hand it bind(context, f).
//
// Ownership: holds a copy of the executor and a handle; so does each task.
// Thread-safety: that of the inner executor. Errors: those of its execute().

#ifndef ISOLATION_CONTEXT_EXECUTOR_H
#define ISOLATION_CONTEXT_EXECUTOR_H

#include <isolation/bind.h>
#include <isolation/user_execution_context.h>

#include <type_traits>
#include <utility>

namespace isolation {

template <class Inner> class ISOLATION_ABI ContextExecutor {
public:
  using inner_executor_type = Inner;

  ContextExecutor(Inner inner, UserExecutionContext context)
      : inner_(std::move(inner)), context_(std::move(context)) {}

  template <class Function> void execute(Function &&function) const {
    inner_.execute(bind_once(context_, std::forward<Function>(function)));
  }

  [[nodiscard]] const Inner &inner() const noexcept { return inner_; }
  [[nodiscard]] const UserExecutionContext &context() const noexcept {
    return context_;
  }

  friend bool operator==(const ContextExecutor &a,
                         const ContextExecutor &b) noexcept {
    return a.inner_ == b.inner_ && a.context_.same_request(b.context_);
  }
  friend bool operator!=(const ContextExecutor &a,
                         const ContextExecutor &b) noexcept {
    return !(a == b);
  }

private:
  Inner inner_;
  UserExecutionContext context_;
};

/// `executor`, with each of its tasks run under `context`.
template <class Executor>
[[nodiscard]] ContextExecutor<std::decay_t<Executor>>
with_context(Executor &&executor, const UserExecutionContext &context) {
  return {std::forward<Executor>(executor), context};
}

} // namespace isolation

#endif // ISOLATION_CONTEXT_EXECUTOR_H
