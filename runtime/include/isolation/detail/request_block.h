// RequestBlock: the memory that a request lives in, one block a request.
//
// Blocks of the usual size are kept, a few a thread, for that thread's next
// requests: general allocators serve sizes of some kilobytes on a slow path
// that costs more than everything else in beginning a request.
//
// Ownership: the caller's, from take() to give_back(), on any threads. What a
// thread keeps is freed when the thread ends. Errors: std::bad_alloc.

#ifndef ISOLATION_DETAIL_REQUEST_BLOCK_H
#define ISOLATION_DETAIL_REQUEST_BLOCK_H

#include <isolation/detail/config.h>

#include <cstddef>
#include <new>

namespace isolation::detail {

class RequestBlock {
public:
  [[nodiscard]] static void *take([[maybe_unused]] std::size_t size) {
#if !ISOLATION_ASAN
    if (ISOLATION_LIKELY(size == usual_size && kept_.count != 0))
      return kept_.blocks[--kept_.count];
#endif
    return ::operator new(size);
  }

  static void give_back(void *block,
                        [[maybe_unused]] std::size_t size) noexcept {
#if !ISOLATION_ASAN
    if (ISOLATION_LIKELY(size == usual_size && kept_.count < kept_.room)) {
      kept_.blocks[kept_.count++] = block;
      return;
    }
    if (size == usual_size && kept_.state == State::Fresh) {
      open();
      give_back(block, size);
      return;
    }
#endif
    ::operator delete(block);
  }

  /// Room for 4 KB of objects in pieces of 64 bytes, see RequestScope.
  static constexpr std::size_t usual_size = 9 * 1024;

private:
  static constexpr unsigned most_kept = 4;
  enum class State : unsigned char { Fresh, Open, Closed };

  // Without a constructor or destructor: reaching it costs no check.
  struct Kept {
    void *blocks[most_kept];
    unsigned count;
    unsigned room; // 0 before the first block and when the thread ends
    State state;
  };
  struct Closer {
    ~Closer() {
      kept_.state = State::Closed;
      kept_.room = 0;
      while (kept_.count != 0)
        ::operator delete(kept_.blocks[--kept_.count]);
    }
  };

  ISOLATION_NOINLINE static void open() noexcept {
    static thread_local Closer closer;
    static_cast<void>(closer);
    kept_.room = most_kept;
    kept_.state = State::Open;
  }

  ISOLATION_PROCESS_WIDE ISOLATION_EXPORT static inline thread_local Kept
      kept_{};
};

} // namespace isolation::detail

#endif // ISOLATION_DETAIL_REQUEST_BLOCK_H
