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
#if defined(__unix__) || defined(__APPLE__)
#include <sched.h>
#include <time.h>
#else
#include <chrono>
#include <thread>
#endif

namespace isolation::detail {

// <thread> takes longer to compile than most of this library.
inline void yield_processor() noexcept {
#if defined(__unix__) || defined(__APPLE__)
  ::sched_yield();
#else
  std::this_thread::yield();
#endif
}
inline void sleep_briefly() noexcept {
#if defined(__unix__) || defined(__APPLE__)
  const ::timespec fifty_microseconds{0, 50000};
  ::nanosleep(&fifty_microseconds, nullptr);
#else
  std::this_thread::sleep_for(std::chrono::microseconds(50));
#endif
}

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
          sleep_briefly();
        else if (attempts > 50)
          yield_processor();
      }
    } while (locked_.exchange(true, std::memory_order_acquire));
  }

  std::atomic<bool> locked_{false};
};

} // namespace isolation::detail

#endif // ISOLATION_DETAIL_SPIN_LOCK_H
