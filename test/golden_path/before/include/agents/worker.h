#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "agents/chat_request.h"

namespace agents {

/// A request to be answered in the background, and what to do with the answer.
struct Job {
  ChatRequest request;
  std::function<void(const std::string& answer)> on_answer;
};

/// Answers jobs one after the other in a thread of its own. The destructor waits for those queued.
class Worker {
 public:
  Worker();
  ~Worker();

  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  void submit(Job job);

 private:
  void run();
  void process(const Job& job);
  std::optional<Job> next();

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Job> jobs_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace agents
