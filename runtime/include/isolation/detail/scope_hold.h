// RequestHold, WideHold: keep a slot's scope while something uses it at length.
//
// A request's scope is kept by the context that is passed. A wider one is the
// request's only until the request ends, so what may still run or exist then
// (a factory, a TestOverride, a shared pointer) holds it for itself. A lookup
// does not: what it would find, the request's end may destroy anyway, and the
// memory in which it looks stays (HeldScope).
//
// Code of the user's that runs meanwhile may let the request's last handle go.
// CountedHold and WideHold have one of their own; RequestHold has none: what
// uses it takes care of that by itself (RunningFactory).
//
// Ownership: see there. Thread-safety: any thread.

#ifndef ISOLATION_DETAIL_SCOPE_HOLD_H
#define ISOLATION_DETAIL_SCOPE_HOLD_H

#include <isolation/user_execution_context.h>

#include <utility>

namespace isolation::detail {

/// May hold nothing. Raises NoDomainError, RequestEndedError.
class ISOLATION_ABI WideHold {
public:
  WideHold() noexcept = default;
  WideHold(RequestScope &request, WideScopeKind kind)
      : request_(&request), kind_(kind), store_(&request.hold_again(kind)) {
    request.add_handle();
  }
  WideHold(WideHold &&other) noexcept
      : request_(other.request_), kind_(other.kind_),
        store_(std::exchange(other.store_, nullptr)) {}
  WideHold &operator=(WideHold &&) = delete;
  ~WideHold() {
    if (!store_)
      return;
    request_->let_go(kind_, *store_);
    request_->remove_handle();
  }

  [[nodiscard]] ObjectStore &store() const noexcept { return *store_; }

  /// What was made is nothing to refer to for a request that has ended.
  void expect_request_holds_it() const {
    if (!request_->holds(kind_) || request_->handles() == 1)
      ObjectStore::raise_ended();
  }

private:
  RequestScope *request_ = nullptr;
  WideScopeKind kind_ = WideScopeKind::User;
  ObjectStore *store_ = nullptr; // null when it holds nothing
};

class RequestHold {
public:
  explicit RequestHold(const UserExecutionContext &context)
      : store_(&ContextAccess::scope(context)) {}

  [[nodiscard]] ObjectStore &store() const noexcept { return *store_; }
  static void expect_request_holds_it() noexcept {}
  operator WideHold() const noexcept { return {}; }

private:
  ObjectStore *store_;
};

/// Keeps the request, too.
class ISOLATION_ABI CountedHold {
public:
  explicit CountedHold(const UserExecutionContext &context)
      : request_(ContextAccess::scope(context)) {
    request_.add_handle();
  }
  CountedHold(const CountedHold &) = delete;
  CountedHold &operator=(const CountedHold &) = delete;
  ~CountedHold() { request_.remove_handle(); }

  [[nodiscard]] ObjectStore &store() const noexcept { return request_; }
  /// Nor for one that ends with this hold.
  void expect_request_holds_it() const {
    if (request_.handles() == 1)
      ObjectStore::raise_ended();
  }

private:
  RequestScope &request_;
};

/// Where the objects of wider scopes are, see Slot.
template <WideScopeKind Kind> struct InWideScope {
  struct Hold : WideHold {
    explicit Hold(const UserExecutionContext &context)
        : WideHold(ContextAccess::scope(context), Kind) {}
  };
  using ChangeHold = Hold;
  static ObjectStore &store(const UserExecutionContext &context) {
    return ContextAccess::scope(context).wide(Kind);
  }
  static const SlotTable &slots(const UserExecutionContext &context) {
    return store(context).slots();
  }
};

/// What a shared pointer to an object keeps.
template <class Hold> class ISOLATION_ABI Kept {
public:
  Kept(const UserExecutionContext &context, Hold &&hold)
      : context_(context), hold_(std::move(hold)) {}
  Kept(const Kept &) = delete;
  Kept &operator=(const Kept &) = delete;
  ~Kept() {
    if (!shared_)
      return;
    const ObjectStore::Detached last = hold_.store().unshare(*shared_);
    checks::storage_gone(last.storage);
    hold_.store().dispose_unobserved(last);
  }

  /// What the slot shows, kept from now on; null when nothing. Called once.
  [[nodiscard]] void *keep(const SlotKey &slot) {
    const auto [object, shared] = hold_.store().share_object(slot);
    shared_ = shared;
    return object;
  }

private:
  UserExecutionContext context_;
  Hold hold_; // goes before the context
  SharedObject *shared_ = nullptr;
};

} // namespace isolation::detail

#endif // ISOLATION_DETAIL_SCOPE_HOLD_H
