// ScopeLock: guards a scope's bookkeeping, and costs the thread that began the
// scope no locked instruction while it is alone.
//
// Nearly every request is served by the thread that began it. The lock starts
// out as that thread's own: its owner marks that it is inside, looks whether it
// still is the owner, and goes on. Any other thread first takes the ordinary
// lock, then the ownership away for good, by the heavy side of an asymmetric
// fence, and waits until the owner is outside. From then on all use the
// ordinary lock.
//
// Taking ownership away interrupts the other processors, so it must stay rare:
//   - a copy of a context, which is how one gets to another thread or
//     coroutine, gives the ownership up beforehand (share());
//   - a program that nevertheless lets it be taken away often (threads that use
//     one context by reference) gets no owners any more: see bias_budget.
//
// Nothing under the lock blocks or runs code of the user's. Not recursive.

#ifndef ISOLATION_DETAIL_SCOPE_LOCK_H
#define ISOLATION_DETAIL_SCOPE_LOCK_H

#include <isolation/detail/asymmetric_fence.h>
#include <isolation/detail/config.h>
#include <isolation/detail/creation.h>
#include <isolation/detail/spin_lock.h>

#include <atomic>
#include <climits>

namespace isolation::detail {

/// How often ownership may still be taken away in this process before locks
/// start without an owner; unknown_bias until the kernel was asked once.
inline constexpr int unknown_bias = INT_MIN;
ISOLATION_PROCESS_WIDE ISOLATION_EXPORT inline std::atomic<int> bias_budget{
    unknown_bias};

ISOLATION_NOINLINE inline bool ask_for_bias() noexcept {
  int expected = unknown_bias;
  bias_budget.compare_exchange_strong(
      expected, register_heavy_fence() ? 1000 : 0, std::memory_order_relaxed);
  return bias_budget.load(std::memory_order_relaxed) > 0;
}

inline bool bias_allowed() noexcept {
  const int left = bias_budget.load(std::memory_order_relaxed);
  return ISOLATION_LIKELY(left > 0) || (left == unknown_bias && ask_for_bias());
}

class ScopeLock {
public:
  enum class Start { Owned, Shared };

  explicit ScopeLock(Start start) noexcept
      : owner_(start == Start::Owned && bias_allowed() ? mark() : nullptr) {}
  ScopeLock(const ScopeLock &) = delete;
  ScopeLock &operator=(const ScopeLock &) = delete;

  /// Another thread is likely to come. Says so to the lock, if the calling
  /// thread is its owner; else that thread has to find out the hard way.
  void share() noexcept {
    const void *const owner = owner_.load(std::memory_order_relaxed);
    if (!owner || owner != mark())
      return;
    if (innermost_creation)
      lost_in_creation_.store(true, std::memory_order_relaxed);
    owner_.store(nullptr, std::memory_order_release);
  }

  /// Whether some thread may be between enter_as_owner() and
  /// enter_as_owner_again(), in a factory. For whoever is the last to use the
  /// lock, but for such a thread.
  [[nodiscard]] bool owner_may_be_creating() const noexcept {
    const void *const owner = owner_.load(std::memory_order_relaxed);
    if (ISOLATION_LIKELY(owner == mark()))
      return innermost_creation != nullptr;
    return owner || lost_in_creation_.load(std::memory_order_relaxed);
  }

  /// For whoever is the last to use the lock.
  void disown() noexcept { owner_.store(nullptr, std::memory_order_relaxed); }

  /// Enters at no cost, if the calling thread is the owner. Whoever gets in
  /// this way knows that no other thread ever entered.
  [[nodiscard]] bool enter_as_owner() noexcept {
    return ISOLATION_LIKELY(owner_.load(std::memory_order_relaxed) == mark()) &&
           enter_as_owner_again();
  }
  /// The same for a thread that was the owner earlier. That it may say so when
  /// it is no longer does not matter: nobody then looks, or somebody looks
  /// again.
  [[nodiscard]] bool enter_as_owner_again() noexcept {
    inside_.store(true, std::memory_order_relaxed);
    light_fence();
    if (ISOLATION_LIKELY(owner_.load(std::memory_order_relaxed) == mark()))
      return true;
    leave_as_owner();
    return false;
  }
  void leave_as_owner() noexcept {
    inside_.store(false, std::memory_order_release);
  }

  class Guard {
  public:
    explicit Guard(ScopeLock &lock) noexcept
        : lock_(lock), as_owner_(lock.enter_as_owner()) {
      if (!as_owner_)
        lock_.enter();
    }
    Guard(const Guard &) = delete;
    Guard &operator=(const Guard &) = delete;
    ~Guard() {
      if (as_owner_)
        lock_.leave_as_owner();
      else
        lock_.others_.unlock();
    }

  private:
    ScopeLock &lock_;
    const bool as_owner_;
  };

private:
  /// An address that no other living thread has.
  static const void *mark() noexcept { return &innermost_creation; }

  void enter() noexcept {
    others_.lock();
    // Acquires what an owner wrote who gave up by share().
    if (!ISOLATION_LIKELY(owner_.load(std::memory_order_acquire) == nullptr))
      take_ownership_away();
  }

  ISOLATION_NOINLINE void take_ownership_away() noexcept {
    lost_in_creation_.store(true, std::memory_order_relaxed); // for all we know
    owner_.store(nullptr, std::memory_order_relaxed);
    heavy_fence();
    // Either the owner sees that it is none, or it is seen to be inside.
    while (inside_.load(std::memory_order_acquire))
      yield_processor();
    if (bias_budget.load(std::memory_order_relaxed) > 0)
      bias_budget.fetch_sub(1, std::memory_order_relaxed);
  }

  std::atomic<const void *> owner_;
  std::atomic<bool> inside_{false}; // written by the owner only
  // That there was an owner who may have been in a factory.
  std::atomic<bool> lost_in_creation_{false};
  SpinLock others_;
};

} // namespace isolation::detail

#endif // ISOLATION_DETAIL_SCOPE_LOCK_H
