#pragma once

#include <isolation/user_execution_context.h>

#include <string>

#include "agents/chat_request.h"

namespace agents {

/// What the user gets back.
struct ChatReply {
  std::string user_id;
  std::string run_id;
  std::string connection_id;
  std::string answer;
};

/// Makes the agent, the run and the connection of `request` the current ones.
void start_run(const ChatRequest& request);

/// The message as the model gets to see it: with the name of who says it.
std::string compose_prompt(const isolation::UserExecutionContext& user_context,
                           const std::string& message);

/// Completes an answer with what the user's client needs to show it in the right place.
class ReplyBuilder {
 public:
  explicit ReplyBuilder(const isolation::UserExecutionContext& user_context, std::string thread_id);

  ChatReply build(const std::string& answer) const;

 private:
  std::string run_id() const;

  isolation::UserExecutionContext user_context_;
  std::string thread_id_;
};

}  // namespace agents
