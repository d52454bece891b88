// AmbientEntry: one level of a thread's stack of ambient contexts.
//
// Each thread has a list of entries, innermost first. A ContextGuard is an
// entry with a context; a TaskBoundary is one without, which hides what lies
// below it; a coroutine keeps its part of the list while it is suspended and
// puts it on the list of whichever thread resumes it (AmbientSegment).
//
// Lifetime: an entry lives on the stack, or in a coroutine's frame. Thread
// safety: an entry is touched only by the thread on whose list it is, or, while
// it is on none, by whoever may resume or destroy the coroutine.

#ifndef ISOLATION_DETAIL_AMBIENT_ENTRY_H
#define ISOLATION_DETAIL_AMBIENT_ENTRY_H

#include <isolation/detail/config.h>
#include <isolation/detail/context_forward.h>
#include <isolation/fault_handler.h>

namespace isolation {

namespace detail {

struct AmbientEntry;

/// The calling thread's list.
ISOLATION_PROCESS_WIDE ISOLATION_EXPORT inline thread_local AmbientEntry
    *innermost_ambient = nullptr;

struct AmbientEntry {
  /// `shown` must outlive the entry; null hides the entries outside this one.
  explicit AmbientEntry(const UserExecutionContext *shown) noexcept
      : context(shown) {}
  AmbientEntry(const AmbientEntry &) = delete;
  AmbientEntry &operator=(const AmbientEntry &) = delete;

  // GCC 12 takes the address of a local for one that stays; pop() is what it
  // does not see.
#if defined(__GNUC__) && !defined(__clang__) && __GNUC__ >= 12
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdangling-pointer"
#endif
  void push() noexcept {
    outer = innermost_ambient;
    innermost_ambient = this;
  }
#if defined(__GNUC__) && !defined(__clang__) && __GNUC__ >= 12
#pragma GCC diagnostic pop
#endif

  /// What stays behind when the order is wrong is another user's identity, so
  /// nothing may go on then.
  void pop() noexcept {
    if (suspended)
      return; // goes with the frame of its coroutine, on no thread's list
    if (!ISOLATION_LIKELY(innermost_ambient == this))
      fail_fast("a ContextGuard was destroyed on another thread, or before a "
                "guard made later");
    innermost_ambient = outer;
  }

  const UserExecutionContext *const context;
  AmbientEntry *outer = nullptr;
  bool suspended = false; // on no thread's list, see AmbientSegment
};

} // namespace detail
} // namespace isolation

#endif // ISOLATION_DETAIL_AMBIENT_ENTRY_H
