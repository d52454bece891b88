// Identity: who is being served, as UserExecutionContext::create takes it.
//
// Example:
//
//   #include <isolation/user_execution_context.h>
//
//   isolation::UserExecutionContext begin() {
//   #if __cplusplus >= 202002L
//     return isolation::UserExecutionContext::create(
//         isolation::Identity{.user_id = "user-1", .thread_id = "thread-7",
//                             .run_id = "run-3"});
//   #else
//     return isolation::UserExecutionContext::create(
//         isolation::Identity{"user-1", "thread-7", "run-3"});
//   #endif
//   }
//
// Shape: an aggregate. user_id, thread_id (the conversation, not an OS thread)
// and run_id are required; request_id is generated when absent or empty;
// websocket_client_id is optional, but not empty when given.
// Lifetime: see IdText. Thread-safety: a value. Errors: nothing is checked
// here.

#ifndef ISOLATION_IDENTITY_H
#define ISOLATION_IDENTITY_H

#include <isolation/id_text.h>

namespace isolation {

// The `{}` keep -Wmissing-field-initializers quiet for ids that are left out.
struct Identity {
  IdText user_id{};
  IdText thread_id{};
  IdText run_id{};
  IdText request_id{};
  IdText websocket_client_id{};
};

} // namespace isolation

#endif // ISOLATION_IDENTITY_H
