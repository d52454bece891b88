#include "agents/agent_instance_factory.h"

#include <isolation/per_request.h>

#include <memory>

namespace agents {

static constexpr isolation::PerRequest<AgentInstanceFactory> agent_instance_factory_slot;

AgentInstanceFactory& create_agent_instance_factory(
    const isolation::UserExecutionContext& user_context) {
  return agent_instance_factory_slot.get_or_create(
      user_context, [] { return std::make_unique<AgentInstanceFactory>(); });
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
