#include "agents/chat_handlers.h"

#include <future>
#include <memory>
#include <string>

#include "agents/execution_engine_factory.h"
#include "agents/websocket_manager_factory.h"

namespace agents {

ChatReply handle_chat(const ChatRequest& request) {
  start_run(request);
  const std::string prompt = compose_prompt(request.user_context(), request.message());
  const std::string answer =
      create_execution_engine_factory(request.user_context())
          .execute(request.user_context(), request.thread_id(), prompt, request.effort());
  return ReplyBuilder(request.user_context(), request.thread_id()).build(answer);
}

ChatReply handle_background_chat(const ChatRequest& request, Worker& worker) {
  auto reply = std::make_shared<std::promise<ChatReply>>();
  std::future<ChatReply> replied = reply->get_future();

  worker.submit(Job{request, [request, reply](const std::string& answer) {
                      create_websocket_manager_factory(request.user_context()).last()->send("done");
                      const ReplyBuilder builder(request.user_context(), request.thread_id());
                      reply->set_value(builder.build(answer));
                    }});
  return replied.get();
}

}  // namespace agents
