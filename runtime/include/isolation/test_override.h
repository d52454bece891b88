// TestOverride: while it lives, a slot shows a test's object.
//
// Example:
//
//   #include <isolation/per_request.h>
//
//   struct Clock {
//     virtual ~Clock() = default;
//     virtual int now() const { return 0; }
//   };
//   struct FakeClock final : Clock {
//     int now() const override { return 42; }
//   };
//   inline constexpr isolation::PerRequest<Clock> clock_slot;
//
//   int test(const isolation::UserExecutionContext &context) {
//     FakeClock fake;
//     const auto guard = clock_slot.override_for_test(context, fake);
//     return clock_slot.get_or_create(context, [] { return Clock(); }).now();
//   }
//
// Shape: made by a slot's override_for_test(); not copyable, not movable.
// The slot's own object, if any, stays as it is and is shown again afterwards.
// Ownership: the replacement is the test's, or the guard's when it was given as
// a unique_ptr; the guard keeps the request alive. Overrides of one slot nest;
// the last made goes first, anything else aborts with a message.
// Thread-safety: other threads see the replacement at once; that none still
// uses it when it goes is up to the test.

#ifndef ISOLATION_TEST_OVERRIDE_H
#define ISOLATION_TEST_OVERRIDE_H

#include <isolation/detail/scope_hold.h>
#include <isolation/user_execution_context.h>

#include <string_view>
#include <utility>

namespace isolation {

namespace detail {
template <class Self, class T, class Where> class Slot;

/// Deletes what it was given as the type that it was given as.
class ErasedOwner {
public:
  ErasedOwner() noexcept = default;
  template <class U>
  explicit ErasedOwner(U *object) noexcept
      : object_(object),
        drop_([](const void *given) { delete static_cast<const U *>(given); }) {
  }
  ErasedOwner(ErasedOwner &&other) noexcept
      : object_(std::exchange(other.object_, nullptr)), drop_(other.drop_) {}
  ErasedOwner &operator=(ErasedOwner &&) = delete;
  ~ErasedOwner() {
    if (object_)
      drop_(object_);
  }

private:
  const void *object_ = nullptr;
  void (*drop_)(const void *) = nullptr;
};
} // namespace detail

class ISOLATION_ABI TestOverride;

class [[nodiscard]] TestOverride {
public:
  TestOverride(const TestOverride &) = delete;
  TestOverride &operator=(const TestOverride &) = delete;

  ~TestOverride() {
    if (!store_.hide_override(key_, replacement_, before_))
      detail::fail_fast("a TestOverride was destroyed before a later one of "
                        "the same slot");
  }

private:
  template <class, class, class> friend class detail::Slot;

  TestOverride(const UserExecutionContext &context, detail::WideHold hold,
               detail::ObjectStore &store, const detail::SlotKey &key,
               void *replacement, detail::ErasedOwner owner,
               std::string_view type)
      : context_(context), hold_(std::move(hold)), store_(store), key_(key),
        replacement_(replacement), owner_(std::move(owner)),
        before_(store_.show_override(key, replacement, type)) {}

  const UserExecutionContext context_; // keeps store_ ...
  const detail::WideHold hold_;        // ... or this one does, past end()
  detail::ObjectStore &store_;
  const detail::SlotKey &key_;
  void *const replacement_;
  const detail::ErasedOwner owner_;
  void *const before_; // the override below this one, if any
};

} // namespace isolation

#endif // ISOLATION_TEST_OVERRIDE_H
