#pragma once

#include <isolation/user_execution_context.h>

#include <string>

#include "agents/chat_request.h"

namespace agents::testing {

/// The context of tests that do not care whose it is.
inline isolation::UserExecutionContext make_test_context() {
  return isolation::UserExecutionContext::create({.user_id = "tester",
                                                  .thread_id = "thread-of-tester",
                                                  .run_id = "run-of-tester",
                                                  .request_id = "request-of-tester"});
}

/// A request of the user `tester` for the agent `planner`.
inline ChatRequest make_test_request(const std::string& message) {
  return ChatRequest(make_test_context(), "planner", message);
}

}  // namespace agents::testing
