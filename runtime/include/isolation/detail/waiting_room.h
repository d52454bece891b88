// WaitingRoom: where threads sleep while another one runs a factory.
//
// A request gets one when somebody first has to wait, which is rare; the lock
// here is only for sleeping and waking, the state waited for is the node's.

#ifndef ISOLATION_DETAIL_WAITING_ROOM_H
#define ISOLATION_DETAIL_WAITING_ROOM_H

#if defined(__unix__) || defined(__APPLE__)
#include <pthread.h>
#else
#include <condition_variable>
#include <mutex>
#endif

namespace isolation::detail {

class WaitingRoom {
public:
#if defined(__unix__) || defined(__APPLE__)
  // What std::condition_variable is here; <condition_variable> would add a
  // tenth to the time that the main header takes to compile.
  WaitingRoom() noexcept = default;
  WaitingRoom(const WaitingRoom &) = delete;
  WaitingRoom &operator=(const WaitingRoom &) = delete;
  ~WaitingRoom() {
    ::pthread_cond_destroy(&changed_);
    ::pthread_mutex_destroy(&mutex_);
  }

  template <class Condition> void wait(Condition condition) {
    ::pthread_mutex_lock(&mutex_);
    while (!condition())
      ::pthread_cond_wait(&changed_, &mutex_);
    ::pthread_mutex_unlock(&mutex_);
  }

  /// Call after the state changed. Taking the mutex makes sure that who saw the
  /// old state is asleep by now.
  void wake_all() noexcept {
    ::pthread_mutex_lock(&mutex_);
    ::pthread_cond_broadcast(&changed_);
    ::pthread_mutex_unlock(&mutex_);
  }

private:
  ::pthread_mutex_t mutex_ = PTHREAD_MUTEX_INITIALIZER;
  ::pthread_cond_t changed_ = PTHREAD_COND_INITIALIZER;
#else
  template <class Condition> void wait(Condition condition) {
    std::unique_lock<std::mutex> lock(mutex_);
    changed_.wait(lock, condition);
  }
  void wake_all() {
    const std::lock_guard<std::mutex> lock(mutex_);
    changed_.notify_all();
  }

private:
  std::mutex mutex_;
  std::condition_variable changed_;
#endif
};

} // namespace isolation::detail

#endif // ISOLATION_DETAIL_WAITING_ROOM_H
