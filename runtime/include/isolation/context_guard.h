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
// before it, on every way out. Ownership: holds a handle, so the request lives
// at least as long. Thread-safety: concerns its own thread only. It must be
// destroyed there, innermost first; a guard that is not (kept in a coroutine
// across a suspension, say) aborts with a message, since what it would leave
// behind is another user's identity.

#ifndef ISOLATION_CONTEXT_GUARD_H
#define ISOLATION_CONTEXT_GUARD_H

#include <isolation/user_execution_context.h>

#include <cstddef>

namespace isolation {

class ContextGuard;

namespace detail {
/// The innermost guard of the calling thread.
ISOLATION_PROCESS_WIDE ISOLATION_EXPORT inline thread_local const ContextGuard
    *innermost_guard = nullptr;
} // namespace detail

class [[nodiscard]] ContextGuard {
public:
  explicit ContextGuard(const UserExecutionContext &context)
      : context_(detail::ContextAccess::copy_for_this_thread(context)),
        outer_(detail::innermost_guard) {
    detail::innermost_guard = this;
  }
  ContextGuard(const ContextGuard &) = delete;
  ContextGuard &operator=(const ContextGuard &) = delete;
  // Only as a local or a member of one.
  static void *operator new(std::size_t) = delete;
  static void *operator new[](std::size_t) = delete;

  ~ContextGuard() {
    if (detail::innermost_guard != this)
      detail::fail_fast("a ContextGuard was destroyed on another thread, or "
                        "before a guard made later");
    detail::innermost_guard = outer_;
  }

  [[nodiscard]] const UserExecutionContext &context() const noexcept {
    return context_;
  }

private:
  const UserExecutionContext context_;
  const ContextGuard *const outer_;
};

} // namespace isolation

#endif // ISOLATION_CONTEXT_GUARD_H
