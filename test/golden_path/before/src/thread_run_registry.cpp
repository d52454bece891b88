#include "agents/thread_run_registry.h"

namespace agents {

ThreadRunRegistry* ThreadRunRegistry::instance_ = nullptr;
std::mutex ThreadRunRegistry::mutex_;

ThreadRunRegistry& ThreadRunRegistry::instance() {
  if (instance_ == nullptr) {
    std::lock_guard<std::mutex> lock(mutex_);
    if (instance_ == nullptr) {
      instance_ = new ThreadRunRegistry();
    }
  }
  return *instance_;
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
