#pragma once

#include <isolation/user_execution_context.h>

#include <cstddef>
#include <mutex>
#include <string>

#include "agents/chat_request.h"

namespace agents {

/// Makes an engine for each prompt and counts what the engines did.
class ExecutionEngineFactory {
 public:
  /// Lets the configured agent think about `prompt` and returns its answer, which is also sent to
  /// the user's connection.
  std::string execute(const isolation::UserExecutionContext& user_context,
                      const std::string& thread_id, const std::string& prompt, Effort effort);

  std::size_t executions() const;
  std::string last_answer() const;

 private:
  std::string conclude(const isolation::UserExecutionContext& user_context,
                       const std::string& thread_id) const;

  mutable std::mutex mutex_;
  std::size_t executions_ = 0;
  std::string last_answer_;
};

ExecutionEngineFactory& create_execution_engine_factory(
    const isolation::UserExecutionContext& user_context);

}  // namespace agents
