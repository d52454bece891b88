// SlotKey: the identity of a slot is the address of its key.
//
// The number is only a hint where to look first: dense small numbers, given
// out on first use, make lookup an array access. Two keys may share a number
// (a library loaded with RTLD_LOCAL has its own counter), so a lookup always
// compares addresses as well, and a wrong number costs time, never correctness.
//
// `mutable` also keeps keys out of read-only memory, where a linker that folds
// identical constants (--icf=all) could give two slots one address.
//
// So one slot needs one key in the process: a library that is loaded with
// RTLD_LOCAL shares the program's only if that was linked with -rdynamic. See
// "Shared libraries and plugins" in docs/runtime.md.
//
// Lifetime: static storage; a library that defines a key may be unloaded only
// when no request holds an object of it. Thread-safety: any thread.

#ifndef ISOLATION_DETAIL_SLOT_KEY_H
#define ISOLATION_DETAIL_SLOT_KEY_H

#include <isolation/detail/config.h>

#include <atomic>
#include <cstdint>

namespace isolation::detail {

ISOLATION_PROCESS_WIDE ISOLATION_EXPORT inline std::atomic<std::uint32_t>
    last_slot_number{0};

inline constexpr std::uint32_t slot_head_count = 64;

class SlotKey {
public:
  SlotKey(const SlotKey &) = delete;
  SlotKey &operator=(const SlotKey &) = delete;

  /// Zero until the slot is first filled anywhere in the process.
  [[nodiscard]] std::uint32_t number() const noexcept {
    return number_.load(std::memory_order_relaxed);
  }

  std::uint32_t ensure_number() const noexcept {
    std::uint32_t known = number();
    if (known != 0)
      return known;
    std::uint32_t fresh;
    do // zero stays reserved when the counter wraps
      fresh = last_slot_number.fetch_add(1, std::memory_order_relaxed) + 1;
    while (fresh == 0);
    // The loser of a race takes the winner's number: it never changes again.
    if (!number_.compare_exchange_strong(known, fresh,
                                         std::memory_order_relaxed))
      fresh = known;
    head_.store(fresh % slot_head_count, std::memory_order_relaxed);
    return fresh;
  }

  /// Where to look first, as soon as that is known.
  [[nodiscard]] std::uint32_t head() const noexcept {
    return head_.load(std::memory_order_relaxed);
  }

protected:
  constexpr SlotKey() noexcept : number_(0), head_(0) {}
  ~SlotKey() = default;

private:
  mutable std::atomic<std::uint32_t> number_;
  // The number's remainder, so that no accessor has to compute it.
  mutable std::atomic<std::uint32_t> head_;
};

} // namespace isolation::detail

#endif // ISOLATION_DETAIL_SLOT_KEY_H
