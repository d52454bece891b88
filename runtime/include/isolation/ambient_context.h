// The ambient context: for code that cannot be handed one.
//
// Example:
//
//   #include <isolation/ambient_context.h>
//   #include <functional>
//   #include <string>
//
//   // A callback whose signature belongs to somebody else.
//   void on_event(const char *event) {
//     const isolation::UserExecutionContext user_context =
//         isolation::current_context();
//     std::string note = std::string(user_context.user_id()) + event;
//   }
//   std::function<void(const char *)>
//   subscription(const isolation::UserExecutionContext &user_context) {
//     return isolation::bind(user_context, &on_event);
//   }
//
// The rule: the innermost ContextGuard of the thread, unless a TaskBoundary or
// a coroutine without a context lies inside it; without one the ProcessContext
// that the program installed; without that NoContextError. Never a silent
// default, and nothing is inherited by threads: bind() carries it. While a
// request's objects are destroyed, guards of other requests do not count.

#ifndef ISOLATION_AMBIENT_CONTEXT_H
#define ISOLATION_AMBIENT_CONTEXT_H

#include <isolation/bind.h>
#include <isolation/context_guard.h>
#include <isolation/detail/ambient_entry.h>
#include <isolation/no_context_error.h>
#include <isolation/process_context.h>

#include <optional>
#include <utility>

namespace isolation {

/// By value: what it returns may be kept.
[[nodiscard]] inline UserExecutionContext current_context() {
  const detail::AmbientEntry *entry = detail::innermost_ambient;
  if (entry && entry->context)
    return detail::ContextAccess::copy_for_this_thread(*entry->context);
  if (std::optional<UserExecutionContext> process = ProcessContext::current())
    return *std::move(process);
  detail::raise(NoContextError());
}

} // namespace isolation

#endif // ISOLATION_AMBIENT_CONTEXT_H
