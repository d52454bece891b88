// RequestObserver: hears what a request creates and destroys, and when it ends.
//
// Example:
//
//   #include <isolation/request_observer.h>
//   #include <chrono>
//   #include <cstdio>
//   #include <memory>
//   #include <string_view>
//
//   class SlowFactories final : public isolation::RequestObserver {
//     void on_created(std::string_view type,
//                     std::chrono::nanoseconds took) noexcept override {
//       if (took > std::chrono::milliseconds(10))
//         std::fprintf(stderr, "slow: %.*s\n", static_cast<int>(type.size()),
//                      type.data());
//     }
//   };
//
//   void serve(const isolation::UserExecutionContext &user_context,
//              const std::shared_ptr<SlowFactories> &observer) {
//     isolation::observe(user_context, observer); // first of all
//     // … handle the request …
//   }
//
// Shape: a base class whose functions do nothing until they are overridden; a
// ready one that counts is <isolation/request_metrics.h>. observe() attaches an
// observer to one request, for what happens from then on; observe what is to be
// observed before the first object is made. The identity is not handed on: what
// ends up in metrics and traces of many users should not name one by accident;
// an observer that needs it is made with it.
//
// Ownership and lifetime: the request holds the observer, as long as it has
// handles. Thread-safety: called from whichever thread creates or destroys,
// from several at once; without any lock of the library held. Type names live
// as long as the program. Errors: none may leave; observe() raises Error where
// there is an observer already, RequestEndedError after the end.
//
// A request that nobody observes pays nothing when it creates, and a comparison
// for each object that it destroys. One that is observed gives up the shortcut
// by which its first thread creates objects without a locked instruction.

#ifndef ISOLATION_REQUEST_OBSERVER_H
#define ISOLATION_REQUEST_OBSERVER_H

#include <isolation/detail/creation.h>
#include <isolation/detail/creation_observer.h>
#include <isolation/detail/slot_node.h>
#include <isolation/detail/spin_lock.h>
#include <isolation/error.h>
#include <isolation/user_execution_context.h>

#include <chrono>
#include <iterator>
#include <memory>
#include <mutex>
#include <string_view>
#include <utility>
#include <vector>

namespace isolation {

class RequestObserver {
public:
  using Duration = std::chrono::nanoseconds;

  RequestObserver() = default;
  RequestObserver(const RequestObserver &) = delete;
  RequestObserver &operator=(const RequestObserver &) = delete;
  virtual ~RequestObserver() = default;

  virtual void on_begin() noexcept {}
  /// A factory returned; `took` includes what it created on its way. What set()
  /// puts into a slot took no time.
  virtual void on_created(std::string_view /*type*/,
                          Duration /*took*/) noexcept {}
  /// A factory threw, or the request ended meanwhile.
  virtual void on_failed(std::string_view /*type*/,
                         Duration /*took*/) noexcept {}
  virtual void on_destroyed(std::string_view /*type*/) noexcept {}
  /// After the last of them; `took` is the time since observe(). Only what was
  /// still under way on other threads may be heard of later.
  virtual void on_end(Duration /*took*/) noexcept {}
};

namespace detail {

/// A request's observer, and when what is under way began. Owned by the
/// request's ObjectStore.
class Observation final : public CreationObserver {
public:
  explicit Observation(std::shared_ptr<RequestObserver> observer)
      : observer_(std::move(observer)) {}

private:
  using Clock = std::chrono::steady_clock;
  struct Begun {
    const Creation *creation;
    Clock::time_point at;
  };

  void started(const Creation &creation) noexcept override {
    const std::lock_guard<SpinLock> lock(lock_);
    under_way_.push_back({&creation, Clock::now()});
  }
  void created(const Creation &creation,
               const StoredType &type) noexcept override {
    const Clock::duration took = time_since_start(creation);
    if (!is_own(type))
      observer_->on_created(type.slot_type, took);
  }
  void failed(const Creation &creation,
              const StoredType &type) noexcept override {
    const Clock::duration took = time_since_start(creation);
    if (!is_own(type))
      observer_->on_failed(type.slot_type, took);
  }
  void put(const StoredType &type) noexcept override {
    if (!is_own(type))
      observer_->on_created(type.slot_type, {});
  }
  void destroyed(const StoredType &type) noexcept override {
    if (!is_own(type))
      observer_->on_destroyed(type.slot_type);
  }
  void ended() noexcept override { observer_->on_end(Clock::now() - began_); }

  /// What this library keeps in a request for itself is nobody's business.
  static bool is_own(const StoredType &type) noexcept {
    constexpr std::string_view own = "isolation::detail::";
    return type.slot_type.substr(0, own.size()) == own;
  }

  /// None for a creation that was under way before the request was observed.
  Clock::duration time_since_start(const Creation &creation) noexcept {
    const Clock::time_point now = Clock::now();
    const std::lock_guard<SpinLock> lock(lock_);
    // The last one of a thread ends first.
    for (auto it = under_way_.rbegin(); it != under_way_.rend(); ++it)
      if (it->creation == &creation) {
        const Clock::duration took = now - it->at;
        under_way_.erase(std::next(it).base());
        return took;
      }
    return {};
  }

  const std::shared_ptr<RequestObserver> observer_;
  const Clock::time_point began_ = Clock::now();
  SpinLock lock_;
  std::vector<Begun> under_way_; // guarded by lock_
};

} // namespace detail

inline void observe(const UserExecutionContext &context,
                    const std::shared_ptr<RequestObserver> &observer) {
  if (!observer)
    detail::raise(Error("a null pointer was given for a RequestObserver"));
  detail::ContextAccess::scope(context).observe(
      new detail::Observation(observer));
  observer->on_begin();
}

} // namespace isolation

#endif // ISOLATION_REQUEST_OBSERVER_H
