#include "agents/conversation.h"

#include <isolation/user_execution_context.h>

#include <utility>

#include "agents/agent_instance_factory.h"
#include "agents/thread_run_registry.h"
#include "agents/websocket_manager_factory.h"

namespace agents {

namespace {

std::string speaker(const isolation::UserExecutionContext& user_context) {
  return create_agent_instance_factory(user_context).configured_user();
}

std::string connection_in_use(const isolation::UserExecutionContext& user_context) {
  return create_websocket_manager_factory(user_context).last()->connection_id();
}

}  // namespace

void start_run(const ChatRequest& request) {
  create_agent_instance_factory(request.user_context())
      .configure(request.user_id(), request.agent());
  ThreadRunRegistry::create(request.user_context()).bind(request.thread_id(), request.run_id());
  create_websocket_manager_factory(request.user_context())
      .open("connection-of-" + request.user_id());
}

std::string compose_prompt(const isolation::UserExecutionContext& user_context,
                           const std::string& message) {
  return speaker(user_context) + " says: " + message;
}

ReplyBuilder::ReplyBuilder(const isolation::UserExecutionContext& user_context,
                           std::string thread_id)
    : user_context_(user_context), thread_id_(std::move(thread_id)) {}

ChatReply ReplyBuilder::build(const std::string& answer) const {
  return ChatReply{.user_id = speaker(user_context_),
                   .run_id = run_id(),
                   .connection_id = connection_in_use(user_context_),
                   .answer = answer};
}

std::string ReplyBuilder::run_id() const {
  return ThreadRunRegistry::create(user_context_).run_of(thread_id_);
}

}  // namespace agents
