#include "agents/conversation.h"

#include <utility>

#include "agents/agent_instance_factory.h"
#include "agents/thread_run_registry.h"
#include "agents/websocket_manager_factory.h"

namespace agents {

namespace {

std::string speaker() { return get_agent_instance_factory().configured_user(); }

std::string connection_in_use() { return get_websocket_manager_factory().last()->connection_id(); }

}  // namespace

void start_run(const ChatRequest& request) {
  get_agent_instance_factory().configure(request.user_id(), request.agent());
  ThreadRunRegistry::instance().bind(request.thread_id(), request.run_id());
  get_websocket_manager_factory().open("connection-of-" + request.user_id());
}

std::string compose_prompt(const std::string& message) { return speaker() + " says: " + message; }

ReplyBuilder::ReplyBuilder(std::string thread_id) : thread_id_(std::move(thread_id)) {}

ChatReply ReplyBuilder::build(const std::string& answer) const {
  return ChatReply{.user_id = speaker(),
                   .run_id = run_id(),
                   .connection_id = connection_in_use(),
                   .answer = answer};
}

std::string ReplyBuilder::run_id() const {
  return ThreadRunRegistry::instance().run_of(thread_id_);
}

}  // namespace agents
