// SpinLock: guards a few loads and stores, never user code.
//
// Why not std::mutex: creating an object takes this lock twice, and a mutex
// costs three times as much when nobody contends (two locked instructions and
// two calls instead of one instruction). Nothing under it blocks, but a holder
// can lose its processor, so a waiter gives its own away soon.

#ifndef ISOLATION_DETAIL_SPIN_LOCK_H
#define ISOLATION_DETAIL_SPIN_LOCK_H

#include <isolation/detail/config.h>

#include <atomic>
#include <chrono>
#include <thread>

namespace isolation::detail {

class SpinLock {
public:
  constexpr SpinLock() noexcept = default;
  SpinLock(const SpinLock &) = delete;
  SpinLock &operator=(const SpinLock &) = delete;

  void lock() noexcept {
    if (!ISOLATION_LIKELY(!locked_.exchange(true, std::memory_order_acquire)))
      lock_contended();
  }

  void unlock() noexcept { locked_.store(false, std::memory_order_release); }

private:
  ISOLATION_NOINLINE void lock_contended() noexcept {
    int attempts = 0;
    do {
      while (locked_.load(std::memory_order_relaxed)) {
        ++attempts;
        if (attempts > 1000) // a holder of lower priority must get to run
          std::this_thread::sleep_for(std::chrono::microseconds(50));
        else if (attempts > 50)
          std::this_thread::yield();
      }
    } while (locked_.exchange(true, std::memory_order_acquire));
  }

  std::atomic<bool> locked_{false};
};

} // namespace isolation::detail

#endif // ISOLATION_DETAIL_SPIN_LOCK_H
