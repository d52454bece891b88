// A thread pool as programs write it: it knows nothing of contexts.

#ifndef ISOLATION_TEST_RUNTIME_POOL_H
#define ISOLATION_TEST_RUNTIME_POOL_H

#include <isolation/task_boundary.h>

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace isolation_test {

class Pool {
public:
  explicit Pool(int threads) {
    for (int i = 0; i != threads; ++i)
      threads_.emplace_back([this] { work(); });
  }
  Pool(const Pool &) = delete;
  Pool &operator=(const Pool &) = delete;
  /// Runs what was posted, then ends.
  ~Pool() {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      stopping_ = true;
    }
    changed_.notify_all();
    for (std::thread &thread : threads_)
      thread.join();
  }

  void post(std::function<void()> task) {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      tasks_.push_back(std::move(task));
    }
    changed_.notify_one();
  }

  /// As executors call it.
  template <class Task> void execute(Task &&task) {
    post(std::forward<Task>(task));
  }

  /// Runs `task` on the pool and waits; its exceptions arrive here.
  template <class Task> void run(Task task) {
    auto packaged =
        std::make_shared<std::packaged_task<void()>>(std::move(task));
    std::future<void> done = packaged->get_future();
    post([packaged] { (*packaged)(); });
    done.get();
  }

private:
  void work() {
    std::unique_lock<std::mutex> lock(mutex_);
    for (;;) {
      changed_.wait(lock, [this] { return stopping_ || !tasks_.empty(); });
      if (tasks_.empty())
        return;
      {
        const std::function<void()> task = std::move(tasks_.front());
        tasks_.pop_front();
        lock.unlock();
        const isolation::TaskBoundary boundary;
        task();
      }
      lock.lock();
    }
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> tasks_;
  bool stopping_ = false;
  std::vector<std::thread> threads_; // last: they use the others
};

} // namespace isolation_test

#endif // ISOLATION_TEST_RUNTIME_POOL_H
