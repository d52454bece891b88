#pragma once

#include <mutex>
#include <string>
#include <vector>

namespace agents {

/// Makes the agent that answers the current run and keeps what it was told.
class AgentInstanceFactory {
 public:
  /// Starts a run of `agent` for `user_id`; notes of the run before are dropped.
  void configure(const std::string& user_id, const std::string& agent);

  /// Adds to what the configured agent knows.
  void remember(const std::string& note);

  std::string configured_user() const;
  std::string configured_agent() const;
  std::vector<std::string> notes() const;

 private:
  mutable std::mutex mutex_;
  std::string user_id_;
  std::string agent_;
  std::vector<std::string> notes_;
};

AgentInstanceFactory& get_agent_instance_factory();

}  // namespace agents
