#pragma once

#include <isolation/user_execution_context.h>

#include <string>
#include <utility>

namespace agents {

/// How long the model may think about an answer.
enum class Effort { kLow, kHigh };

/// One request as it arrived at the border of the server: who asks, for which agent, and what.
class ChatRequest {
 public:
  ChatRequest(isolation::UserExecutionContext user_context, std::string agent, std::string message,
              Effort effort = Effort::kLow)
      : user_context_(std::move(user_context)),
        agent_(std::move(agent)),
        message_(std::move(message)),
        effort_(effort) {}

  const isolation::UserExecutionContext& user_context() const { return user_context_; }
  std::string user_id() const { return std::string(user_context_.user_id()); }
  std::string thread_id() const { return std::string(user_context_.thread_id()); }
  std::string run_id() const { return std::string(user_context_.run_id()); }
  const std::string& agent() const { return agent_; }
  const std::string& message() const { return message_; }
  Effort effort() const { return effort_; }

 private:
  isolation::UserExecutionContext user_context_;
  std::string agent_;
  std::string message_;
  Effort effort_;
};

}  // namespace agents
