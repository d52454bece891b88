#pragma once

#include <isolation/per_request.h>
#include <isolation/user_execution_context.h>

#include <map>
#include <mutex>
#include <string>

namespace agents {

/// Which run is under way in which conversation thread.
class ThreadRunRegistry {
 public:
  static ThreadRunRegistry& create(const isolation::UserExecutionContext& user_context);

  ThreadRunRegistry(const ThreadRunRegistry&) = delete;
  ThreadRunRegistry& operator=(const ThreadRunRegistry&) = delete;

  void bind(const std::string& thread_id, const std::string& run_id);

  /// The run bound last to `thread_id`; empty if there is none.
  std::string run_of(const std::string& thread_id) const;

 private:
  ThreadRunRegistry() = default;

  static constexpr isolation::PerRequest<ThreadRunRegistry> slot_{};

  mutable std::mutex runs_mutex_;
  std::map<std::string, std::string> runs_;
};

}  // namespace agents
