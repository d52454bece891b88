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
