#include "agents/worker.h"

#include <exception>
#include <iostream>
#include <utility>

#include "agents/conversation.h"
#include "agents/execution_engine_factory.h"

namespace agents {

Worker::Worker() : thread_([this] { run(); }) {}

Worker::~Worker() {
  {
    std::lock_guard<std::mutex> lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

void Worker::submit(Job job) {
  {
    std::lock_guard<std::mutex> lock(mutex_);
    jobs_.push_back(std::move(job));
  }
  changed_.notify_one();
}

void Worker::run() {
  while (const std::optional<Job> job = next()) {
    try {
      process(*job);
    } catch (const std::exception& error) {
      std::cerr << "job failed: " << error.what() << '\n';
    }
  }
}

void Worker::process(const Job& job) {
  const ChatRequest& request = job.request;
  start_run(request);
  const std::string prompt = compose_prompt(request.message());
  job.on_answer(
      get_execution_engine_factory().execute(request.thread_id(), prompt, request.effort()));
}

std::optional<Job> Worker::next() {
  std::unique_lock<std::mutex> lock(mutex_);
  changed_.wait(lock, [this] { return stopping_ || !jobs_.empty(); });
  if (jobs_.empty()) {
    return std::nullopt;
  }
  Job job = std::move(jobs_.front());
  jobs_.pop_front();
  return job;
}

}  // namespace agents
