#include "agents/thread_run_registry.h"

namespace agents {

ThreadRunRegistry& ThreadRunRegistry::create(const isolation::UserExecutionContext& user_context) {
  return slot_.get_or_create(user_context, [] { return ThreadRunRegistry(); });
}

void ThreadRunRegistry::bind(const std::string& thread_id, const std::string& run_id) {
  std::lock_guard<std::mutex> lock(runs_mutex_);
  runs_[thread_id] = run_id;
}

std::string ThreadRunRegistry::run_of(const std::string& thread_id) const {
  std::lock_guard<std::mutex> lock(runs_mutex_);
  const auto run = runs_.find(thread_id);
  return run == runs_.end() ? std::string() : run->second;
}

}  // namespace agents
