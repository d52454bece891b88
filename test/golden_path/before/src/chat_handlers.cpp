#include "agents/chat_handlers.h"

#include <future>
#include <memory>
#include <string>

#include "agents/execution_engine_factory.h"
#include "agents/websocket_manager_factory.h"

namespace agents {

ChatReply handle_chat(const ChatRequest& request) {
  start_run(request);
  const std::string prompt = compose_prompt(request.message());
  const std::string answer =
      get_execution_engine_factory().execute(request.thread_id(), prompt, request.effort());
  return ReplyBuilder(request.thread_id()).build(answer);
}

ChatReply handle_background_chat(const ChatRequest& request, Worker& worker) {
  auto reply = std::make_shared<std::promise<ChatReply>>();
  std::future<ChatReply> replied = reply->get_future();

  worker.submit(Job{request, [request, reply](const std::string& answer) {
                      get_websocket_manager_factory().last()->send("done");
                      const ReplyBuilder builder(request.thread_id());
                      reply->set_value(builder.build(answer));
                    }});
  return replied.get();
}

}  // namespace agents
