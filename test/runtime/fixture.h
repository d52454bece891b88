// What the runtime's suites share: contexts, and a log of who lived when.

#ifndef ISOLATION_TEST_RUNTIME_FIXTURE_H
#define ISOLATION_TEST_RUNTIME_FIXTURE_H

#include <isolation/isolation.h>

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace isolation_test {

inline isolation::UserExecutionContext context_of(const std::string &user) {
  return isolation::UserExecutionContext::create(
      isolation::Identity{user, "thread-" + user, "run-" + user, {}, {}});
}

/// Events in the order in which they happened.
class Log {
public:
  void add(const std::string &event) {
    const std::lock_guard<std::mutex> lock(mutex_);
    events_.push_back(event);
  }
  std::string text() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    std::string joined;
    for (const std::string &event : events_)
      joined += (joined.empty() ? "" : " ") + event;
    return joined;
  }

private:
  mutable std::mutex mutex_;
  std::vector<std::string> events_;
};

/// Says in a log when it is made and destroyed. Neither copyable nor movable.
class Noted {
public:
  Noted(Log &log, std::string name) : log_(log), name_(std::move(name)) {
    log_.add("+" + name_);
  }
  Noted(const Noted &) = delete;
  Noted &operator=(const Noted &) = delete;
  ~Noted() { log_.add("-" + name_); }

private:
  Log &log_;
  std::string name_;
};

/// Lets threads wait for each other at named points of a test.
class Signal {
public:
  void raise() {
    // Notifies under the lock: who waits may destroy this as soon as it can.
    const std::lock_guard<std::mutex> lock(mutex_);
    raised_ = true;
    changed_.notify_all();
  }
  void wait() {
    std::unique_lock<std::mutex> lock(mutex_);
    changed_.wait(lock, [&] { return raised_; });
  }

private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool raised_ = false;
};

/// For a test that does on purpose what a checked build takes for a fault.
class IgnoredFaults {
public:
  IgnoredFaults()
      : before_(isolation::set_isolation_fault_handler(
            [](const isolation::IsolationFault &) {})) {}
  IgnoredFaults(const IgnoredFaults &) = delete;
  IgnoredFaults &operator=(const IgnoredFaults &) = delete;
  ~IgnoredFaults() { isolation::set_isolation_fault_handler(before_); }

private:
  const isolation::IsolationFaultHandler before_;
};

} // namespace isolation_test

#endif // ISOLATION_TEST_RUNTIME_FIXTURE_H
