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

class [[nodiscard]] ContextGuard {
public:
  explicit ContextGuard(const UserExecutionContext &context)
      : context_(detail::ContextAccess::copy_for_this_thread(context)),
        entry_(&context_) {
    entry_.push();
  }
  explicit ContextGuard(UserExecutionContext &&context)
      : context_(std::move(context)), entry_(&context_) {
    detail::ContextAccess::scope(context_); // refuses one that was moved from
class ISOLATION_ABI ContextGuard;

namespace detail {
#if ISOLATION_CHECKED
ISOLATION_ABI void watch_thread_end() noexcept;
#else
inline void watch_thread_end() noexcept {}
#endif
/// The innermost guard of the calling thread.
ISOLATION_PROCESS_WIDE ISOLATION_EXPORT inline thread_local const ContextGuard
    *innermost_guard = nullptr;
} // namespace detail
class ISOLATION_ABI ContextGuard {
  [[nodiscard]] explicit ContextGuard(
      const UserExecutionContext &context ISOLATION_PLACE_PARAMETER)
      : context_(detail::ContextAccess::copy_for_this_thread(
            context ISOLATION_PLACE)),
        outer_(detail::innermost_guard)
        ,
        place_(place)
  {
    detail::watch_thread_end();
    detail::innermost_guard = this;
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

#if ISOLATION_CHECKED
  [[nodiscard]] detail::Place place() const noexcept { return place_; }
#endif

private:
  const UserExecutionContext context_;
  detail::AmbientEntry entry_;
  const ContextGuard *const outer_;
#if ISOLATION_CHECKED
  const detail::Place place_;
#endif
};

/// For who runs tasks on threads of a pool: no task is running now, so none may
/// have left its ambient context behind. Checked builds report if one has, and
/// once more when the thread ends.
ISOLATION_ABI inline void expect_idle_thread() noexcept {
#if ISOLATION_CHECKED
  if (const ContextGuard *const left = detail::innermost_guard)
    detail::report_or_abort({FaultKind::AmbientContextLeft,
                             {},
                             detail::hashed(left->context().user_id()),
                             0,
                             left->place(),
                             {}});
#endif
}

namespace detail {
#if ISOLATION_CHECKED
inline void watch_thread_end() noexcept {
  struct AtEnd {
    ~AtEnd() { expect_idle_thread(); }
  };
  static thread_local AtEnd at_end;
  static_cast<void>(at_end);
}
#endif
} // namespace detail

} // namespace isolation

#endif // ISOLATION_CONTEXT_GUARD_H
