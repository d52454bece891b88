// AmbientSegment: the part of a thread's ambient list that a coroutine brought.
//
//     thread 1:  boundary ◄─ base ◄─ guard        base … guard: the coroutine's
//       co_await: takes both off; thread 1 shows what it showed before
//     thread 2:  other guard ◄─ base ◄─ guard     put on where it is resumed
//
// So a ContextGuard that is a local of the coroutine holds across suspension
// and thread hops, and the thread left behind keeps nothing of it.
//
// attach() and detach() are never inlined: a compiler may keep the address of a
// thread-local variable in a coroutine's frame (clang before 17), and after the
// hop it is another thread's.

#ifndef ISOLATION_DETAIL_AMBIENT_SEGMENT_H
#define ISOLATION_DETAIL_AMBIENT_SEGMENT_H

#include <isolation/detail/ambient_entry.h>
#include <isolation/detail/config.h>

namespace isolation::detail {

class AmbientSegment {
public:
  /// Starts off every list, showing `context` (null: none) once attached.
  explicit AmbientSegment(const UserExecutionContext *context) noexcept
      : base_(context) {
    base_.suspended = true;
  }
  AmbientSegment(const AmbientSegment &) = delete;
  AmbientSegment &operator=(const AmbientSegment &) = delete;
  ~AmbientSegment() { base_.pop(); }

  /// Puts the entries on the calling thread's list, if they are on none.
  ISOLATION_NOINLINE void attach() noexcept {
    if (!base_.suspended)
      return;
    base_.outer = innermost_ambient;
    innermost_ambient = innermost_;
    mark(false);
  }

  /// Takes them off, if they are on the calling thread's.
  ISOLATION_NOINLINE void detach() noexcept {
    if (base_.suspended)
      return;
    innermost_ = innermost_ambient;
    mark(true);
    innermost_ambient = base_.outer;
  }

private:
  void mark(bool suspended) noexcept {
    AmbientEntry *entry = innermost_;
    for (; entry && entry != &base_; entry = entry->outer)
      entry->suspended = suspended;
    if (!entry)
      fail_fast("a coroutine was suspended on another thread than it ran on");
    base_.suspended = suspended;
  }

  AmbientEntry base_;
  AmbientEntry *innermost_ = &base_; // of this segment, while it is on no list
};

} // namespace isolation::detail

#endif // ISOLATION_DETAIL_AMBIENT_SEGMENT_H
