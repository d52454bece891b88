#include "agents/http_server.h"

#include <httplib.h>

#include <cstdio>
#include <string>
#include <utility>

#include "agents/chat_handlers.h"

namespace agents {

namespace {

constexpr int kThreads = 32;
constexpr int kRequestsPerConnection = 10000;

ChatRequest read_chat_request(const httplib::Request& http) {
  isolation::UserExecutionContext user_context = isolation::UserExecutionContext::create(
      {.user_id = http.get_header_value("X-User-Id"),
       .thread_id = http.get_header_value("X-Thread-Id"),
       .run_id = http.get_header_value("X-Run-Id"),
       .request_id = http.get_header_value("X-Request-Id")});
  const Effort effort = http.get_param_value("effort") == "high" ? Effort::kHigh : Effort::kLow;
  return ChatRequest(std::move(user_context), http.get_param_value("agent"), http.body, effort);
}

std::string quoted(const std::string& text) {
  std::string json = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      json += '\\';
      json += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      char escape[8];
      std::snprintf(escape, sizeof escape, "\\u%04x", static_cast<unsigned>(c));
      json += escape;
    } else {
      json += c;
    }
  }
  return json + "\"";
}

std::string to_json(const ChatReply& reply) {
  return "{\"user\":" + quoted(reply.user_id) + ",\"run\":" + quoted(reply.run_id) +
         ",\"connection\":" + quoted(reply.connection_id) + ",\"answer\":" + quoted(reply.answer) +
         "}\n";
}

}  // namespace

HttpServer::HttpServer() : server_(std::make_unique<httplib::Server>()) {
  server_->new_task_queue = [] { return new httplib::ThreadPool(kThreads); };
  server_->set_keep_alive_max_count(kRequestsPerConnection);
  server_->set_tcp_nodelay(true);

  server_->Post("/chat", [this](const httplib::Request& http, httplib::Response& response) {
    reply_to(http, response, handle_chat);
  });
  server_->Post("/chat/background",
                [this](const httplib::Request& http, httplib::Response& response) {
                  reply_to(http, response, [this](const ChatRequest& request) {
                    return handle_background_chat(request, worker_);
                  });
                });
}

HttpServer::~HttpServer() = default;

int HttpServer::bind(int port) {
  if (port == 0) {
    return server_->bind_to_any_port("127.0.0.1");
  }
  return server_->bind_to_port("127.0.0.1", port) ? port : -1;
}

void HttpServer::listen() { server_->listen_after_bind(); }

void HttpServer::stop() { server_->stop(); }

void HttpServer::reply_to(const httplib::Request& http, httplib::Response& response,
                          const ChatHandler& handler) const {
  try {
    response.set_content(to_json(handler(read_chat_request(http))), "application/json");
  } catch (const isolation::InvalidContextError& error) {
    response.status = 400;
    response.set_content(std::string(error.what()) + "\n", "text/plain");
  }
}

}  // namespace agents
