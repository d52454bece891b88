// All of isolation: one user's request sees that request's objects only.
//
// Example:
//
//   #include <isolation/isolation.h>
//   #include <iostream>
//   #include <string>
//   #include <vector>
//
//   // Before: std::vector<std::string> &history() { static … h; return h; }
//   std::vector<std::string> &
//   create_history(const isolation::UserExecutionContext &user_context) {
//     static constexpr isolation::PerRequest<std::vector<std::string>> slot;
//     return slot.get_or_create(user_context,
//                               [] { return std::vector<std::string>(); });
//   }
//
//   int main() {
//     using isolation::Identity;
//     using isolation::UserExecutionContext;
//     auto ann = UserExecutionContext::create(Identity{"ann", "t-1", "r-1"});
//     auto bob = UserExecutionContext::create(Identity{"bob", "t-2", "r-2"});
//     create_history(ann).push_back("ann's secret");
//     std::cout << create_history(bob).size() << '\n'; // 0
//   }
//
// Include the single headers where compile time matters: most code needs
// <isolation/user_execution_context.h>, accessors <isolation/per_request.h>.
// Not included here, because they need more than C++17 or are seldom needed:
// <isolation/coroutine.h> (C++20), <isolation/asio.h> and
// <isolation/boost_asio.h> (Asio); <isolation/request_metrics.h>, for who
// measures; and <isolation/forwarder.h>, for old accessors.

#ifndef ISOLATION_ISOLATION_H
#define ISOLATION_ISOLATION_H

#include <isolation/ambient_context.h>
#include <isolation/bind.h>
#include <isolation/context_executor.h>
#include <isolation/context_guard.h>
#include <isolation/creation_cycle_error.h>
#include <isolation/domain.h>
#include <isolation/error.h>
#include <isolation/fault_handler.h>
#include <isolation/id_text.h>
#include <isolation/identity.h>
#include <isolation/identity_rules.h>
#include <isolation/invalid_context_error.h>
#include <isolation/isolation_fault.h>
#include <isolation/leak_report.h>
#include <isolation/metadata.h>
#include <isolation/no_context_error.h>
#include <isolation/no_domain_error.h>
#include <isolation/override_guard.h>
#include <isolation/per_conversation.h>
#include <isolation/per_request.h>
#include <isolation/per_user.h>
#include <isolation/process_context.h>
#include <isolation/process_wide.h>
#include <isolation/request_details.h>
#include <isolation/request_ended_error.h>
#include <isolation/scoped.h>
#include <isolation/synchronised.h>
#include <isolation/task_boundary.h>
#include <isolation/test_override.h>
#include <isolation/user_execution_context.h>

#endif // ISOLATION_ISOLATION_H
