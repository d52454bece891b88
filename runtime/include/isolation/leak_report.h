// LeakReport: requests that live longer than they should, and who holds them.
//
// Example:
//
//   #include <isolation/leak_report.h>
//   #include <chrono>
//   #include <cstdio>
//
//   void watchdog() {
//     const auto report =
//         isolation::LeakReport::of_requests_older_than(std::chrono::minutes(5));
//     if (!report.requests().empty())
//       std::fputs(report.text().c_str(), stderr);
//   }
//
// Shape: a snapshot. For each request that has neither ended nor lost its last
// handle: its user and itself as hashes, where it was begun, its age, and each
// handle that keeps it: where that was made, and on which thread. Handles that
// are part of the request's own objects keep nothing and are left out.
// Only checked builds know (ISOLATION_CHECKED); in others available() is false
// and the report empty. Thread-safety: any thread, at any time.
// Errors: std::bad_alloc.

#ifndef ISOLATION_LEAK_REPORT_H
#define ISOLATION_LEAK_REPORT_H

#include <isolation/detail/checks.h>
#include <isolation/detail/place.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace isolation {

class ISOLATION_ABI LeakReport {
public:
  struct Holder {
    detail::Place made;
    std::thread::id thread;
  };
  struct Request {
    std::uint64_t user;    // hash
    std::uint64_t request; // hash
    detail::Place begun;
    std::chrono::steady_clock::duration age;
    std::vector<Holder> holders;
  };

  [[nodiscard]] static constexpr bool available() noexcept {
    return ISOLATION_CHECKED != 0;
  }

  [[nodiscard]] static LeakReport of_requests_older_than(
      [[maybe_unused]] std::chrono::steady_clock::duration limit) {
    LeakReport report;
#if ISOLATION_CHECKED
    const auto now = std::chrono::steady_clock::now();
    for (const auto &held :
         detail::CheckedRegistry::instance().begun_before(now - limit)) {
      Request request{held.store.user,
                      held.store.request,
                      held.store.place,
                      now - held.store.begun,
                      {}};
      for (const auto &handle : held.handles)
        request.holders.push_back({handle.place, handle.thread});
      report.requests_.push_back(std::move(request));
    }
#endif
    return report;
  }

  [[nodiscard]] const std::vector<Request> &requests() const noexcept {
    return requests_;
  }

  /// One line a request, and one for each of its holders.
  [[nodiscard]] std::string text() const {
    using std::chrono::duration_cast;
    using std::chrono::milliseconds;
    std::string out;
    for (const Request &request : requests_) {
      out += "request begun at " + text_of(request.begun) + " lives for " +
             std::to_string(duration_cast<milliseconds>(request.age).count()) +
             " ms\n";
      for (const Holder &holder : request.holders)
        out += "  held by a context made at " + text_of(holder.made) + "\n";
    }
    return out;
  }

private:
  static std::string text_of(const detail::Place &place) {
    return place.line == 0
               ? "an unknown place"
               : std::string(place.file) + ":" + std::to_string(place.line);
  }

  std::vector<Request> requests_;
};

} // namespace isolation

#endif // ISOLATION_LEAK_REPORT_H
