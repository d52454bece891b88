// Scoped<T>: a handle for code that must store where a request's object is.
//
// Example:
//
//   #include <isolation/per_request.h>
//
//   struct Session { int hits = 0; };
//   inline constexpr isolation::PerRequest<Session> session;
//
//   class Counter { // lives longer than requests do
//   public:
//     void watch(const isolation::UserExecutionContext &context) {
//       session.get_or_create(context, [] { return Session(); });
//       watched_ = session.scoped(context);
//     }
//     void count() {
//       if (watched_.get()) // null when the request is over
//         ++watched_->hits;
//     }
//
//   private:
//     isolation::Scoped<Session> watched_;
//   };
//
// Shape: three words, copied like a pointer. What it shows is what its slot
// shows, as if asked for again: after set() the new object, after reset() none.
// Every dereference is checked, in release builds too.
//
// Ownership and lifetime: none; it keeps neither the request nor the object,
// and may outlive both. Thread-safety: a value; the check tells of what has
// ended, not of what another thread ends at the same moment.
// Errors: `*` and `->` raise RequestEndedError when the request has ended (or
// the user's or conversation's state has gone), Error when the slot is merely
// empty; get() returns null in both cases.

#ifndef ISOLATION_SCOPED_H
#define ISOLATION_SCOPED_H

#include <isolation/detail/generation.h>
#include <isolation/detail/slot_node.h>
#include <isolation/detail/type_name.h>
#include <isolation/fault_handler.h>
#include <isolation/request_ended_error.h>

#include <string>

namespace isolation {

namespace detail {
template <class Self, class T, class Where> class Slot;
} // namespace detail

template <class T> class ISOLATION_ABI Scoped {
public:
  /// Points nowhere, like a handle whose request is over.
  Scoped() noexcept = default;

  [[nodiscard]] T *get() const noexcept {
    return ISOLATION_LIKELY(generation_.current())
               ? static_cast<T *>(
                     node_->visible.load(std::memory_order_acquire))
               : nullptr;
  }
  [[nodiscard]] T &operator*() const {
    if (T *const object = get(); ISOLATION_LIKELY(object != nullptr))
      return *object;
    raise_gone();
  }
  [[nodiscard]] T *operator->() const { return &**this; }
  explicit operator bool() const noexcept { return get() != nullptr; }

private:
  template <class, class, class> friend class detail::Slot;

  Scoped(detail::Generation generation, const detail::SlotNode &node) noexcept
      : generation_(generation), node_(&node) {}

  [[noreturn]] ISOLATION_NOINLINE void raise_gone() const {
    const std::string handle =
        "Scoped<" + std::string(detail::type_name<T>()) + ">";
    if (generation_.active())
      detail::raise(Error("a " + handle + " was used while its slot is empty"));
    detail::raise(RequestEndedError("the request has ended, and a " + handle +
                                    " of it was used"));
  }

  detail::Generation generation_;
  const detail::SlotNode *node_ = nullptr; // valid while generation_ is current
};

} // namespace isolation

#endif // ISOLATION_SCOPED_H
