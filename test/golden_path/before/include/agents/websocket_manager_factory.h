#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace agents {

/// What is sent to one connection of one user.
class WebSocketManager {
 public:
  explicit WebSocketManager(std::string connection_id);

  const std::string& connection_id() const { return connection_id_; }
  void send(const std::string& event);
  std::vector<std::string> sent() const;

 private:
  const std::string connection_id_;
  mutable std::mutex mutex_;
  std::vector<std::string> sent_;
};

/// Hands out a manager for each connection and remembers the last one.
class WebSocketManagerFactory {
 public:
  std::shared_ptr<WebSocketManager> open(const std::string& connection_id);

  /// The manager handed out last; null before the first.
  std::shared_ptr<WebSocketManager> last() const;

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<WebSocketManager> last_;
};

WebSocketManagerFactory& get_websocket_manager_factory();

}  // namespace agents
