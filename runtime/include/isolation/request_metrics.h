// RequestMetrics: counts requests, and objects by type, over many requests.
//
// Example:
//
//   #include <isolation/request_metrics.h>
//   #include <cstdio>
//   #include <memory>
//
//   class Server {
//   public:
//     void serve(const isolation::UserExecutionContext &user_context) {
//       isolation::observe(user_context, metrics_);
//       // … handle the request …
//     }
//     void report() const {
//       const auto now = metrics_->read();
//       std::printf("%llu requests active\n",
//                   static_cast<unsigned long long>(now.active_requests));
//       for (const auto &type : now.types)
//         std::printf("%s: %llu made\n", type.name.c_str(),
//                     static_cast<unsigned long long>(type.created));
//     }
//
//   private:
//     std::shared_ptr<isolation::RequestMetrics> metrics_ =
//         std::make_shared<isolation::RequestMetrics>();
//   };
//
// Shape: one observer for all requests of a server; read() gives a consistent
// copy. How to hand events on to OpenTelemetry shows
// test/runtime/open_telemetry.h. Ownership: the server and each observed
// request hold it. Thread-safety: any thread; one lock, held for an addition.
// Errors: read() may run out of memory; counting a type's first object may too,
// and then ends the program, as in any noexcept function.

#ifndef ISOLATION_REQUEST_METRICS_H
#define ISOLATION_REQUEST_METRICS_H

#include <isolation/request_observer.h>

#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace isolation {

class RequestMetrics final : public RequestObserver {
public:
  struct Type {
    std::string name{};
    std::uint64_t created = 0;
    std::uint64_t failed = 0;
    std::uint64_t destroyed = 0;
    /// In factories, theirs and what they created on their way.
    Duration creating{};

    [[nodiscard]] std::uint64_t alive() const noexcept {
      return created - destroyed;
    }
  };

  struct Reading {
    std::uint64_t begun_requests = 0;
    std::uint64_t active_requests = 0;
    /// Of those that ended.
    Duration serving{};
    std::vector<Type> types{}; // by name
  };

  [[nodiscard]] Reading read() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    Reading copy = totals_;
    copy.types.reserve(types_.size());
    for (const auto &[name, type] : types_) {
      copy.types.push_back(type);
      copy.types.back().name = name;
    }
    return copy;
  }

  void on_begin() noexcept override {
    const std::lock_guard<std::mutex> lock(mutex_);
    ++totals_.begun_requests;
    ++totals_.active_requests;
  }
  void on_created(std::string_view type, Duration took) noexcept override {
    const std::lock_guard<std::mutex> lock(mutex_);
    Type &counts = types_[type];
    ++counts.created;
    counts.creating += took;
  }
  void on_failed(std::string_view type, Duration took) noexcept override {
    const std::lock_guard<std::mutex> lock(mutex_);
    Type &counts = types_[type];
    ++counts.failed;
    counts.creating += took;
  }
  void on_destroyed(std::string_view type) noexcept override {
    const std::lock_guard<std::mutex> lock(mutex_);
    ++types_[type].destroyed;
  }
  void on_end(Duration took) noexcept override {
    const std::lock_guard<std::mutex> lock(mutex_);
    --totals_.active_requests;
    totals_.serving += took;
  }

private:
  mutable std::mutex mutex_;
  Reading totals_;                         // guarded by mutex_; no types in it
  std::map<std::string_view, Type> types_; // guarded by mutex_
};

} // namespace isolation

#endif // ISOLATION_REQUEST_METRICS_H
