// TaskBoundary: between one task of a pooled thread and the next.
//
// Example:
//
//   #include <isolation/task_boundary.h>
//   #include <functional>
//
//   // The loop of a pool's thread, or whatever calls tasks of unknown origin.
//   template <class Queue> void work(Queue &queue) {
//     std::function<void()> task;
//     while (queue.pop(task)) {
//       const isolation::TaskBoundary boundary;
//       task(); // sees only the context that it brings along, by bind()
//     }
//   }
//
// Two leaks end here. Inwards: a pool may run a task on the thread that submits
// it (when its queue is full, say), in the middle of somebody's request; inside
// the boundary the guards around it are not seen, so a task without a context
// of its own gets NoContextError instead of that user's identity. Outwards: a
// guard that a task leaves behind (in a coroutine it suspended, in an object it
// kept) is reported and taken off, so the next task does not find it; when it
// is destroyed later, that aborts.
//
// Reported to the fault handler; in checked builds, where it is known whose the
// guard was and where it was made, to the isolation fault handler instead, if
// there is one (FaultKind::AmbientContextLeft).
//
// Shape: an object on the stack. Thread-safety: concerns its own thread only.
// Errors: none thrown. Costs two thread-local accesses.

#ifndef ISOLATION_TASK_BOUNDARY_H
#define ISOLATION_TASK_BOUNDARY_H

#include <isolation/detail/ambient_entry.h>
#include <isolation/fault_handler.h>
#if ISOLATION_CHECKED
#include <isolation/context_guard.h>
#endif

#include <cstddef>

namespace isolation {

class ISOLATION_ABI TaskBoundary {
public:
  [[nodiscard]] TaskBoundary() noexcept : entry_(nullptr) { entry_.push(); }
  TaskBoundary(const TaskBoundary &) = delete;
  TaskBoundary &operator=(const TaskBoundary &) = delete;
  static void *operator new(std::size_t) = delete;
  static void *operator new[](std::size_t) = delete;

  ~TaskBoundary() {
    if (!entry_.suspended && detail::innermost_ambient != &entry_) {
      [[maybe_unused]] const void *const left =
          detail::innermost_ambient->context;
      detail::innermost_ambient = &entry_;
#if ISOLATION_CHECKED
      detail::checks::task_left(left);
#else
      detail::report_fault("a task left its ContextGuard behind on a pooled "
                           "thread; the next task would have run as that user");
#endif
    }
    entry_.pop();
  }

private:
  detail::AmbientEntry entry_;
};

} // namespace isolation

#endif // ISOLATION_TASK_BOUNDARY_H
