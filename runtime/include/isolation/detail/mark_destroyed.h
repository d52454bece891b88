// mark_destroyed: makes a use of memory visible that held an object.
//
// References to a request's objects end with the request, but its memory may
// stay: as long as a handle does, and in the thread's store of blocks. With
// AddressSanitizer such a use is reported like one of freed memory; in other
// checked builds it reads a pattern instead of the last user's data.

#ifndef ISOLATION_DETAIL_MARK_DESTROYED_H
#define ISOLATION_DETAIL_MARK_DESTROYED_H

#include <isolation/detail/config.h>

#include <cstddef>
#include <cstring>

#if ISOLATION_ASAN
extern "C" void __asan_poison_memory_region(const volatile void *memory,
                                            std::size_t size);
#endif

namespace isolation::detail {

inline void mark_destroyed([[maybe_unused]] void *memory,
                           [[maybe_unused]] std::size_t size) noexcept {
#if ISOLATION_ASAN
  // Whole units of eight bytes are poisoned; the arena leaves that much room.
  __asan_poison_memory_region(memory, (size + 7) & ~std::size_t{7});
#elif ISOLATION_CHECKED
  std::memset(memory, 0xdd, size);
#endif
}

} // namespace isolation::detail

#endif // ISOLATION_DETAIL_MARK_DESTROYED_H
