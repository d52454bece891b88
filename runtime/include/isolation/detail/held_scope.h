// HeldScope: what a request holds of its user or conversation.
//
// States, in one word so that threads agree about the order:
//
//   nothing    not asked for yet
//   held       the scope's objects stay: what a lookup wants, one comparison
//   closed     the request has ended; the objects may be gone, but the memory
//              of the scope is there until the request's is, for a thread that
//              looked it up just before
//
// Ownership: none, RequestScope gives back what it held. Thread-safety: any
// thread.

#ifndef ISOLATION_DETAIL_HELD_SCOPE_H
#define ISOLATION_DETAIL_HELD_SCOPE_H

#include <isolation/detail/config.h>
#include <isolation/detail/context_forward.h>

#include <atomic>
#include <cstdint>

namespace isolation::detail {

class HeldScope {
public:
  /// Null unless it is held.
  [[nodiscard]] ObjectStore *get() const noexcept {
    const std::uintptr_t word = word_.load(std::memory_order_acquire);
    return ISOLATION_LIKELY((word & not_held) == 0) ? scope_in(word) : nullptr;
  }

  /// From nothing to held; false in any other state.
  [[nodiscard]] bool take(ObjectStore &scope) noexcept {
    std::uintptr_t known = not_held;
    return word_.compare_exchange_strong(
        known, reinterpret_cast<std::uintptr_t>(&scope),
        std::memory_order_acq_rel, std::memory_order_acquire);
  }

  /// To closed. The scope that was held until now, null if there was none.
  [[nodiscard]] ObjectStore *close() noexcept {
    const std::uintptr_t before =
        word_.fetch_or(not_held | closed, std::memory_order_acq_rel);
    return (before & not_held) == 0 ? scope_in(before) : nullptr;
  }

  /// Whose memory is still to be given back, null if there was none.
  [[nodiscard]] ObjectStore *kept() const noexcept {
    return scope_in(word_.load(std::memory_order_acquire));
  }

private:
  // Scopes are aligned, which leaves these bits of an address.
  static constexpr std::uintptr_t not_held = 1;
  static constexpr std::uintptr_t closed = 2;

  static ObjectStore *scope_in(std::uintptr_t word) noexcept {
    return reinterpret_cast<ObjectStore *>(word & ~(not_held | closed));
  }

  std::atomic<std::uintptr_t> word_{not_held};
};

} // namespace isolation::detail

#endif // ISOLATION_DETAIL_HELD_SCOPE_H
