// RequestDetails: the optional part of a context, besides its ids.
//
// Example:
//
//   #include <isolation/request_details.h>
//   #include <chrono>
//
//   void serve(isolation::CancellationSource &connection) {
//     isolation::RequestDetails details;
//     details.created_at = std::chrono::system_clock::now();
//     details.deadline =
//         std::chrono::steady_clock::now() + std::chrono::seconds(2);
//     details.cancellation = connection.token();
//     const auto context = isolation::UserExecutionContext::create(
//         isolation::Identity{"user-1", "thread-1", "run-1"}, details);
//     while (!context.cancelled() && !context.expired()) {
//       // ... the next part of the work
//       break;
//     }
//   }
//
// Shape: an aggregate; what is left out is absent. A cancellation is asked for
// through its source and seen by every context that has a token of it.
// Ownership: the context keeps a copy for as long as the request lives.
// Thread-safety: sources and tokens from any thread. Errors: none here.

#ifndef ISOLATION_REQUEST_DETAILS_H
#define ISOLATION_REQUEST_DETAILS_H

#include <isolation/metadata.h>
#include <isolation/user_execution_context.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace isolation {

/// Whether somebody asked to stop. One without a source never says so.
class CancellationToken {
public:
  CancellationToken() noexcept = default;

  [[nodiscard]] bool requested() const noexcept {
    return requested_ && requested_->load(std::memory_order_acquire);
  }

private:
  friend class CancellationSource;
  explicit CancellationToken(
      std::shared_ptr<const std::atomic<bool>> requested) noexcept
      : requested_(std::move(requested)) {}

  std::shared_ptr<const std::atomic<bool>> requested_;
};

class CancellationSource {
public:
  CancellationSource()
      : requested_(std::make_shared<std::atomic<bool>>(false)) {}

  void request() noexcept {
    requested_->store(true, std::memory_order_release);
  }
  [[nodiscard]] CancellationToken token() const noexcept {
    return CancellationToken(requested_);
  }

private:
  std::shared_ptr<std::atomic<bool>> requested_;
};

struct RequestDetails {
  std::optional<std::chrono::system_clock::time_point> created_at{};
  std::optional<std::chrono::steady_clock::time_point> deadline{};
  CancellationToken cancellation{};
  Metadata metadata{};

  /// Whether the deadline, if there is one, has passed.
  [[nodiscard]] bool expired() const {
    return deadline && std::chrono::steady_clock::now() >= *deadline;
  }

  /// For printing a context: adds what may be printed.
  static void append(std::string &out, const RequestDetails &details) {
    details.metadata.for_each_public(
        [&](std::string_view name, const std::string &text) {
          detail::append_field(out, name, text);
        });
  }
};

} // namespace isolation

#endif // ISOLATION_REQUEST_DETAILS_H
