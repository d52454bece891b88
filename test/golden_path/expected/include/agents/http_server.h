#pragma once

#include <functional>
#include <memory>

#include "agents/conversation.h"
#include "agents/worker.h"

namespace httplib {
struct Request;
struct Response;
class Server;
}  // namespace httplib

namespace agents {

/// The server's border: HTTP requests become `ChatRequest`s here, replies become JSON.
///
///   POST /chat              answered at once
///   POST /chat/background   answered by the worker
///
/// Headers X-User-Id, X-Thread-Id, X-Run-Id and X-Request-Id say who asks; parameters `agent` and
/// `effort` (`low`, `high`) how to answer; the body is the message.
class HttpServer {
 public:
  HttpServer();
  ~HttpServer();

  /// Takes `port` of the loopback interface, or a free one if it is 0; returns it, -1 on failure.
  int bind(int port);

  /// Serves until another thread calls `stop`.
  void listen();
  void stop();

 private:
  using ChatHandler = std::function<ChatReply(const ChatRequest&)>;

  void reply_to(const httplib::Request& http, httplib::Response& response,
                const ChatHandler& handler) const;

  Worker worker_;
  std::unique_ptr<httplib::Server> server_;
};

}  // namespace agents
