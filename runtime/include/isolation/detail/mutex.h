// Mutex and LockGuard: std::mutex and std::lock_guard for the main headers,
// which do without <mutex>: it alone would add a fifth to the time that they
// take to compile.
//
// Thread-safety: any thread. Errors: none; not recursive.

#ifndef ISOLATION_DETAIL_MUTEX_H
#define ISOLATION_DETAIL_MUTEX_H

#if defined(__unix__) || defined(__APPLE__)
#include <pthread.h>
#else
#include <mutex>
#endif

namespace isolation::detail {

#if defined(__unix__) || defined(__APPLE__)
class Mutex {
public:
  constexpr Mutex() noexcept = default;
  Mutex(const Mutex &) = delete;
  Mutex &operator=(const Mutex &) = delete;

  void lock() noexcept { ::pthread_mutex_lock(&mutex_); }
  void unlock() noexcept { ::pthread_mutex_unlock(&mutex_); }

private:
  ::pthread_mutex_t mutex_ = PTHREAD_MUTEX_INITIALIZER;
};
#else
using Mutex = std::mutex;
#endif

template <class Lock> class LockGuard {
public:
  explicit LockGuard(Lock &lock) noexcept : lock_(lock) { lock_.lock(); }
  LockGuard(const LockGuard &) = delete;
  LockGuard &operator=(const LockGuard &) = delete;
  ~LockGuard() { lock_.unlock(); }

private:
  Lock &lock_;
};

} // namespace isolation::detail

#endif // ISOLATION_DETAIL_MUTEX_H
