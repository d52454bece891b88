// A fence of which one side is free: for code where one thread does nearly all
// of the work and others come by rarely.
//
// light_fence() only holds the compiler back. heavy_fence() makes every running
// thread of the process execute a full fence (Linux: membarrier). Together they
// order like two full fences: when thread 1 stores A, light fence, loads B, and
// thread 2 stores B, heavy fence, loads A, then at least one of the two sees
// the other's store. The idea is P1202's (Goldblatt), also in folly.
//
// Thread-safety: any thread. Errors: a kernel that grants the fence and refuses
// it later (a filter on system calls, put up after the first request) ends the
// process with a message; build such a program with -DISOLATION_BIASED_LOCK=0.

#ifndef ISOLATION_DETAIL_ASYMMETRIC_FENCE_H
#define ISOLATION_DETAIL_ASYMMETRIC_FENCE_H

#include <isolation/detail/config.h>
#include <isolation/fault_handler.h>

#include <atomic>

#if ISOLATION_BIASED_LOCK
#include <linux/membarrier.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

namespace isolation::detail {

inline void light_fence() noexcept {
  std::atomic_signal_fence(std::memory_order_seq_cst);
}

#if ISOLATION_BIASED_LOCK

inline bool membarrier(int command) noexcept {
  return ::syscall(SYS_membarrier, command, 0, 0) == 0;
}

/// Must have succeeded once before heavy_fence() is called.
inline bool register_heavy_fence() noexcept {
  return membarrier(MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED);
}

inline void heavy_fence() noexcept {
  // A process forked from a registered one may have to register anew.
  if (membarrier(MEMBARRIER_CMD_PRIVATE_EXPEDITED) ||
      (register_heavy_fence() && membarrier(MEMBARRIER_CMD_PRIVATE_EXPEDITED)))
    return;
  fail_fast("the kernel refuses membarrier() that it granted before; build "
            "with -DISOLATION_BIASED_LOCK=0");
}

#else

inline bool register_heavy_fence() noexcept { return false; }
inline void heavy_fence() noexcept {}

#endif

} // namespace isolation::detail

#endif // ISOLATION_DETAIL_ASYMMETRIC_FENCE_H
