#include "agents/websocket_manager_factory.h"

#include <utility>

namespace agents {

WebSocketManagerFactory& get_websocket_manager_factory() {
  static WebSocketManagerFactory factory;
  return factory;
}

WebSocketManager::WebSocketManager(std::string connection_id)
    : connection_id_(std::move(connection_id)) {}

void WebSocketManager::send(const std::string& event) {
  std::lock_guard<std::mutex> lock(mutex_);
  sent_.push_back(event);
}

std::vector<std::string> WebSocketManager::sent() const {
  std::lock_guard<std::mutex> lock(mutex_);
  return sent_;
}

std::shared_ptr<WebSocketManager> WebSocketManagerFactory::open(const std::string& connection_id) {
  auto manager = std::make_shared<WebSocketManager>(connection_id);
  std::lock_guard<std::mutex> lock(mutex_);
  last_ = manager;
  return manager;
}

std::shared_ptr<WebSocketManager> WebSocketManagerFactory::last() const {
  std::lock_guard<std::mutex> lock(mutex_);
  return last_;
}

}  // namespace agents
