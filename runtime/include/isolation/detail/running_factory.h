// RunningFactory: keeps a request while a factory fills one of its slots.
//
// A factory may let the last handle go: by moving it into the object that it
// makes, where it does not count, or to another thread, or by dropping it. What
// stores the object then still needs the request.
//
// The usual creation (ObjectStore::claim_as_owner) holds nothing, which costs
// nothing: whoever lets the last handle go looks whether one is running
// (RequestScope::last_handle_gone), and leaves the handle to it. Any other one
// holds a handle from the start.
//
// Ownership: one handle, or one more that was left. Thread-safety: the thread
// that runs the factory.

#ifndef ISOLATION_DETAIL_RUNNING_FACTORY_H
#define ISOLATION_DETAIL_RUNNING_FACTORY_H

#include <isolation/detail/object_store.h>
#include <isolation/detail/request_scope.h>

#include <utility>

namespace isolation::detail {

class ISOLATION_ABI RunningFactory {
public:
  /// Of a creation by claim(), from before it.
  explicit RunningFactory(RequestScope &request) noexcept
      : RunningFactory(request, false) {}
  /// Of one by claim_as_owner(), before publish() or abandon().
  static RunningFactory that_may_have_the_handle(RequestScope &r) noexcept {
    return RunningFactory(r, true);
  }
  RunningFactory(const RunningFactory &) = delete;
  RunningFactory &operator=(const RunningFactory &) = delete;
  ~RunningFactory() {
    if (request_)
      static_cast<void>(give_back());
  }

  /// Raises RequestEndedError if that was the request's last handle: then there
  /// is no object any more.
  void expect_request_goes_on() {
    if (!give_back())
      ObjectStore::raise_ended();
  }

private:
  RunningFactory(RequestScope &request, bool may_have_another) noexcept
      : request_(&request), may_have_another_(may_have_another) {
    request.add_handle();
  }

  bool give_back() noexcept {
    RequestScope &request = *std::exchange(request_, nullptr);
    if (may_have_another_ && request.take_left_handle())
      request.remove_handle();
    return request.goes_on_without_handle();
  }

  RequestScope *request_; // null when that was done
  const bool may_have_another_;
};

} // namespace isolation::detail

#endif // ISOLATION_DETAIL_RUNNING_FACTORY_H
