// ContextGuard: makes a context the calling thread's ambient one, for a while.
//
// Example:
//
//   #include <isolation/ambient_context.h>
//   #include <string>
//
//   std::string user() {
//     return std::string(isolation::current_context().user_id());
//   }
//   std::string handle(const isolation::UserExecutionContext &context) {
//     const isolation::ContextGuard guard(context);
//     return user(); // code that cannot be handed the context
//   }
//
// Shape: an object on the stack; guards nest, and each restores what was there
// before it, on every way out. Ownership: holds a handle (given an rvalue, that
// very one, which saves the counting), so the request lives at least as long.
// Thread-safety: concerns its own thread only. It must be destroyed there,
// innermost first; a guard that is not (kept in a coroutine across a suspension
// without <isolation/coroutine.h>, say) aborts with a message, since what it
// would leave behind is another user's identity.

#ifndef ISOLATION_CONTEXT_GUARD_H
#define ISOLATION_CONTEXT_GUARD_H

#include <isolation/detail/ambient_entry.h>
#include <isolation/detail/checks.h>
#include <isolation/detail/place.h>
#include <isolation/user_execution_context.h>

#include <cstddef>
#include <utility>

namespace isolation {

/// For who runs tasks on threads of a pool: no task is running now, so none may
/// have left its ambient context behind. Checked builds report if one has
/// (FaultKind::AmbientContextLeft), and look once more when the thread ends.
ISOLATION_ABI inline void expect_idle_thread() noexcept {
  detail::checks::thread_idle(
      detail::innermost_ambient ? detail::innermost_ambient->context : nullptr);
}

namespace detail {
#if ISOLATION_CHECKED
ISOLATION_ABI inline void watch_thread_end() noexcept {
  struct AtEnd {
    ~AtEnd() { expect_idle_thread(); }
  };
  static thread_local AtEnd at_end;
  static_cast<void>(at_end);
}
#else
inline void watch_thread_end() noexcept {}
#endif
} // namespace detail

class ISOLATION_ABI ContextGuard {
public:
  [[nodiscard]] explicit ContextGuard(
      const UserExecutionContext &context ISOLATION_PLACE_PARAMETER)
      : context_(detail::ContextAccess::copy_for_this_thread(
            context ISOLATION_PLACE)),
        entry_(&context_) {
    detail::watch_thread_end();
    entry_.push();
  }
  [[nodiscard]] explicit ContextGuard(
      UserExecutionContext &&context ISOLATION_PLACE_PARAMETER)
      : context_(std::move(context) ISOLATION_PLACE), entry_(&context_) {
    detail::watch_thread_end();
    detail::ContextAccess::scope(context_); // refuses one that was moved from
    entry_.push();
  }
  ContextGuard(const ContextGuard &) = delete;
  ContextGuard &operator=(const ContextGuard &) = delete;
  // Only as a local or a member of one.
  static void *operator new(std::size_t) = delete;
  static void *operator new[](std::size_t) = delete;

  ~ContextGuard() { entry_.pop(); }

  [[nodiscard]] const UserExecutionContext &context() const noexcept {
    return context_;
  }

private:
  const UserExecutionContext context_;
  detail::AmbientEntry entry_;
};

} // namespace isolation

#endif // ISOLATION_CONTEXT_GUARD_H
