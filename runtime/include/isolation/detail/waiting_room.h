// WaitingRoom: where threads sleep while another one runs a factory.
//
// A request gets one when somebody first has to wait, which is rare; the lock
// here is only for sleeping and waking, the state waited for is the node's.

#ifndef ISOLATION_DETAIL_WAITING_ROOM_H
#define ISOLATION_DETAIL_WAITING_ROOM_H

#include <condition_variable>
#include <mutex>

namespace isolation::detail {

class WaitingRoom {
public:
  template <class Condition> void wait(Condition condition) {
    std::unique_lock<std::mutex> lock(mutex_);
    changed_.wait(lock, condition);
  }

  /// Call after the state changed. Taking the mutex once makes sure that who
  /// saw the old state is asleep by now.
  void wake_all() {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
    }
    changed_.notify_all();
  }

private:
  std::mutex mutex_;
  std::condition_variable changed_;
};

} // namespace isolation::detail

#endif // ISOLATION_DETAIL_WAITING_ROOM_H
