#include "agents/agent_instance_factory.h"

#include <memory>

namespace agents {

static std::unique_ptr<AgentInstanceFactory> _factory_instance;

AgentInstanceFactory& get_agent_instance_factory() {
  if (!_factory_instance) {
    _factory_instance = std::make_unique<AgentInstanceFactory>();
  }
  return *_factory_instance;
}

void AgentInstanceFactory::configure(const std::string& user_id, const std::string& agent) {
  std::lock_guard<std::mutex> lock(mutex_);
  user_id_ = user_id;
  agent_ = agent;
  notes_.clear();
}

void AgentInstanceFactory::remember(const std::string& note) {
  std::lock_guard<std::mutex> lock(mutex_);
  notes_.push_back(note);
}

std::string AgentInstanceFactory::configured_user() const {
  std::lock_guard<std::mutex> lock(mutex_);
  return user_id_;
}

std::string AgentInstanceFactory::configured_agent() const {
  std::lock_guard<std::mutex> lock(mutex_);
  return agent_;
}

std::vector<std::string> AgentInstanceFactory::notes() const {
  std::lock_guard<std::mutex> lock(mutex_);
  return notes_;
}

}  // namespace agents
